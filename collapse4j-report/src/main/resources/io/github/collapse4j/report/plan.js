"use strict";
/* The page of `collapse4j plan`. Parts whose data are missing are left out. */
(() => {
  const { el, math, data, list, known, number } = Page;
  const { groupsOf, nameOf, wordOf } = PlanPhases;
  const groups = groupsOf(data.optimum), main = document.getElementById("results");
  const bias = data.lambdaB === null ? "none" : data.lambdaB === 0 ? "free" : known(data.lambdaB) ? "λ_b = " + number(data.lambdaB) : null;
  const counts = groups.map((g) => Math.round(g.samplesPerClass));

  function verdict() {
    const v = data.verdict;
    if (!v) return [];
    const card = (title, text, bad) => (known(text) ? el("li", { class: bad ? "violated" : null }, el("h3", {}, title), el("p", {}, math(text))) : null);
    return [el("ul", { class: "cards" }, el("li", { class: v.allPredicted ? null : "violated" }, el("h3", {}, "Verdict"), el("p", { class: "outcome" }, math(v.headline))),
      card(v.allPredicted ? "How far from losing one" : "Which, and from which μ on", v.boundary, !v.allPredicted), card("What to do", v.advice, false))];
  }

  /** The first class of each group says how many samples it has and which weight. */
  function weights() {
    const found = data.equalisingWeights, adjustment = data.equalisingLogitAdjustment, classes = list(data.groups).map((g) => list(g)[0]);
    const sentences = [];
    if (adjustment && adjustment.found) sentences.push("Logit adjustment with τ = " + number(adjustment.logitAdjustment, 6) + " gives the most frequent and the rarest classes the same margin, " + number(groupsOf(adjustment.optimum)[0].margin, 5) + ".");
    else if (adjustment) sentences.push("No logit adjustment equalises the margins of the most frequent and the rarest classes: " + adjustment.reason + ".");
    if (!found) return sentences.map((s) => el("p", {}, s));
    if (!found.found) return [el("p", {}, "No class weights equalise all margins: " + found.reason + "."), ...sentences.map((s) => el("p", {}, s))];
    const all = list(found.classWeights), margin = groupsOf(found.optimum)[0].margin, n = groups.map((g) => g.samplesPerClass), top = Math.max(...n);
    const curves = [["equalising weights", classes.map((k) => all[k])], ["1/√n", n.map((v) => Math.sqrt(top / v))], ["balanced, 1/n", n.map((v) => top / v)]];
    const largest = Math.max(...curves[0][1]), x = Charts.ratio(n), y = Charts.logarithmic(curves.flatMap(([, w]) => w));
    const chart = groups.length < 2 ? null : Charts.figure({ name: "weights", shape: "low",
      caption: [el("strong", {}, "Which class weights make all margins equal? "), "The solid curve: 1 for the most frequent classes, more for rarer ones. Good are weights on that curve; with weights above it the rare classes get larger margins than the frequent ones, below it smaller ones. ",
        "Here they go up to " + number(largest, 4) + ", where balanced weights would take " + number(Math.max(...curves[2][1]), 4) + ", and all margins become " + number(margin, 4) + "."],
      option: () => ({
        legend: { data: curves.map(([name]) => name) },
        xAxis: { ...x.axis, inverse: true, name: "samples per class, rare on the right" },
        yAxis: { ...y.axis, name: "class weight, logarithmic" },
        tooltip: { formatter: (e) => Charts.tip(curves[e.seriesIndex][0], [["samples per class", number(Math.round(e.data.n))], ["weight", number(e.data.plain)]]) },
        series: curves.map(([name, w], i) => ({ type: "line", name, symbol: ["circle", "diamond", "triangle"][i], symbolSize: 8, showSymbol: true, itemStyle: { color: Charts.palette(i) }, lineStyle: { color: Charts.palette(i), width: i ? 2 : 3.5, type: i ? [8, 4] : "solid" },
          data: w.map((v, g) => ({ value: [x.of(n[g]), y.of(v)], n: n[g], plain: v })) })),
      }) }).node;
    const code = "torch.nn.CrossEntropyLoss(weight=torch.tensor([" + all.map((v) => Number(v.toPrecision(7))).join(", ") + "]))";
    return [chart, ...sentences.map((s) => el("p", {}, s)), data.loss === "ce" ? Page.folded("The weights, for PyTorch", el("p", {}, el("code", {}, code))) : null];
  }

  const table = () => Page.table("Groups of classes at the optimum", [
    { label: "samples per class", of: (r) => nameOf({ classes: 1, samplesPerClass: r.g.samplesPerClass }) }, { label: "classes", of: (r) => r.g.classes }, { label: "margin", of: (r) => number(r.g.margin) },
    ...(data.deadFromMu ? [{ label: "dead from μ", of: (r) => number(r.dead) }] : [{ label: "angle to the most frequent", of: (r) => (known(r.g.angleToMostFrequent) ? r.g.angleToMostFrequent.toFixed(2) + "°" : "—") }, { label: "predicted below μ", of: (r) => number(r.below) },
    { label: "merged from μ", of: (r) => (known(r.merged) ? (known(r.g.mergedFromMu) ? "" : "≈ ") + number(r.merged, known(r.g.mergedFromMu) ? 5 : 3) : "—") }]), { label: "at this μ", of: (r) => wordOf(r.g.fate), text: true }],
    groups.map((g, i) => ({ g, below: list(data.predictedBelowMu)[i], merged: list(data.mergedFromMu)[i], dead: list(data.deadFromMu)[i] })));

  const equalise = groups.length > 1 ? weights() : [];
  main.append(...[
    ...verdict(),
    groups.length ? Page.facts([["loss", data.lossInWords], ["classes K", data.classes], ["samples N", data.samples], ["samples per class", counts.length > 1 ? number(Math.max(...counts)) + " to " + number(Math.min(...counts)) : number(counts[0])],
      ["μ", known(data.mu) ? number(data.mu) : null], ["temperature", known(data.temperature) ? number(data.temperature) : null], ["bias", bias], ["d needed", data.optimum.dimension]]) : null,
    data.countsMergedWithin > 1 ? el("p", { class: "soft" }, "Counts within a factor of " + number(data.countsMergedWithin, 3) + " are replaced by their mean, which leaves " + number(groups.length) + " groups.") : null,
    ...PlanPhases.section(), ...PlanLosses.section(),
    ...(equalise.length ? [el("h2", {}, "What equalises the margins"), ...equalise] : []),
    ...(groups.length ? [el("h2", {}, "Group by group"), table()] : []),
  ].filter((node) => node));
  if (!main.childNodes.length) main.append(el("p", {}, "This result has no figures: there is nothing to draw."));
  Page.provenance();

  // for the console, and for tests
  window.collapse4j = { Page, Charts, players: [] };
})();
