"use strict";
/* Curves, tables and bar charts of trained networks, shared by pages. */
const Training = (() => {
  const { el, math, number, table } = Page;
  const list = (value) => (Array.isArray(value) ? value : []);
  const isNumber = (v) => typeof v === "number";
  const percent = (share) => (isNumber(share) ? (100 * share).toFixed(2) + "\u00a0%" : "—");
  const DASHES = ["solid", [8, 4], [3, 3]];
  /** Values of the first epochs that exceed all later ones by this factor would flatten the curves. */
  const OUTLIER = 30;
  const late = (values) => list(values).slice(Math.max(1, Math.ceil(0.05 * list(values).length))).concat(list(values).slice(-1)).filter(isNumber);

  /** A chart of one figure of all networks over epochs. */
  function curves(networks, { name, figure, title, caption, logarithmic, share, floor, below }) {
    const having = networks.map((n, i) => ({ n, i })).filter(({ n }) => n.epochs && list(n.epochs[figure]).some(isNumber));
    if (!having.length) return null;
    // curves at rounding level from the start would flatten all others
    const moving = having.filter(({ n }) => !floor || n.epochs[figure].some((v) => v > floor)), shown = moving.length ? moving : having;
    const every = shown.flatMap(({ n }) => list(n.epochs[figure]).filter(isNumber)), bound = logarithmic ? OUTLIER * Math.max(...shown.flatMap(({ n }) => late(n.epochs[figure]))) : Infinity;
    const all = every.filter((v) => v <= bound), above = every.filter((v) => v > bound);
    const ends = shown.map(({ n }) => ({ title: n.title, value: n.epochs[figure].filter(isNumber).pop() })).sort((a, b) => a.value - b.value);
    const low = ends[0], high = ends[ends.length - 1], text = (v) => (share || figure === "relativeGap" ? percent(v) : number(v, 3));
    const here = " Here, at the end: " + text(low.value) + " (" + low.title + ")" + (ends.length > 1 ? " to " + text(high.value) + " (" + high.title + ")" : "") + ".";
    return Charts.figure({
      name, shape: "low", caption: [el("strong", {}, math(title + ". ")), math(caption), above.length ? " The first epochs, up to " + number(Math.max(...above), 2) + ", lie above the figure." : "", shown.length < having.length ? " " + below : "", here],
      option: () => {
        const scale = logarithmic ? Charts.logarithmic(all) : { of: (v) => v, axis: { type: "value", ...Charts.rounded(share ? [...all, 1] : all), axisLabel: { formatter: (t) => (share ? number(100 * t, 4) + " %" : number(t, 4)) } } };
        return {
          legend: { data: shown.map(({ n }) => n.title) },
          xAxis: { type: "value", name: "epoch", min: "dataMin", max: "dataMax", minInterval: 1 },
          yAxis: { ...scale.axis, name: title.replace("_", "") + (logarithmic ? ", logarithmic" : "") },
          tooltip: { trigger: "axis", formatter: (items) => Charts.tip("Epoch " + items[0].data.epoch, items.map((e) => [e.seriesName, share ? percent(e.data.raw) : number(e.data.raw, 4)])) },
          series: shown.map(({ n, i }) => ({ type: "line", name: n.title, showSymbol: n.epochs.epoch.length < 2, symbolSize: 5, connectNulls: true,
            lineStyle: { width: 2, type: DASHES[i % 3], color: Charts.palette(i) }, itemStyle: { color: Charts.palette(i) },
            data: n.epochs.epoch.map((epoch, k) => ({ value: [epoch, isNumber(n.epochs[figure][k]) && n.epochs[figure][k] <= bound ? scale.of(n.epochs[figure][k]) : null], epoch, raw: n.epochs[figure][k] })) })),
        };
      },
    }).node;
  }

  const NC2 = { name: "nc2", figure: "nc2", title: "NC2", caption: "Distance of the head from a simplex ETF. Good is low.", logarithmic: true, floor: 1e-6, below: "Fixed ETF heads are at 0 from the start, up to rounding, and not drawn." };

  const collapse = (networks) => el("div", { class: "pair" }, [
    { name: "nc1", figure: "nc1", title: "NC1", caption: "Spread within classes relative to the spread between them. Good is low: the lower, the more collapsed.", logarithmic: true },
    NC2,
    { name: "nc3", figure: "nc3", title: "NC3", caption: "How far head and class means are from alignment. Good is low.", logarithmic: true },
    { name: "gap", figure: "relativeGap", title: "Certified gap", caption: "At most this share of the objective could still be saved, by any features and any head: proved, not estimated. Good is low.", logarithmic: true },
  ].map((spec) => curves(networks, spec)));

  const accuracy = (networks) => el("div", { class: "pair" }, [
    { name: "test", figure: "testAccuracy", title: "Test accuracy", caption: "On images that were not trained on. Good is high.", share: true },
    { name: "sigma", figure: "sigmaOverMu", title: "σ_max/μ", caption: "How strongly the loss still pulls, against the pull of the penalties. Good is 1, at the optimum; above it there is a better last layer.", logarithmic: true },
  ].map((spec) => curves(networks, spec)));

  /** What the training has shown, in two sentences; null if no network was trained to the end. */
  function verdict(networks, tested) {
    const of = (key) => networks.filter((n) => n.final && isNumber(n.final[key])).sort((a, b) => a.final[key] - b.final[key]);
    const gaps = of("relativeGap"), tests = of("testAccuracy"), best = tests[tests.length - 1];
    if (!gaps.length && !best) return null;
    const far = gaps[gaps.length - 1], worst = tests[0];
    return (gaps.length ? "Closest to its optimum is " + quoted(gaps[0]) + ": no last layer could save more than " + percent(gaps[0].final.relativeGap) + " of its objective" + (far !== gaps[0] ? "; farthest is " + quoted(far) + ", " + percent(far.final.relativeGap) : "") + ". " : "") +
      (best ? "On new images " + quoted(best) + " is right most often, " + percent(best.final.testAccuracy) + (worst !== best ? "; " + quoted(worst) + " least often, " + percent(worst.final.testAccuracy) + byChance(best.final.testAccuracy, worst.final.testAccuracy, tested) : "") + "." : "");
  }
  const quoted = (n) => "“" + n.title + "”";
  /** Two standard errors of a difference of independent shares; on the same images the true one is smaller. */
  const byChance = (p, q, n) => (isNumber(n) && p - q < 2 * Math.sqrt((p * (1 - p) + q * (1 - q)) / n) ? ", a difference that may be chance with " + number(n) + " images" : "");

  function qualityTable(networks, caption) {
    const of = (key, show = number) => (n) => (n.final ? show(n.final[key]) : "—");
    return table(caption, [
      { label: "network", of: (n) => n.title, text: true }, { label: "train", of: of("accuracy", percent) }, { label: "test", of: of("testAccuracy", percent) },
      { label: "NC1", of: of("nc1", (v) => number(v, 3)) }, { label: "NC2", of: of("nc2", (v) => number(v, 3)) }, { label: "NC3", of: of("nc3", (v) => number(v, 3)) }, { label: "NC4", of: of("nc4", percent) },
      { label: "σ/μ", of: of("sigmaOverMu", (v) => number(v, 4)) }, { label: "gap at most", of: of("relativeGap", percent) },
      { label: "verdict", of: (n) => (n.diverged ? "given up in epoch " + n.diverged.epoch : n.final && n.final.verdict ? Page.words(n.final.verdict) : "—"), text: true }], networks);
  }

  const bytes = (n) => (isNumber(n) ? (n < 10240 ? number(n) + " B" : n < 10 * 1048576 ? number(n / 1024, 4) + " KiB" : number(n / 1048576, 4) + " MiB") : "—");
  function costTable(networks, caption) {
    const of = (show) => (n) => (n.costs ? show(n.costs) : "—");
    return table(caption, [
      { label: "network", of: (n) => n.title, text: true }, { label: "parameters", of: of((c) => c.parameters) }, { label: "trained", of: of((c) => c.trained) },
      { label: "trained in the head", of: of((c) => c.headTrained) }, { label: "optimiser state", of: of((c) => bytes(4 * c.optimizerState)) },
      { label: "peak memory", of: of((c) => bytes(c.peakBytes)) }, { label: "ms per step", of: of((c) => number(c.millisPerStep, 3)) }, { label: "seconds", of: of((c) => number(c.seconds, 3)) }], networks);
  }

  /** The number of parameters each network trains, as bars relative to the largest. */
  function savings(networks) {
    const known = networks.filter((n) => n.costs);
    if (known.length < 2) return null;
    const most = Math.max(...known.map((n) => n.costs.headTrained), 1);
    return Charts.figure({
      name: "savings", shape: "low",
      caption: [el("strong", {}, "What the head trains. "), "Parameters learned in the last layer; the optimiser's state is as large, or twice as large. A fixed head trains at most a bias. Good is short, at the same accuracy. Here: " + number(Math.min(...known.map((n) => n.costs.headTrained))) + " to " + number(most) + "."],
      option: () => ({
        grid: { left: 8, right: 70 },
        xAxis: { type: "value", name: "trained parameters of the head" },
        yAxis: { type: "category", inverse: true, data: known.map((n) => n.title), splitLine: { show: false } },
        tooltip: { formatter: (e) => Charts.tip(e.name, [["trained in the head", known[e.dataIndex].costs.headTrained], ["trained in all", known[e.dataIndex].costs.trained]]) },
        series: [{ type: "bar", name: "head", barMaxWidth: 26, data: known.map((n, i) => ({ value: n.costs.headTrained, itemStyle: { color: Charts.palette(networks.indexOf(n)) } })),
          label: { show: true, position: "right", color: Page.colour("ink"), formatter: (e) => number(e.value) } }],
      }),
    }).node;
  }

  return { curves, NC2, collapse, accuracy, verdict, qualityTable, costTable, savings, percent, list };
})();
