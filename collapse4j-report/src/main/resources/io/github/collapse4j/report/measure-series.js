"use strict";
/* Metrics over the epochs of a series of checkpoints. */
const MeasureSeries = (() => {
  const { el, known, number } = Page;
  const nameOf = (m, i) => (known(m.name) ? String(m.name) : known(m.epoch) ? "epoch " + m.epoch : "checkpoint " + (i + 1));
  const TEST = ["nc1", "nc4AgreementWithBias", "accuracyLinear", "accuracyNearestMean"];
  const TOGETHER = ["nc1", "nc2Means", "nc3"];

  function section(steps) {
    const entries = Metrics.all.filter((e) => steps.some((m) => Metrics.present(m, e)));
    if (steps.length < 2 || !entries.length) return [];
    const timed = steps.every((m) => typeof m.epoch === "number"), together = entries.filter((e) => TOGETHER.includes(e.key));
    let shown = together.length > 1 ? together : [entries[0]];
    // checkpoints are often dense at the start, where most changes happen
    const epochs = timed ? steps.map((m) => m.epoch).sort((a, b) => a - b) : [0], early = epochs.filter((t) => t <= 0.15 * epochs[epochs.length - 1]).length;
    let mode = epochs[0] > 0 && early > steps.length / 2 ? "log" : "linear";

    const linesOf = (e) => [{ name: e.group + ": " + e.name, short: e.group, of: e.of, dashed: false },
      ...(shown.length === 1 && TEST.includes(e.key) && steps.some((m) => m.test && typeof m.test[e.key] === "number") ? [{ name: "the same on test data", short: "test", of: (m) => (m.test ? m.test[e.key] : null), dashed: true }] : [])];

    function option(small) {
      const lines = shown.flatMap(linesOf), values = Charts.finite(lines.flatMap((l) => steps.map(l.of)));
      const [low, high] = Charts.limits(values), alone = shown.length === 1 ? shown[0] : null, logarithmic = low > 0 && high / low > 20 && !(alone && alone.share);
      const y = logarithmic ? Charts.logarithmic(values) : Charts.linear();
      const format = (v) => (alone ? Metrics.text(alone, v) : number(v, 4));
      const logX = timed && mode === "log", x = logX ? Charts.ratio(epochs) : null;
      const at = (m, i) => (!timed ? i : logX ? x.of(m.epoch) : m.epoch);
      const ideal = alone && !logarithmic ? alone.ideal(steps[0]) : null;
      if (alone && alone.share) Object.assign(y.axis, { min: Math.floor(10 * low) / 10, max: 1, axisLabel: { formatter: (t) => Math.round(100 * t) + " %" } });
      else if (!logarithmic) Object.assign(y.axis, Charts.rounded([...values, ...(known(ideal) ? [ideal] : []), ...(shown.length > 1 ? [0] : [])]));
      return {
        legend: { data: lines.map((l) => l.name), formatter: (name) => (small ? lines.find((l) => l.name === name).short : name) },
        xAxis: timed ? { ...(logX ? x.axis : { type: "value" }), name: "epoch" } : { type: "category", data: steps.map(nameOf), name: "checkpoint" },
        yAxis: { ...y.axis, name: (alone ? Metrics.DIRECTION[alone.better] : "distance from collapse") + (logarithmic ? ", logarithmic" : "") },
        tooltip: { trigger: "axis", formatter: (items) => (items.length ? Charts.tip(nameOf(steps[items[0].data.step], items[0].data.step), items.map((i) => [lines[i.seriesIndex].short, format(i.data.plain)])) : "") },
        series: lines.map((l, k) => ({ type: "line", name: l.name, symbol: ["circle", "diamond", "triangle"][k % 3], symbolSize: 8, showSymbol: true,
          itemStyle: { color: Charts.palette(l.dashed ? 0 : k) }, lineStyle: { color: Charts.palette(l.dashed ? 0 : k), width: 2.4, type: l.dashed ? "dashed" : ["solid", [10, 4], [3, 3]][k % 3] },
          ...(k === 0 && known(ideal) ? { markLine: { silent: true, precision: 12, symbol: "none", animation: false, lineStyle: { color: Page.colour("good"), type: "dashed", width: 1.5 }, label: { formatter: "ideal", position: alone.share ? "insideStartBottom" : "insideStartTop", color: Page.colour("good") }, data: [{ yAxis: ideal }] } } : {}),
          data: steps.map((m, i) => ({ value: [at(m, i), y.of(l.of(m))], plain: l.of(m), step: i })).filter((p) => typeof p.plain === "number" && p.value[0] !== null && p.value[1] !== null) })),
      };
    }
    const what = el("span"), first = steps[0], end = steps[steps.length - 1];
    /** How the figures shown went from the first checkpoint to the last. */
    const change = () => {
      const both = shown.filter((e) => Metrics.present(first, e) && Metrics.present(end, e));
      return both.length ? "Here, from " + nameOf(first, 0) + " to " + nameOf(end, steps.length - 1) + ": " + both.map((e) => e.group + " " + Metrics.text(e, e.of(first), 3) + " → " + Metrics.text(e, e.of(end), 3)).join(", ") + "." : "";
    };
    const describe = () => {
      what.textContent = shown.length > 1 ? "Spread within classes, angles between them, and the classifier against them: all three fall towards 0 in a network that collapses. " + change() :
        shown[0].group + ", " + shown[0].name + ": " + shown[0].formula.replace(/_(\w)/g, "$1") + "; " + Metrics.DIRECTION[shown[0].better] + (known(shown[0].ideal(steps[0])) ? ", ideal " + Metrics.idealText(shown[0], steps[0]) : "") + ". " + change();
    };
    const scale = Page.select("Epochs", [["linear", "linear"], ["log", "logarithmic"]], (v) => { mode = v; chart.redraw(); });
    scale.box.value = mode;
    const chart = Charts.figure({
      name: "series",
      controls: [
        Page.select("Show", [...(together.length > 1 ? [["together", together.map((e) => e.group).join(", ") + " together"]] : []), ...entries.map((e) => [e.key, e.group + ": " + e.name])], (key) => {
          shown = key === "together" ? together : entries.filter((e) => e.key === key);
          describe();
          chart.redraw();
        }).node,
        epochs.filter((t) => t > 0).length > 1 ? scale.node : null],
      caption: [el("strong", {}, "From checkpoint to checkpoint. "), what],
      option,
    });
    describe();
    return [el("h2", {}, "On the way to collapse"), chart.node, Page.folded("The same as a table", Page.table("Figures of every checkpoint", [
      { label: "figure", of: (e) => e.group + ": " + e.name, text: true }, ...steps.map((m, i) => ({ label: nameOf(m, i), of: (e) => Metrics.text(e, e.of(m)) }))], entries))];
  }

  return { section, nameOf };
})();
