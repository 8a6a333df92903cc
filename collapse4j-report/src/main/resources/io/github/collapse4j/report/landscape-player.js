"use strict";
/* The section of the landscape page that plays the collapse. */
const LandscapePlayer = (() => {
  const { el, list, number } = Page;
  const players = [];

  function section(model, regular) {
    const movie = model.animation, frames = list(movie && movie.frames);
    if (frames.length < 2) return [];
    const last = frames.length - 1, seconds = 8;
    const host = el("div", { class: "scene" }), readout = el("p", { class: "readout" });
    const slider = el("input", { type: "range", min: 0, max: last, step: "any", value: 0, "aria-label": "Position in the descent", input: () => { stop(); go(Number(slider.value)); } });
    const button = el("button", { type: "button", class: "primary", click: () => (running ? stop() : start()) }, "▶ Play");
    let scene = null, running = 0, position = 0;

    function go(at) {
      position = at;
      slider.value = String(at);
      const frame = frames[Math.round(at)];
      const text = "iteration " + number(frame.iteration) + " · objective " + number(frame.objective, 6);
      readout.textContent = text;
      slider.setAttribute("aria-valuetext", text);
      if (scene) scene.show(at);
    }
    function stop() {
      cancelAnimationFrame(running);
      running = 0;
      button.textContent = "▶ Play";
    }
    function start() {
      if (position >= last) position = 0;
      let before = performance.now();
      button.textContent = "❚❚ Pause";
      const tick = (time) => {
        go(Math.min(position + Math.max(time - before, 0) / 1000 / seconds * last, last));
        before = time;
        if (position >= last) stop();
        else running = requestAnimationFrame(tick);
      };
      running = requestAnimationFrame(tick);
    }
    const figure = el("figure", {}, host,
      el("div", { class: "controls" }, button, el("label", { class: "scrub" }, slider)), readout,
      el("figcaption", {}, el("strong", {}, regular ? "From a saddle to the simplex ETF. " : "From a saddle to the global minimum. "), "One colour per class: the arrow is its row of the classifier, the ball the mean of its features, the thin curve the path of the mean. The thin wire joins the final tips of the arrows. " +
        (regular ? "" : "The classes differ in size, so the end is not quite regular. ") + (model.featureDimension > 3 ? "Of the " + model.featureDimension + " dimensions, those used at the end are shown. " : "") + "Drag to turn, or use the arrow keys."));
    // created when first visible, since browsers limit the number of WebGL contexts
    Page.onSize(host, () => {
      if (scene || button.disabled) return;
      try {
        scene = Collapse3d.create(host, movie, "Rows of the classifier and class means moving from a saddle to the global minimum. Arrow keys turn the picture.");
        players.push({ scene, button, position: () => position, slider });
      } catch (e) {
        host.classList.remove("scene");
        host.append(el("p", {}, "This browser lacks WebGL, which the 3-D picture needs."));
        button.disabled = slider.disabled = true;
      }
      go(0);
    });
    return [el("h2", {}, "The collapse in three dimensions"), figure];
  }

  return { section, players };
})();
