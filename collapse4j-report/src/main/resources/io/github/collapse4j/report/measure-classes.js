"use strict";
/* Figures by class: lengths of means and of the classifier's rows, variances within classes, and the worst classes. */
const MeasureClasses = (() => {
  const { el, list, known, number, percent } = Page;
  const average = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const has = (rows, key) => rows.some((r) => typeof r[key] === "number");

  /** Classes along the axis: their numbers if there is room, otherwise no labels but an axis name that gives the order. */
  const classAxis = (rows, order) => ({ type: "category", data: rows.map((r) => String(r.class)), name: order === "class" ? "class" : "classes, " + order, axisTick: { show: rows.length <= 40 }, splitLine: { show: false } });
  const ordered = (rows, of, falling) => [...rows].sort((a, b) => (falling ? of(b) - of(a) : of(a) - of(b)));
  const idealLine = (at, text) => ({ silent: true, precision: 12, symbol: "none", animation: false, lineStyle: { color: Page.colour("good"), type: "dashed", width: 1.5 }, label: { formatter: text, position: "end", color: Page.colour("good") }, data: [{ yAxis: at }] });

  function norms(all) {
    const rows = all.filter((r) => known(r.meanNorm) || known(r.weightNorm));
    const lines = [["meanNorm", "class mean", "circle", "c1"], ["weightNorm", "row of the classifier", "diamond", "c2"]].filter(([key]) => has(rows, key))
      .map(([key, name, symbol, colour]) => ({ key, name, symbol, colour, average: average(Charts.finite(rows.map((r) => r[key]))) }));
    if (!lines.length) return null;
    const range = (l) => { const [low, high] = Charts.limits(Charts.finite(rows.map((r) => r[l.key]))); return l.name + " " + number(low / l.average, 3) + " to " + number(high / l.average, 3); };
    let order = "class";
    const chart = Charts.figure({
      name: "norms",
      controls: Page.select("Order", [["class", "by class"], ...lines.map((l) => [l.key, "by length of the " + l.name])], (v) => { order = v; chart.redraw(); }).node,
      caption: [el("strong", {}, "Are all classes equally long? "), "Lengths of the centred class means" + (lines.length > 1 ? " and of the rows of the classifier" : "") + ", each divided by its own average. Good is every mark on the line at 1. Here " + lines.map(range).join(", ") + "."],
      option: (small) => {
        const shown = order === "class" ? rows : ordered(rows, (r) => r[order], true);
        return {
          legend: lines.length > 1 ? { data: lines.map((l) => l.name) } : undefined,
          grid: { right: 48 },
          xAxis: classAxis(shown, order === "class" ? "class" : "longest first"),
          yAxis: { type: "value", scale: true, name: "length / average length", axisLabel: { formatter: (t) => number(t, 3) } },
          tooltip: { formatter: (e) => { const r = shown[e.dataIndex]; return Charts.tip("class " + r.class, [["samples", r.samples], ...lines.map((l) => [l.name, number(r[l.key], 4)])]); } },
          series: lines.map((l, i) => ({ type: "scatter", name: l.name, symbol: l.symbol, symbolSize: (shown.length > 100 ? 5 : small ? 9 : 12) + (l.symbol === "diamond" ? 2 : 0), itemStyle: { color: Page.colour(l.colour), opacity: shown.length > 100 ? 0.7 : 1 },
            data: shown.map((r) => (known(r[l.key]) ? r[l.key] / l.average : null)), ...(i === 0 ? { markLine: idealLine(1, "equal") } : {}) })),
        };
      },
    });
    return chart.node;
  }

  function variances(all) {
    const rows = all.filter((r) => typeof r.variance === "number");
    if (!rows.length) return null;
    const [low, high] = Charts.limits(rows.map((r) => r.variance).filter((v) => v > 0)), wide = high / low > 30, bars = !wide && rows.length <= 60;
    const widest = rows.reduce((a, b) => (b.variance > a.variance ? b : a));
    let order = "class";
    const chart = Charts.figure({
      name: "variances",
      controls: Page.select("Order", [["class", "by class"], ["falling", "largest first"]], (v) => { order = v; chart.redraw(); }).node,
      caption: [el("strong", {}, "How tight is each class? "), "The mean squared distance of its samples to their class mean" + (wide ? ", on a logarithmic axis" : "") + ". Good is low, 0 is collapsed; a class that stands out is harder or badly labelled. Here the widest, " + number(widest.variance, 3) + ", is class " + widest.class + "."],
      option: (small) => {
        const shown = order === "class" ? rows : ordered(rows, (r) => r.variance, true), y = wide ? Charts.logarithmic(rows.map((r) => r.variance)) : Charts.linear();
        return {
          grid: { right: 60 },
          xAxis: classAxis(shown, order === "class" ? "class" : "largest first"),
          yAxis: { ...y.axis, ...(wide ? {} : { min: 0 }), name: "variance within the class" },
          tooltip: { formatter: (e) => { const r = shown[e.dataIndex]; return Charts.tip("class " + r.class, [["samples", r.samples], ["variance", number(r.variance, 4)]]); } },
          series: [{ type: bars ? "bar" : "scatter", name: "variance", barMaxWidth: 34, symbolSize: shown.length > 100 ? 5 : small ? 9 : 12, itemStyle: { color: Page.colour("c1"), opacity: shown.length > 100 ? 0.7 : 1 }, data: shown.map((r) => y.of(r.variance)),
            markLine: { ...idealLine(y.of(average(rows.map((r) => r.variance))), "average"), lineStyle: { color: Page.colour("soft"), type: "dotted", width: 1.5 }, label: { formatter: "average", position: "end", color: Page.colour("soft") } } }],
        };
      },
    });
    return chart.node;
  }

  const COLUMNS = [
    { key: "samples", label: "samples" },
    { key: "variance", label: "variance within", worst: "spread within the class", falling: true },
    { key: "meanNorm", label: "length of mean" },
    { key: "weightNorm", label: "length of row" },
    { key: "accuracyLinear", label: "accuracy", worst: "accuracy of the classifier", share: true },
    { key: "accuracyNearestMean", label: "accuracy of the nearest mean", worst: "accuracy of the nearest mean", share: true },
    { key: "nearestCosine", label: "closest other class, its cosine", worst: "closeness to another class", falling: true },
  ];

  function tables(all, classes) {
    const present = COLUMNS.filter((c) => has(all, c.key)), ways = present.filter((c) => c.worst), few = 10;
    if (!present.length) return [];
    const cell = (c) => (r) => (!known(r[c.key]) ? null : c.key === "nearestCosine" ? String(r.nearestClass) + ": " + number(r[c.key], 3) : c.share ? percent(r[c.key], 1) : number(r[c.key], 4));
    const columns = [{ label: "class", of: (r) => String(r.class) }, ...present.map((c) => ({ label: c.label, of: cell(c) }))];
    const host = el("div");
    const show = (way) => {
      const rows = ordered(all.filter((r) => known(r[way.key])), (r) => r[way.key], way.falling).slice(0, few);
      host.replaceChildren(Page.table("The " + (rows.length < all.length ? rows.length + " worst classes" : "classes") + " by " + way.worst + ", worst first", columns, rows));
    };
    if (ways.length) show(ways[0]);
    return [
      ...(ways.length ? [el("h2", {}, "The worst classes"), el("div", { class: "controls" }, Page.select("Worst by", ways.map((c) => [c.key, c.worst]), (key) => show(ways.find((c) => c.key === key))).node), host] : []),
      all.length > few || !ways.length ? Page.folded("All " + number(all.length) + (all.length < classes ? " classes that are listed" : " classes"), Page.table("Figures by class", columns, all)) : null,
    ];
  }

  function section(m) {
    const rows = list(m.perClass).filter((r) => r && known(r.class));
    if (!rows.length) return [];
    const plots = [norms(rows), variances(rows)].filter((node) => node);
    return [
      plots.length ? el("h2", {}, "Class by class") : null,
      known(m.perClassOf) && m.perClassOf > rows.length ? el("p", { class: "soft" }, "Only the " + number(rows.length) + " worst of " + number(m.perClassOf) + " classes are listed.") : null,
      el("div", { class: "pair" }, plots),
      ...tables(rows, known(m.perClassOf) ? m.perClassOf : rows.length),
    ];
  }

  return { section };
})();
