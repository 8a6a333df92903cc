"use strict";
/* The metrics of neural collapse in words: what each means, which way is better, and its value at full collapse. */
const Metrics = (() => {
  const { el, math, known, number, percent } = Page;
  const zero = () => 0, one = () => 1;
  const simplexCosine = (m) => (m.classes > 1 ? -1 / (m.classes - 1) : null);
  const part = (key, i) => (m) => (Array.isArray(m[key]) ? m[key][i] : null);

  /* better: −1 lower, 1 higher, 0 the nearer to the ideal */
  const entry = (group, key, name, formula, ideal = zero, better = -1, more = {}) => ({ group, key, name, formula, ideal, better, of: (m) => m[key], ...more });
  const share = { share: true };
  const all = [
    entry("NC1", "nc1", "spread within classes", "tr(Σ_W Σ_B†)/K"),
    entry("NC1", "nc1Quotient", "variance within / between", "tr Σ_W / tr Σ_B"),
    entry("NC1", "nc1Cdnv", "the same, pair by pair (CDNV)", "mean (vᵢ + vⱼ) / 2‖μᵢ − μⱼ‖²"),
    entry("NC2", "nc2Means", "means, distance from a simplex ETF", "‖MᵀM/‖MᵀM‖ − ETF‖"),
    entry("NC2", "nc2FrameDistance", "means ≥ 0, distance from an orthogonal frame", "‖M₊ᵀM₊/‖M₊ᵀM₊‖ − I/√K‖, M₊ not centred"),
    entry("NC2", "nc2Weights", "classifier, distance from a simplex ETF", "‖WWᵀ/‖WWᵀ‖ − ETF‖"),
    entry("NC2", "nc2MeanNormsCv", "unequal lengths of the means", "std/mean of ‖μₖ − μ_G‖"),
    entry("NC2", "nc2WeightNormsCv", "unequal lengths of the rows", "std/mean of ‖wₖ‖"),
    entry("NC2", "nc2CosineMean", "cosine of two means, average", "mean cos", simplexCosine, 0),
    entry("NC2", "nc2CosineStd", "cosine of two means, scatter", "std cos"),
    entry("NC2", "nc2MaxAngle", "cosine, off the ideal by", "mean |cos + 1/(K−1)|"),
    entry("NC2", "gnc2LogMean", "log kernel, average", "GNC2, log", () => null, -1, { of: part("gnc2Log", 0) }),
    entry("NC2", "gnc2LogVariance", "log kernel, variance", "GNC2, log", zero, -1, { of: part("gnc2Log", 1) }),
    entry("NC2", "gnc2RieszMean", "Riesz kernel, average", "GNC2, Riesz", () => null, -1, { of: part("gnc2Riesz", 0) }),
    entry("NC2", "gnc2RieszVariance", "Riesz kernel, variance", "GNC2, Riesz", zero, -1, { of: part("gnc2Riesz", 1) }),
    entry("NC3", "nc3", "classifier × means, distance from a simplex ETF", "‖WM/‖WM‖ − ETF‖"),
    entry("NC3", "nc3Papyan", "classifier against means", "‖W/‖W‖ − Mᵀ/‖M‖‖²"),
    entry("NC3", "unc3", "uneven fit of rows and means (UNC3)", "variance of ⟨wₖ, μₖ − μ_G⟩"),
    entry("NC3", "biasRelation", "bias against the global mean", "‖b + W μ_G‖"),
    entry("NC4", "nc4AgreementWithBias", "agree, with bias", "share of samples", one, 1, share),
    entry("NC4", "nc4AgreementNoBias", "agree, bias left out", "share of samples", one, 1, share),
    entry("NC4", "accuracyLinear", "accuracy of the classifier", "share of samples", one, 1, share),
    entry("NC4", "accuracyNearestMean", "accuracy of the nearest mean", "share of samples", one, 1, share),
    entry("NC5", "nc5", "foreign data against the means", "mean |cos(μₖ, μ_G of foreign data)|"),
  ];
  const present = (m, e) => typeof e.of(m) === "number";
  const text = (e, value, digits = 4) => (!known(value) ? "—" : e.share ? percent(value, 1) : number(value, digits));

  const groups = [
    { name: "NC1", title: "Classes shrink to points", what: "How far do samples scatter around their class mean, relative to the distance between classes?",
      here: (m) => (known(m.nc1Quotient) ? "Here the variance within classes is " + (m.nc1Quotient < 1 ? percent(m.nc1Quotient, 1) + " of" : number(m.nc1Quotient, 3) + " times") + " the variance between them." : null) },
    { name: "NC2", title: "Classes spread out evenly", what: "How far are the class means from equal lengths and equal, widest possible angles: from a simplex ETF?",
      here: (m) => (known(m.nc2CosineMean) && known(m.nc2MaxAngle) ? "Here the cosine of two means should be " + number(simplexCosine(m), 3) + " and misses that by " + number(m.nc2MaxAngle, 2) + " on average." +
        (m.featureDimension < m.classes - 1 ? " A simplex ETF needs K − 1 dimensions and does not fit into " + number(m.featureDimension) + ", so that NC2 cannot reach 0." : "") +
        (known(m.nc2FrameDistance) ? " No mean has a negative entry, as after a ReLU. The ideal of such means is an orthogonal frame, from which they are " + number(m.nc2FrameDistance, 2) + " away, taken as they are; centred, such a frame is a simplex ETF." : "") : null) },
    { name: "NC3", title: "The classifier mirrors the means", what: "Does every row of the classifier point to its class mean, all with the same strength?",
      here: (m) => (known(m.nc3Papyan) ? "Here the rows, taken together, have a cosine of " + number(1 - m.nc3Papyan / 2, 3) + " with the means; 1 would be in line." : null) },
    { name: "NC4", title: "The nearest mean decides", what: "For how many samples does the classifier choose the class whose mean is nearest?",
      here: (m) => (known(m.accuracyLinear) && known(m.accuracyNearestMean) ? "Here the classifier is right for " + percent(m.accuracyLinear, 1) + ", the nearest mean for " + percent(m.accuracyNearestMean, 1) + " of the samples." : null) },
    { name: "NC5", title: "Foreign data stand apart", what: "Are data of no class orthogonal to all class means, so that they can be recognised?", here: () => null },
  ];
  const DIRECTION = { "-1": "lower is better", 0: "nearer to the ideal is better", 1: "higher is better" };
  const idealText = (e, m) => (known(e.ideal(m)) ? (e.share ? "100 %" : number(e.ideal(m), 4)) : "—");

  const everything = (m) => Page.folded("All figures, with their formulas", Page.table("M has the centred class means as columns, W the rows of the classifier. With ETF means (I − J/K)/√(K−1), a simplex ETF of length 1.", [
    { label: "sign", of: (e) => e.group, text: true }, { label: "figure", of: (e) => e.name, text: true }, { label: "formula", of: (e) => el("span", {}, math(e.formula)), text: true },
    { label: "value", of: (e) => text(e, e.of(m), 5) }, { label: "ideal", of: (e) => idealText(e, m) }, { label: "", of: (e) => DIRECTION[e.better], text: true }], all.filter((e) => present(m, e))));

  /** One card for each of NC1 to NC5 that was measured, and a note on the others. */
  function cards(m) {
    const made = [], missing = [];
    for (const group of groups) {
      const rows = all.filter((e) => e.group === group.name && present(m, e)), main = rows[0];
      // accuracies alone say nothing about agreement
      if (!main || (group.name === "NC4" && !main.key.startsWith("nc4"))) { missing.push(group.name); continue; }
      made.push(el("li", {},
        el("h3", {}, group.name + " · " + group.title),
        el("p", { class: "small" }, group.what),
        el("p", { class: "value" }, el("b", {}, text(main, main.of(m), 3)), el("span", {}, DIRECTION[main.better] + ", ideal " + idealText(main, m))),
        group.here(m) ? el("p", {}, group.here(m)) : null));
    }
    if (!made.length) return [];
    const needs = { NC3: "NC3 needs the classifier (--weights)", NC4: "NC4 needs the classifier (--weights)", NC5: "NC5 needs data of no class (option --ood)" };
    const hint = missing.map((name) => needs[name]).filter((line) => line);
    return [el("h2", {}, "The five signs of neural collapse"), el("ul", { class: "cards figures" }, made), hint.length ? el("p", { class: "soft" }, "Not measured: " + hint.join("; ") + ".") : null, everything(m)];
  }

  /* What counts as collapsed, sign by sign; the sentence says how far each is. */
  const SIGNS = [
    { of: (m) => m.nc1Quotient, done: (v) => v <= 0.01, yes: "samples are at their class means", no: (v) => "samples still spread: the variance within classes is " + (v < 1 ? percent(v, 1) + " of" : number(v, 3) + " times") + " that between them" },
    { of: (m) => m.nc2MaxAngle, done: (v) => v <= 0.02, yes: "the means are evenly spread", no: (v) => "the means are unevenly spread: their cosines miss that of a simplex by " + number(v, 2) + " on average" },
    { of: (m) => (known(m.nc3Papyan) ? 1 - m.nc3Papyan / 2 : null), done: (v) => v >= 0.99, yes: "the classifier points along them", no: (v) => "the classifier does not quite point along them: cosine " + number(v, 3) },
    { of: (m) => m.nc4AgreementWithBias, done: (v) => v >= 0.99, yes: "it decides like the nearest mean", no: (v) => "it decides unlike the nearest mean for " + percent(1 - v, 1) + " of the samples" },
  ];

  /** One sentence: collapsed, partly or not, and why; null without any sign. */
  function verdict(m) {
    const signs = SIGNS.filter((s) => typeof s.of(m) === "number"), done = signs.filter((s) => s.done(s.of(m)));
    if (!signs.length) return null;
    return (done.length === signs.length ? "Collapsed: " : done.length ? "Partly collapsed: " : "Not collapsed: ") + signs.map((s) => (s.done(s.of(m)) ? s.yes : s.no(s.of(m)))).join("; ") + ".";
  }

  return { all, cards, verdict, present, text, idealText, simplexCosine, DIRECTION };
})();
