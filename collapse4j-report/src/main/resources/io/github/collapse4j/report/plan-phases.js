"use strict";
/* What becomes of each group of classes along μ. */
const PlanPhases = (() => {
  const { el, data, list, known, number } = Page;
  const FATES = { apart: ["predicted", "c3"], outscored: ["outscored", "c2"], merged: ["merged", "c5"], vanished: ["vanished", "c7"], dead: ["dead", "c7"] };
  const wordOf = (fate) => (FATES[fate] || [String(fate)])[0], isGone = (fate) => fate === "vanished" || fate === "dead", isOne = (fate) => fate === "merged" || isGone(fate);
  const nameOf = (group) => (group.classes === 1 ? "" : number(group.classes) + " × ") + number(Math.round(group.samplesPerClass));
  const groupsOf = (optimum) => list(optimum && optimum.groups);

  /** The optima known, by ascending μ: those of the scan, and the one at the μ of the plan. */
  function steps() {
    const all = [...list(data.scan), ...(known(data.mu) && data.optimum ? [{ mu: data.mu, optimum: data.optimum }] : [])];
    return all.filter((s) => s.mu > 0 && groupsOf(s.optimum).length === groupsOf(data.optimum).length).sort((a, b) => a.mu - b.mu);
  }

  /** How far beyond the last μ the diagram goes if everything has vanished there, and so for good. */
  const BEYOND = 1.2;
  /** Ends closer than this, relative to μ, are drawn as one. */
  const NEAR = 1e-3;

  /** Stretches of one fate: {from, to, fate}. They end at the thresholds where those are known, otherwise half-way between neighbours. */
  function stretches(all, g) {
    const fateAt = (i) => groupsOf(all[i].optimum)[g].fate, pieces = [{ from: all[0].mu, fate: fateAt(0) }];
    const within = (mu, i) => known(mu) && mu > all[i - 1].mu && mu <= all[i].mu;
    const lost = list(data.predictedBelowMu)[g], merged = list(data.mergedFromMu || data.deadFromMu)[g];
    for (let i = 1; i < all.length; i++) {
      const before = pieces[pieces.length - 1].fate, after = fateAt(i);
      if (before === after) continue;
      const middle = Math.sqrt(all[i - 1].mu * all[i].mu), vanishing = !data.deadFromMu && isGone(after) && within(data.vanishingMu, i) ? data.vanishingMu : null;
      const ends = [];
      if (before === "apart" && within(lost, i)) ends.push({ from: lost, fate: "outscored" });
      if (!isOne(before) && isOne(after) && within(merged, i)) ends.push({ from: merged, fate: data.deadFromMu ? "dead" : "merged" });
      // what it is in the end begins where that is known, otherwise with the last end found
      const last = ends[ends.length - 1];
      if (vanishing && (!last || vanishing > last.from * (1 + NEAR))) ends.push({ from: vanishing, fate: after });
      else if (last) last.fate = after;
      else ends.push({ from: middle, fate: after });
      pieces.push(...ends.filter((e, k) => k + 1 === ends.length || ends[k + 1].from > e.from * (1 + NEAR)));
    }
    return pieces.map((p, i) => ({ ...p, to: i + 1 < pieces.length ? pieces[i + 1].from : end(all) }));
  }

  function end(all) {
    const last = all[all.length - 1];
    return groupsOf(last.optimum).every((g) => isGone(g.fate)) ? BEYOND * last.mu : last.mu;
  }

  function chart() {
    const all = steps(), groups = groupsOf(data.optimum);
    if (all.length < 2 || all[0].mu === all[all.length - 1].mu || !groups.length) return null;
    const x = Charts.ratio([all[0].mu, end(all)]);
    const cells = groups.flatMap((_, g) => stretches(all, g).map((p) => ({ ...p, g })));
    const first = [...list(data.predictedBelowMu || data.deadFromMu)].filter(known).sort((a, b) => a - b)[0];
    const here = groups.reduce((sum, g) => sum + (g.fate === "apart" ? g.classes : 0), 0), K = groups.reduce((sum, g) => sum + g.classes, 0);
    const shown = [...new Set(cells.map((c) => c.fate))].filter((f) => FATES[f]);
    const legend = el("ul", { class: "legend" }, Object.keys(FATES).filter((f) => shown.includes(f)).map((f) => el("li", {}, el("i", { class: "fate", style: "background:var(--" + FATES[f][1] + ")" }), wordOf(f))));
    return Charts.figure({
      name: "phases", shape: groups.length > 10 ? null : "low", legend,
      caption: [el("strong", {}, "What is lost as μ grows? "), "Each bar is a group of classes with the same number of samples, the most frequent on top. Good is a bar that is still predicted at the dashed line, the μ of this plan. ",
        "Here " + (here === K ? "all " + number(K) + " classes" + " are" : number(here) + " of " + number(K) + " classes are") + " predicted there",
        known(first) ? "; the first " + (data.deadFromMu ? "dies" : "is lost") + " at μ = " + number(first, 4) : "", known(data.vanishingMu) ? ", and from " + number(data.vanishingMu, 4) + " on " + (data.deadFromMu ? "all are dead" : "everything vanishes") : "",
        ". " + (data.deadFromMu ? "Where classes die" : "Where classes stop being predicted or merge") + " is solved for; other ends of bars are half-way between computed optima."],
      option: (small) => ({
        grid: { top: 56 },
        xAxis: { ...x.axis, name: "μ, logarithmic", splitLine: { show: false } },
        yAxis: { type: "category", inverse: true, data: groups.map(nameOf), name: small ? "samples" : "samples per class", nameLocation: "start", nameGap: 32, axisTick: { show: false }, splitLine: { show: false } },
        tooltip: { formatter: (e) => { const c = cells[e.dataIndex]; return c ? Charts.tip(nameOf(groups[c.g]) + " samples: " + wordOf(c.fate), [["from μ =", number(c.from, 4)], ["to", number(c.to, 4)]]) : ""; } },
        series: [{ type: "custom", name: "fates", encode: { x: [0, 1], y: 2 }, data: cells.map((c) => [x.of(c.from), x.of(c.to), c.g]),
          renderItem: (params, api) => {
            const c = cells[params.dataIndex], [left, y] = api.coord([api.value(0), c.g]), [right] = api.coord([api.value(1), c.g]), height = Math.min(0.72 * api.size([0, 1])[1], 40);
            const fill = Page.colour(FATES[c.fate] ? FATES[c.fate][1] : "zero"), text = right - left > 76 && height > 13 ? wordOf(c.fate) : "";
            return { type: "rect", shape: { x: left, y: y - height / 2, width: Math.max(right - left, 1), height }, style: { fill, stroke: Page.colour("card"), lineWidth: 1 },
              textContent: { style: { text, fill: Charts.readable(fill), fontSize: 12 } }, textConfig: { position: "insideLeft" } };
          },
          ...(known(data.mu) ? { markLine: { silent: true, precision: 12, symbol: "none", animation: false, lineStyle: { color: Page.colour("ink"), type: "dashed", width: 2 }, label: { formatter: "this plan", position: "start", color: Page.colour("ink") }, data: [{ xAxis: x.of(data.mu) }] } } : {}) }],
      }),
    }).node;
  }

  const table = () => Page.table("Optima along μ", [
    { label: "μ", of: (s) => number(s.mu, 4) }, { label: "d needed", of: (s) => s.optimum.dimension },
    ...Object.keys(FATES).filter((f) => (data.deadFromMu ? f !== "merged" && f !== "vanished" : f !== "dead")).map((f) => ({ label: wordOf(f), of: (s) => groupsOf(s.optimum).reduce((sum, g) => sum + (g.fate === f ? g.classes : 0), 0) })),
    { label: "certified gap", of: (s) => number(s.optimum.relativeGap, 2) }], steps());

  function section() {
    const figure = chart();
    return figure ? [el("h2", {}, "Which classes are lost, and when"), figure, Page.folded("The same as a table", table())] : [];
  }

  return { section, wordOf, nameOf, groupsOf };
})();
