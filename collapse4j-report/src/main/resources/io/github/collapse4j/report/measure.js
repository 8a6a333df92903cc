"use strict";
/* The page of `collapse4j measure`. Sections whose data are missing are left out. */
(() => {
  const { data, el, list, known, number, percent } = Page;
  const MEANS = { classes: "the mean of class means", samples: "the mean of all samples" };

  /** Class numbers, the first few of many; null if there are none. */
  const some = (classes) => (list(classes).length ? list(classes).slice(0, 12).join(", ") + (classes.length > 12 ? ", … (" + number(classes.length) + ")" : "") : null);

  function facts(m) {
    const items = [
      ["classes K", m.classes], ["feature dimension d", m.featureDimension], ["samples", m.samples],
      ["accuracy", known(m.accuracyLinear) ? percent(m.accuracyLinear, 1) : null], ["accuracy of the nearest mean", known(m.accuracyNearestMean) ? percent(m.accuracyNearestMean, 1) : null],
      ["classes without a sample", some(m.emptyClasses)], ["classes with a single sample", some(m.singleSampleClasses)],
      ["global mean", known(m.globalMean) ? MEANS[m.globalMean] || String(m.globalMean) : null],
      ["features read", known(m.passes) ? (m.passes === 1 ? "once" : m.passes === 2 ? "twice" : number(m.passes) + " times") + (known(m.passesReason) ? " (" + m.passesReason + ")" : "") : null],
    ];
    return items.some(([, value]) => known(value)) ? [Page.facts(items)] : [];
  }

  function test(m) {
    const t = m.test;
    if (!t) return [];
    const rows = Metrics.all.filter((e) => typeof t[e.key] === "number").map((e) => ({ name: e.group + ": " + e.name, train: Metrics.text(e, e.of(m)), test: Metrics.text(e, t[e.key]), ideal: Metrics.idealText(e, m) }));
    if (!rows.length) return [];
    return [el("h2", {}, "Does it carry over to test data?"), el("p", { class: "soft" }, "Networks may collapse on their training samples and much less on new ones" + (known(t.samples) ? ", here " + Page.times(t.samples, "sample") : "") + "."),
      Page.table("Training data against test data", [{ label: "figure", of: (r) => r.name, text: true }, { label: "training", of: (r) => r.train }, { label: "test", of: (r) => r.test }, { label: "ideal", of: (r) => r.ideal }], rows)];
  }

  const detail = (m) => [facts(m), Metrics.cards(m), MeasureProjection.section(m), MeasureMeans.section(m), MeasureClasses.section(m), test(m)].flat().filter((node) => node);

  const main = document.getElementById("results"), steps = list(data.series).length ? data.series : [data], last = steps.length - 1;
  const verdict = Metrics.verdict(steps[last]);
  if (verdict) main.append(el("p", { class: "conclusion" }, (last > 0 ? MeasureSeries.nameOf(steps[last], last) + " · " : "") + verdict));
  main.append(...MeasureSeries.section(steps));
  const panel = el("div", { id: "detail" });
  function show(i) {
    Charts.discard(panel);
    Scene3d.discard(panel);
    panel.replaceChildren(...detail(steps[i]));
  }
  if (steps.length > 1) {
    const chooser = Page.select("Checkpoint", steps.map((m, i) => [i, MeasureSeries.nameOf(m, i)]), (i) => show(Number(i)));
    chooser.box.value = String(last);
    main.append(el("h2", {}, "One checkpoint in detail"), el("div", { class: "controls" }, chooser.node));
  }
  main.append(panel);
  show(last);
  if (!main.querySelector("h2, .facts")) main.append(el("p", {}, "This result has no figures: there is nothing to draw."));
  Page.provenance();

  // for the console, and for tests
  window.collapse4j = { Page, Charts, players: [], scenes: Scene3d.live };
})();
