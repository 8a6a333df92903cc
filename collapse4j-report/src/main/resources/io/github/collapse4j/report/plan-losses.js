"use strict";
/* Margins and angles of frequent and rare classes under the usual losses, side by side. */
const PlanLosses = (() => {
  const { el, data, list, known, number } = Page;
  const { groupsOf } = PlanPhases;
  const SHAPES = ["circle", "diamond", "triangle", "rect", "emptyCircle", "emptyDiamond", "emptyTriangle"];

  const solved = (part, name) => (part && part.found && part.optimum ? [{ name, optimum: part.optimum }] : []);
  const losses = () => [
    { name: known(data.lossInWords) ? String(data.lossInWords) : "the stated loss", optimum: data.optimum },
    ...list(data.alternatives),
    ...solved(data.equalisingWeights, "equalising weights"),
    ...solved(data.equalisingLogitAdjustment, "equalising adjustment"),
  ].filter((l) => groupsOf(l.optimum).length).map((l, i) => ({ ...l, name: String(l.name), i }));

  /** Curves over the number of samples; bars where there is one number for each loss. */
  function compare({ name, of, caption, unit, line, least }) {
    const curves = losses().map((l) => ({ ...l, points: groupsOf(l.optimum).map((g) => ({ n: g.samplesPerClass, v: of(g) })).filter((p) => typeof p.v === "number") })).filter((c) => c.points.length);
    if (!curves.length) return null;
    const values = curves.flatMap((c) => c.points.map((p) => p.v)), text = (v) => number(v, 4) + unit;
    // bars start at 0
    const single = curves.every((c) => new Set(c.points.map((p) => p.n)).size < 2);
    const y = { ...Charts.rounded([...values, line.at, ...(single ? [0] : known(least) ? [least] : [])]), name: name + (unit ? ", " + unit : ""), axisLabel: { formatter: (t) => number(t, 4) } };
    const mark = (axis) => ({ silent: true, precision: 12, symbol: "none", animation: false, lineStyle: { color: Page.colour(line.colour), type: "dashed", width: 1.5 }, label: { formatter: line.text, position: axis === "x" ? "start" : Math.min(...values) < line.at ? "insideEndBottom" : "insideEndTop", color: Page.colour(line.colour), backgroundColor: Page.colour("card"), padding: [0, 3] }, data: [axis === "y" ? { yAxis: line.at } : { xAxis: line.at }] });
    if (single) {
      return Charts.figure({ name, shape: "low", caption, option: () => ({
        grid: { right: 56 },
        xAxis: { type: "value", ...y, name: y.name },
        yAxis: { type: "category", inverse: true, data: curves.map((c) => c.name), splitLine: { show: false }, axisLabel: { width: 150, overflow: "truncate" } },
        tooltip: { formatter: (e) => Charts.tip(e.name, [[name, text(curves[e.dataIndex].points[0].v)]]) },
        series: [{ type: "bar", name, barMaxWidth: 24, data: curves.map((c) => ({ value: c.points[0].v, itemStyle: { color: Charts.palette(c.i) } })), markLine: mark("x") }],
      }) }).node;
    }
    const x = Charts.ratio(curves.flatMap((c) => c.points.map((p) => p.n)));
    return Charts.figure({ name, shape: "low", caption, option: (small) => ({
      legend: { data: curves.map((c) => c.name) },
      xAxis: { ...x.axis, inverse: true, name: "samples per class, rare on the right" },
      yAxis: { type: "value", ...y },
      tooltip: { formatter: (e) => { const c = curves[e.seriesIndex]; return Charts.tip(c.name, [["samples per class", number(Math.round(e.data.n))], [name, text(e.data.plain)]]); } },
      series: curves.map((c, k) => ({ type: "line", name: c.name, symbol: SHAPES[c.i % 7], symbolSize: small ? 7 : 9, showSymbol: true, itemStyle: { color: Charts.palette(c.i) },
        lineStyle: { color: Charts.palette(c.i), width: c.i === 0 ? 3.5 : 2, type: c.i === 0 ? "solid" : [[8, 4], [3, 3]][c.i % 2] },
        data: c.points.map((p) => ({ value: [x.of(p.n), p.v], n: p.n, plain: p.v })), ...(k === 0 ? { markLine: mark("y") } : {}) })),
    }) }).node;
  }

  const ends = (optimum) => { const groups = groupsOf(optimum); return [groups[0], groups[groups.length - 1]]; };

  function margins() {
    const [frequent, rare] = ends(data.optimum), least = Math.min(...groupsOf(data.optimum).map((g) => g.margin));
    const here = frequent === rare ? "with the stated loss it is " + number(frequent.margin, 4) + "."
      : " Here, with the stated loss, it goes from " + number(frequent.margin, 4) + " for the most frequent to " + number(rare.margin, 4) + " for the rarest classes" + (least < 0 ? ": those below 0 are lost." : ".");
    return compare({ name: "margin", of: (g) => g.margin, unit: "", least: 0, line: { at: 0, text: "lost below", colour: "bad" },
      caption: [el("strong", {}, "How safely is each class predicted? "), "The own score less the highest other, at the optimum. Good is high above 0" + (frequent === rare ? "; " : ", and the same for all classes: a level curve. "), here] });
  }

  function angles() {
    const K = known(data.classes) ? data.classes : groupsOf(data.optimum).reduce((sum, g) => sum + g.classes, 0), [, rare] = ends(data.optimum);
    if (!(K > 2)) return null;
    const ideal = Math.acos(-1 / (K - 1)) * 180 / Math.PI, angle = rare.angleToMostFrequent;
    return compare({ name: "angle", of: (g) => g.angleToMostFrequent, unit: "°", line: { at: ideal, text: "simplex ETF", colour: "good" },
      caption: groupsOf(data.optimum).length < 2 ? [el("strong", {}, "How far are the classes from each other? "), "The angle between rows of the classifier. Good is the dashed line, " + number(ideal, 4) + "°: no layer keeps all classes farther apart. ", known(angle) ? "Here, with the stated loss, it is " + number(angle, 4) + "°." : "Here the rows are zero and have no angle."] : [el("strong", {}, "How far are they from the most frequent classes? "), "The angle between rows of the classifier. Good is the dashed line, " + number(ideal, 4) + "°, where equal classes are; below it a class leans towards the most frequent ones. ",
        known(angle) ? "Here, with the stated loss, the rarest classes are at " + number(angle, 4) + "°." : "Here the rarest classes have no direction of their own.", " Classes whose rows are zero have no angle."] });
  }

  const angle = (v) => (known(v) ? v.toFixed(2) + "°" : "—");
  const sum = (optimum, ...fates) => groupsOf(optimum).reduce((all, g) => all + (fates.includes(g.fate) ? g.classes : 0), 0);
  /** Numbers of the most frequent and the rarest classes, or of all if these are alike. */
  const measured = () => (groupsOf(data.optimum).length < 2
    ? [{ label: "margin", of: (l) => number(ends(l.optimum)[0].margin) }, { label: "angle", of: (l) => angle(ends(l.optimum)[0].angleWithin) }]
    : [{ label: "margin of the most frequent", of: (l) => number(ends(l.optimum)[0].margin) }, { label: "margin of the rarest", of: (l) => number(ends(l.optimum)[1].margin) },
      { label: "angle among frequent", of: (l) => angle(ends(l.optimum)[0].angleWithin) }, { label: "angle, frequent to rare", of: (l) => angle(ends(l.optimum)[1].angleToMostFrequent) }, { label: "angle among rare", of: (l) => angle(ends(l.optimum)[1].angleWithin) }]);
  const table = () => Page.table("The optimum under each loss: margins, and angles between rows of the classifier", [
    { label: "loss", of: (l) => l.name, text: true }, { label: "d needed", of: (l) => l.optimum.dimension }, { label: "predicted", of: (l) => sum(l.optimum, "apart") }, { label: "lost", of: (l) => sum(l.optimum, "outscored", "merged", "vanished", "dead") },
    ...measured()], losses());

  function section() {
    if (!groupsOf(data.optimum).length) return [];
    const title = groupsOf(data.optimum).length < 2 ? "All classes" : "Rare against frequent classes";
    const heading = losses().length > 1
      ? [el("h2", {}, title + ", loss by loss"), el("p", { class: "soft" }, "The stated loss, and each usual remedy alone added to it.")]
      : [el("h2", {}, title)];
    return [...heading,
      ...[margins(), angles()].filter((node) => node), table()];
  }

  return { section };
})();
