"use strict";
/* Features projected on leading axes of the class means, with the nearest ideal simplex ETF: a plane or a scene in 3-D. */
const MeasureProjection = (() => {
  const { el, list, known, percent } = Page;
  /** More corners than this would hide the means, and are shown on request. */
  const CROWD = 100;
  const NO_WEBGL = "This browser lacks WebGL, which the 3-D picture needs.";

  function section(m) {
    const p = m.projection, means = list(p && p.means);
    if (!means.length) return [];
    const names = means.map((_, i) => (known(list(p.classes)[i]) ? p.classes[i] : i)), simplex = list(p.simplex), flat = p.dimensions === 2;
    const colourOf = (i) => Charts.classColour(i, means.length);
    const samples = names.map(() => []), place = new Map(names.map((name, i) => [String(name), i])), points = list(p.samples && p.samples.points);
    list(p.samples && p.samples.labels).forEach((label, i) => { const k = place.get(String(label)); if (k !== undefined && points[i]) samples[k].push(points[i]); });
    const state = { classes: names.map(() => true), samples: true, simplex: simplex.length > 0 && means.length <= CROWD };
    const model = { means, simplex, names, samples, state, colourOf };
    const view = flat ? plane(model) : space(model);

    const legend = classButtons(names, state, colourOf, () => view.update());
    const toggle = (key, text) => {
      const box = el("input", { type: "checkbox", change: () => { state[key] = box.checked; view.update(); } });
      box.checked = state[key];
      return el("label", {}, box, text);
    };
    const whole = known(p.explained) && p.explained > 0.9995;
    const caption = [el("strong", {}, "Where the classes are. "), (points.length ? "Small dots are samples, large ones class means. " : "Dots are class means. ") + "One colour per class. ",
      simplex.length ? "Open marks are the corners of the nearest simplex ETF, where the means would be at full collapse" + (means.length > CROWD ? ", shown on request" : "") + "; a line leads from each mean to its corner. Good is every mean in its corner" + (known(m.nc2Means) ? "; here NC2, the distance of all from there, is " + Page.number(m.nc2Means, 3) : "") + ". " : "",
      known(p.explained) ? (whole ? "These " + p.dimensions + " axes hold all of the class means. " : "These " + p.dimensions + " axes hold " + percent(p.explained, 1) + " of the variance of the class means: classes that overlap here may be separate in other dimensions. ") : "",
      flat ? "" : "Drag to turn, pinch or use the buttons to zoom; with the keyboard: arrow keys, + and −."];
    const controls = el("div", { class: "controls" }, points.length ? toggle("samples", "samples") : null, simplex.length ? toggle("simplex", "simplex ETF") : null,
      el("span", { class: "group", role: "group", "aria-label": "All classes" },
        el("button", { type: "button", click: () => legend.all(true) }, "All classes"), el("button", { type: "button", click: () => legend.all(false) }, "None")), view.buttons);
    const node = view.figure(controls, legend.node, caption);
    return [el("h2", {}, flat ? "The classes in the plane" : "The classes in three dimensions"), node];
  }

  /** A button per class that shows or hides it. */
  function classButtons(names, state, colourOf, changed) {
    const dots = names.map(() => el("i"));
    const buttons = names.map((name, i) => el("button", { type: "button", "aria-pressed": "true", "aria-label": "class " + name, click: () => { set(i, !state.classes[i]); changed(); } }, dots[i], String(name)));
    function set(i, on) {
      state.classes[i] = on;
      buttons[i].setAttribute("aria-pressed", String(on));
    }
    const paint = () => dots.forEach((dot, i) => { dot.style.background = colourOf(i); });
    const node = el("div", { class: "classes", role: "group", "aria-label": "Classes shown" }, buttons);
    paint();
    Page.onTheme(paint, node);
    return { node, all(on) { names.forEach((_, i) => set(i, on)); changed(); } };
  }

  function plane({ means, simplex, names, samples, state, colourOf }) {
    const size = 1.08 * Math.max(...[...means, ...simplex, ...samples.flat()].map((v) => Math.max(Math.abs(v[0]), Math.abs(v[1]))), 1e-12);
    const visible = (i) => state.classes[i];
    const axis = { type: "value", min: -size, max: size, axisLabel: { show: false }, axisTick: { show: false } };
    const option = (small) => ({
      grid: { left: 14, right: 14, top: 14, bottom: 14, containLabel: false },
      xAxis: axis, yAxis: axis,
      tooltip: { formatter: (e) => (e.data && e.data.title ? Charts.tip(e.data.title, [["at", e.data.value.map((x) => Page.number(x, 3)).join(", ")]]) : "") },
      series: [
        ...(!state.samples ? [] : names.map((name, i) => ({ type: "scatter", symbolSize: 5, silent: true, itemStyle: { color: colourOf(i), opacity: 0.45 }, data: visible(i) ? samples[i] : [] })).filter((s) => s.data.length)),
        ...(!state.simplex ? [] : [
          { type: "line", name: "simplex", silent: true, showSymbol: false, data: simplex.length === 3 ? [...simplex, simplex[0]] : simplex, lineStyle: { color: Page.colour("soft"), width: 1.5 }, itemStyle: { color: Page.colour("soft") } },
          ...simplex.map((v, i) => ({ type: "line", silent: true, showSymbol: false, data: visible(i) ? [means[i], v] : [], lineStyle: { color: colourOf(i), width: 1.5, type: "dotted" } })).filter((s) => s.data.length),
          { type: "scatter", symbol: "circle", symbolSize: 18, z: 4, data: simplex.map((v, i) => ({ value: v, title: "ideal place of class " + names[i], itemStyle: { color: "transparent", borderColor: colourOf(i), borderWidth: 2.5 } })).filter((_, i) => visible(i)) }]),
        { type: "scatter", name: "means", symbolSize: small ? 20 : 24, z: 5, data: means.map((v, i) => ({ value: v, title: "mean of class " + names[i], itemStyle: { color: colourOf(i), borderColor: Page.colour("card"), borderWidth: 1.5 }, label: { show: true, formatter: String(names[i]), color: Charts.readable(colourOf(i)), fontWeight: "bold", fontSize: 12 } })).filter((_, i) => visible(i)) },
      ],
    });
    let chart = null;
    return { buttons: null, update: () => chart.redraw(), figure(controls, legend, caption) {
      chart = Charts.figure({ name: "plane", shape: "square", controls: [...controls.childNodes], legend, caption, option });
      return chart.node;
    } };
  }

  function space(model) {
    const host = el("div", { class: "scene" });
    let scene = null;
    const button = (name, text, act) => el("button", { type: "button", "aria-label": name, title: name, click: () => scene && act(scene) }, text);
    const buttons = el("span", { class: "group", role: "group", "aria-label": "Zoom" }, button("Zoom in", "+", (s) => s.zoom(1.3)), button("Zoom out", "−", (s) => s.zoom(1 / 1.3)), button("Turn and zoom back", "Reset", (s) => s.reset()));
    return { buttons, update: () => scene && scene.update(), figure(controls, legend, caption) {
      const id = Page.freshId("caption"), node = el("figure", {}, controls, host, legend, el("figcaption", { id }, caption));
      // created when first visible, since browsers limit the number of WebGL contexts
      let failed = false;
      Page.onSize(host, () => {
        if (scene || failed) return;
        try {
          scene = MeasureScene.create(host, model, "Class means" + (model.simplex.length ? " and the nearest simplex ETF" : "") + " in three dimensions. Arrow keys turn the picture, + and − zoom.");
        } catch (e) {
          failed = true;
          host.classList.remove("scene");
          host.append(el("p", {}, NO_WEBGL));
        }
      });
      return node;
    } };
  }

  return { section };
})();
