"use strict";
/* The page of `collapse4j demo`: a story in five parts. Parts whose data are missing are left out. */
(() => {
  const { el, math, number, data, table } = Page;
  const { list, percent } = Training;
  const networks = list(data.networks), images = data.data || {}, recipe = data.recipe || {}, optimum = data.optimum || {};
  const main = document.getElementById("models");
  const tell = (...nodes) => main.append(...nodes.filter((node) => node !== null && node !== undefined && node !== false));
  const K = images.classes;

  /* The images */
  function digit(pixels, label) {
    const side = Math.round(Math.sqrt(pixels.length));
    const canvas = el("canvas", { width: side, height: side, class: "digit", role: "img", "aria-label": "a handwritten " + label });
    const context = canvas.getContext("2d"), picture = context.createImageData(side, side);
    pixels.forEach((p, i) => picture.data.set([255 - p, 255 - p, 255 - p, 255], 4 * i));
    context.putImageData(picture, 0, 0);
    return canvas;
  }
  const verdict = Training.verdict(networks, images.test);
  tell(
    verdict ? el("p", { class: "conclusion" }, verdict) : null,
    el("h2", {}, "1. The task"),
    el("p", {}, "Tell " + number(K) + " digits apart, from " + number(images.train) + " images of 8×8 pixels. A network turns an image into ", el("em", {}, "d"), " numbers, its ", el("strong", {}, "features"),
      "; the ", el("strong", {}, "last layer"), " turns these into a score for each digit. Usually ", el("em", {}, "d"), " is large. Here one network has 64 features, two have just " + number(K) + ", as many as there are digits; and in one of these the last layer is not even trained, but fixed from the start."),
    list(data.samples).length ? el("div", { class: "digits" }, list(data.samples).map(digit)) : null);

  /* Collapse of three classes */
  function scatter(frames) {
    let at = 0;
    const size = Math.max(...frames.flatMap((f) => f.points.flat()).map(Math.abs)) * 1.08;
    const reach = Math.max(...frames[frames.length - 1].points.flat().map(Math.abs));
    const slider = el("input", { type: "range", min: 0, max: frames.length - 1, step: 1, value: 0, "aria-label": "epoch", input: () => { stop(); show(Number(slider.value)); } });
    const readout = el("p", { class: "readout", role: "status" });
    const button = el("button", { type: "button", class: "primary", click: () => (timer ? stop() : play()) }, "Play");
    let timer = null;
    const stop = () => { clearInterval(timer); timer = null; button.textContent = "Play"; };
    const play = () => {
      if (at === frames.length - 1) show(0);
      button.textContent = "Pause";
      timer = setInterval(() => { if (at === frames.length - 1) stop(); else show(at + 1); }, 700);
    };
    const show = (i) => { at = i; slider.value = String(i); readout.textContent = "epoch " + frames[i].epoch; chart.redraw(); };
    const pairs = (flat) => flat.reduce((out, v, i) => { if (i % 2) out[out.length - 1].push(v); else out.push([v]); return out; }, []);
    /** The mean distance of dots from their centre, relative to that of two centres. */
    const mean = (values) => values.reduce((sum, v) => sum + v, 0) / Math.max(values.length, 1);
    const spread = (points) => {
      const dots = points.map(pairs), centres = dots.map((of) => [0, 1].map((a) => mean(of.map((p) => p[a])))), apart = (p, q) => Math.hypot(p[0] - q[0], p[1] - q[1]);
      return mean(dots.flatMap((of, k) => of.map((p) => apart(p, centres[k])))) / mean(centres.flatMap((p, i) => centres.slice(0, i).map((q) => apart(p, q))));
    };
    const chart = Charts.figure({
      name: "plane", shape: "square",
      controls: [button, el("label", { class: "scrub" }, "epoch", slider), readout],
      caption: [el("strong", {}, "Every dot is an image of a 0, a 1 or a 2, "), "placed by its features: their projection onto the plane that separates these three digits. Arrows are the last layer's rows for the three, which are fixed in this network. As training goes on, the dots of each digit shrink towards one point, and the three points become the corners of an equilateral triangle. All ten digits do the same in nine dimensions. Good are three points: here the dots of a digit are " +
        number(spread(frames[0].points), 2) + " times as far from their centre as the centres from each other in epoch " + frames[0].epoch + ", and " + number(spread(frames[frames.length - 1].points), 2) + " times in epoch " + frames[frames.length - 1].epoch + "."],
      option: () => ({
        animation: !Charts.calm, animationDurationUpdate: 500,
        legend: { data: ["0", "1", "2"].map((k) => "digit " + k) },
        grid: { left: 8, right: 22, top: 40, bottom: 20 },
        xAxis: { type: "value", min: -size, max: size, axisLabel: { show: false }, axisTick: { show: false } },
        yAxis: { type: "value", min: -size, max: size, axisLabel: { show: false }, axisTick: { show: false } },
        tooltip: { show: false },
        series: [
          ...frames[at].points.map((points, k) => ({ type: "scatter", id: "digit" + k, name: "digit " + k, symbolSize: 7, itemStyle: { color: Charts.palette(k), opacity: 0.6 }, data: pairs(points) })),
          ...frames[at].rows.map((row, k) => ({ type: "lines", coordinateSystem: "cartesian2d", id: "row" + k, silent: true, symbol: ["none", "arrow"], symbolSize: 13, lineStyle: { color: Charts.palette(k), width: 2, opacity: 1 },
            data: [{ coords: [[0, 0], row.map((v) => 0.55 * v * reach / Math.max(Math.hypot(...row), 1e-12))] }] })),
        ],
      }),
    });
    show(0);
    return chart.node;
  }
  const frames = list(data.frames);
  const first = networks.find((n) => n.epochs && list(n.epochs.nc1).length);
  tell(el("h2", {}, "2. What happened: collapse"),
    frames.length ? scatter(frames) : null,
    first ? el("p", {}, "This is ", el("strong", {}, "neural collapse"), ". Its size has a number, NC1: the spread of each digit's dots relative to the distance between digits. Below it is shown for all three networks, with two more: NC2, how far the last layer's rows are from equal lengths and equal angles (a ", el("em", {}, "simplex ETF"), "), and NC3, how far features and rows are from alignment.") : null,
    first ? el("div", { class: "pair" }, Training.curves(networks, { name: "nc1", figure: "nc1", title: "NC1", caption: "0 when all images of a digit have the same features. Good is low.", logarithmic: true }),
      Training.curves(networks, Training.NC2),
      Training.curves(networks, { name: "nc3", figure: "nc3", title: "NC3", caption: "0 when features and rows of the last layer point the same way. Good is low.", logarithmic: true })) : null);

  /* Certificate */
  const done = networks.filter((n) => n.final);
  tell(
    done.length ? el("h2", {}, "3. How good is it? A proof") : null,
    done.length ? el("p", {}, "Training stops when we stop it. Is there a better last layer, with better features? It can be proved that not much could be gained: from a network's last layer alone, ", el("em", {}, "collapse4j"), " computes a lower bound on this objective for any features and any last layer. The excess over it is the certified gap.") : null,
    done.length ? el("ul", { class: "cards" }, done.map((n) => el("li", {}, el("p", { class: "outcome" }, n.title),
      el("p", {}, "reads " + percent(n.final.testAccuracy) + " of new images; at most ", el("strong", {}, percent(n.final.relativeGap)), " of its objective could be saved"),
      el("p", { class: "small" }, n.costs ? number(n.costs.headTrained) + " trained numbers in the last layer" : null)))) : null,
    done.length ? Training.curves(networks, { name: "gap", figure: "relativeGap", title: "Certified gap", caption: "After every epoch: the maximum share of the objective that could be saved. Good is low.", logarithmic: true }) : null,
    done.length ? Page.folded("All figures of the last epoch", Training.qualityTable(networks, "Measured with all training images; test is on the " + number(images.test) + " others.")) : null,
    done.length ? Page.folded("What they cost", Training.costTable(networks, "Memory is the peak of the whole process during training; the time of a step is the median.")) : null);

  /* Model and saddles */
  const saddles = list(data.saddles);
  tell(
    typeof optimum.objective === "number" ? el("h2", {}, "4. The model behind it") : null,
    typeof optimum.objective === "number" ? el("p", {}, math("Forget the network, and let the features move freely, with the same penalties (λ_W = " + number(recipe.lambdaW) + ", λ_H = " + number(recipe.lambdaH) + "). Of this "), el("em", {}, "unconstrained feature model"),
      " the best point is known exactly: objective ", el("strong", {}, number(optimum.objective, 9)), ", certified to " + number(optimum.relativeGap, 2) + ". It is fully collapsed: one point for each digit, equal lengths, equal angles, in just " + number(optimum.rank) + " dimensions. The networks above come close to it, and 64 dimensions offer nothing better than 10.") : null,
    saddles.length ? el("h2", {}, "5. Could training have got stuck?") : null,
    saddles.length ? el("p", {}, "Training stops where the slope is zero. The model has such points besides the best one, which use fewer directions (a lower ", el("em", {}, "rank"), "). Theory says that each of them is a mountain pass, not a valley, as soon as there are as many features as digits, or one fewer: there is a way down. Here is one of each rank, and where a descent ends that starts a small step away from it.") : null,
    saddles.some((s) => s.descent) ? descents() : null,
    saddles.length ? table("A critical point of each rank below the optimum's.", [
      { label: "rank", of: (s) => s.rank }, { label: "objective", of: (s) => number(s.objective, 9) }, { label: "verdict", of: (s) => Page.words(s.verdict || ""), text: true },
      { label: "steepest way down (curvature)", of: (s) => number(s.curvature, 3) }, { label: "ways down, at least", of: (s) => s.index }, { label: "descent ends at", of: (s) => (s.descent ? number(s.descent.objective, 9) : "—") }, { label: "steps", of: (s) => (s.descent ? s.descent.steps : "—") }], saddles) : null,
    el("h2", {}, "And yours?"),
    el("p", {}, "Save the features, labels and last layer of your own network and ask ", el("code", {}, "./collapse4j certify features.npy labels.npy --weights weights.npy --bias bias.npy"), ". To see how small its last layer can be, train on your own images with ", el("code", {}, "./collapse4j train --data FOLDER --html train.html"), "."));

  function descents() {
    const runs = saddles.filter((s) => s.descent && list(s.descent.gap).length);
    const scale = () => Charts.log(runs.flatMap((s) => s.descent.gap).filter((v) => v > 1e-13));
    return Charts.figure({
      name: "descents", shape: "low",
      caption: [el("strong", {}, "From every saddle down to the best point. "), "Height above the certified minimum, as a share of it. Each line first stays near its saddle, then falls; some pass other saddles on the way. Good is a line that ends at the bottom: here " + number(runs.filter((r) => r.descent.gap[r.descent.gap.length - 1] < 1e-6).length) + " of " + number(runs.length) + " end less than a millionth above the minimum."],
      option: () => {
        const s = scale();
        return {
          legend: { data: runs.map((r) => "rank " + r.rank) },
          xAxis: { type: "value", name: "step of the descent (L-BFGS)", min: 0 },
          yAxis: { ...s.axis, name: "above the minimum" },
          tooltip: { formatter: (e) => Charts.tip(e.seriesName, [["step", e.data.value[0]], ["above the minimum", number(e.data.raw, 3)]]) },
          series: runs.map((r, i) => ({ type: "line", name: "rank " + r.rank, symbolSize: 4, showSymbol: false, lineStyle: { width: 2, color: colourOf(i) }, itemStyle: { color: colourOf(i) },
            data: r.descent.gap.map((gap, step) => ({ value: [step, s.of(Math.max(gap, Math.pow(10, s.min)))], raw: gap })) })),
        };
      },
    }).node;
    function colourOf(i) { return Charts.ramp(["r1", "r2", "r3", "r4", "r5"], runs.length > 1 ? i / (runs.length - 1) : 0); }
  }

  Page.provenance();
  if (data.attribution) document.getElementById("provenance").append(el("p", {}, data.attribution));

  // for the console, and for tests
  window.collapse4j = { Page, Charts, players: [] };
})();
