"use strict";
/* The page of `collapse4j landscape` for features behind a ReLU or on a sphere. Parts whose data are missing are left out. */
(() => {
  const { el, data, list, known, number, percent } = Page;
  const KINDS = { global: ["global minimum", "c3"], dead: ["spurious, with dead classes", "c7"], spurious: ["spurious minimum", "c2"], saddle: ["saddle", "c1"], local: ["local minimum, none lower found", "c6"], open: ["undecided", "c5"] };
  const SADDLES = ["StrictSaddle", "DeadUnit", "OtherSaddle", "DegenerateSaddle"];
  const endsOf = (model) => list(model.minima || model.points), countOf = (end) => (known(end.timesFoundInFullDimension) ? end.timesFoundInFullDimension : end.starts || end.timesFound || 0);
  const models = list(data.models).filter((m) => endsOf(m).length);
  const main = document.getElementById("results");

  function kindOf(end) {
    if (end.verdict === "GlobalMinimum") return "global";
    if (end.verdict === "SpuriousLocalMinimum") return list(end.deadClasses).length ? "dead" : "spurious";
    return SADDLES.includes(end.verdict) ? "saddle" : end.verdict === "LocalMinimum" ? "local" : "open";
  }

  const total = (model) => endsOf(model).reduce((sum, e) => sum + countOf(e), 0);
  const share = (model, kind) => endsOf(model).filter((e) => kindOf(e) === kind).reduce((sum, e) => sum + countOf(e), 0) / Math.max(1, total(model));
  const nameOf = (model) => (models.some((m) => m.loss !== models[0].loss) ? Page.lossOf(model) + ", " : "") + "d = " + model.featureDimension;

  function chart() {
    const shown = Object.keys(KINDS).filter((k) => models.some((m) => share(m, k) > 0)), worst = Math.max(...models.map(stuck));
    return Charts.figure({ name: "ends", shape: "low",
      caption: [el("strong", {}, "Where do descents end? "), "Each bar is a feature dimension, its parts the shares of the descents. Good is a bar that is global minimum from end to end. Here ",
        worst > 0 ? "up to " + percent(worst, 1) + " of the descents were stuck in a spurious minimum." : "no descent was stuck in a spurious minimum.", " A search: other points may exist."],
      option: (small) => ({
        legend: { data: shown.map((k) => KINDS[k][0]) },
        xAxis: { type: "value", min: 0, max: 1, name: "share of the descents", axisLabel: { formatter: (t) => percent(t, 1) } },
        yAxis: { type: "category", inverse: true, data: models.map(nameOf), splitLine: { show: false }, axisTick: { show: false } },
        tooltip: { formatter: (e) => Charts.tip(e.name, [[e.seriesName, percent(e.value, 1)]]) },
        series: shown.map((k) => ({ type: "bar", stack: "ends", name: KINDS[k][0], barMaxWidth: 28, itemStyle: { color: Page.colour(KINDS[k][1]) },
          label: { show: true, formatter: (e) => (e.value >= (small ? 0.14 : 0.06) ? percent(e.value, 1) : ""), color: Charts.readable(Page.colour(KINDS[k][1])) }, data: models.map((m) => share(m, k)) })),
      }) }).node;
  }

  const spectrum = (e) => [["curvature", e.curvature], ["nullity", e.nullity], ["next eigenvalue", e.smallestPositive]].filter(([, v]) => known(v)).map(([k, v]) => k + " " + number(v, 3)).join(", ") || "—";
  const table = (model) => Page.table((model.domain === "nonnegative" ? "Behind a ReLU, " : "On a sphere, ") + nameOf(model), [
    { label: "objective", of: (e) => number(e.objective, 10) }, { label: "descents", of: (e) => number(countOf(e)) }, { label: "those in fewer dimensions", of: (e) => (known(e.timesFoundInFullDimension) ? number(e.timesFound - e.timesFoundInFullDimension) : "—") }, { label: "verdict", of: (e) => KINDS[kindOf(e)][0], text: true },
    ...(model.domain === "nonnegative" ? [{ label: "dead classes", of: (e) => list(e.deadClasses).map((k) => "class " + k).join(", ") || "none", text: true }, { label: "γ₊/μ", of: (e) => number(e.gaugeOverMu, 6) }] : [{ label: "rank", of: (e) => number(e.rank) }]),
    { label: "second order", of: spectrum, text: true }], endsOf(model));

  const stuck = (model) => share(model, "dead") + share(model, "spurious");

  function conclusion() {
    const worst = models.reduce((a, b) => (stuck(b) > stuck(a) ? b : a)), never = models.find((m) => share(m, "global") === 1), open = Math.max(...models.map((m) => 1 - share(m, "global")));
    return el("p", { class: "conclusion" }, stuck(worst) === 0 ? "No descent got stuck in a spurious minimum" + (open > 1e-9 ? ", but up to " + percent(open, 1) + " of them did not end at the certified global minimum." : ": all ended at the global minimum.")
      : "Training can get stuck: for " + nameOf(worst) + ", " + percent(stuck(worst), 1) + " of the descents ended in a spurious minimum" + (never ? "; for " + nameOf(never) + ", all at the global minimum." : "."));
  }

  main.append(...(models.length ? [
    conclusion(),
    Page.facts([["classes K", models[0].classes], ["samples N", models[0].samples], ["temperature", models[0].temperature], ["λ_W", models[0].lambdaW], ["λ_H", models[0].lambdaH], ["random starts in each dimension", models[0].starts]].filter(([, v]) => known(v))),
    el("h2", {}, "Stuck, or not"), chart(), el("h2", {}, "Every point that descents ended at"), ...models.map(table),
  ] : [el("p", {}, "This result has no points: there is nothing to draw.")]));
  Page.provenance();

  // for the console, and for tests
  window.collapse4j = { Page, Charts, players: [] };
})();
