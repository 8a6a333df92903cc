"use strict";
/* The page of `collapse4j certify` and `solve`. Parts whose data are missing are left out. */
(() => {
  const { data, el, math, words, list, known, number } = Page;
  const LIGHTS = { green: "Green", amber: "Amber", red: "Red", none: "No light" };
  const glossary = data.terms || {}, told = new Set();
  const NO_WEBGL = "This browser lacks WebGL, which the 3-D picture needs.";

  function verdict() {
    const name = LIGHTS[data.light] ? data.light : "none";
    const lamps = ["red", "amber", "green"].map((lamp) => el("i", { class: lamp === name ? "on " + lamp : null }));
    return el("section", { class: "verdict" },
      el("div", { class: "lamps", role: "img", "aria-label": LIGHTS[name] }, lamps),
      el("div", {}, el("p", { class: "sentence" }, math(data.advice)), list(data.why).length ? el("ul", {}, list(data.why).map((reason) => el("li", {}, math(reason)))) : null));
  }

  /** Shares as stacked bars, one bar a row: {title, caption, unit, parts: [name], bars: [{name, shares}]}. */
  function shares(chart) {
    const parts = list(chart.parts), bars = list(chart.bars), { node } = Charts.figure({
      name: "shares", shape: "bars", caption: [el("strong", {}, chart.title + ". "), math(chart.caption)],
      option: (small) => ({
        legend: { data: parts, type: "plain" },
        grid: { top: small ? 64 : 50, bottom: 44 },
        xAxis: { type: "value", min: 0, max: 100, name: chart.unit, axisLabel: { formatter: "{value} %" } },
        yAxis: { type: "category", inverse: true, data: bars.map((bar) => bar.name), axisLabel: { fontSize: 13 } },
        tooltip: { formatter: (e) => Charts.tip(e.name, [[e.seriesName, number(e.value, 3) + " %"]]) },
        series: parts.map((part, i) => ({ type: "bar", stack: "all", name: part, barMaxWidth: 46, itemStyle: { color: colourOf(chart, i) },
          label: { show: true, formatter: (e) => (e.value >= (small ? 12 : 6) ? number(e.value, 2) + " %" : ""), color: Charts.readable(colourOf(chart, i)) },
          data: bars.map((bar) => 100 * list(bar.shares)[i]) })),
      }) });
    return node;
  }
  const colourOf = (chart, i) => Charts.palette([2, 4, 1, 3][i % 4]);

  function geometry(g) {
    const means = list(g && g.means), rows = list(g && g.rows);
    if (!means.length) return [];
    const names = means.map((_, i) => (known(list(g.classes)[i]) ? g.classes[i] : i)), paint = (i) => Charts.classColour(i, means.length);
    const model = { means, simplex: rows, names, samples: means.map(() => []), state: { classes: means.map(() => true), samples: false, simplex: true }, colourOf: paint, least: 1.05 };
    const host = el("div", { class: "scene" }), id = Page.freshId("caption");
    let scene = null, failed = false;
    const button = (name, text, act) => el("button", { type: "button", "aria-label": name, title: name, click: () => scene && act(scene) }, text);
    const controls = el("div", { class: "controls" }, el("span", { class: "group", role: "group", "aria-label": "Zoom" }, button("Zoom in", "+", (s) => s.zoom(1.3)), button("Zoom out", "−", (s) => s.zoom(1 / 1.3)), button("Turn and zoom back", "Reset", (s) => s.reset())));
    const node = el("figure", {}, controls, host, el("figcaption", { id }, el("strong", {}, "Class means and rows of W. "),
      "Balls are class means, open marks the rows of W, scaled to the same size; a line leads from each mean to its row. At the optimum of balanced classes they coincide, in the corners of a simplex. ",
      known(g.explained) && g.explained < 0.9995 ? "These three axes hold " + Page.percent(g.explained, 1) + " of the variance of the class means: classes that overlap here may be separate in other dimensions. " : "",
      known(g.widestAngle) ? "Here the widest angle between a mean and its row is " + number(g.widestAngle, 3) + "°, of class " + g.widestAngleOf + ". " : "",
      "Drag to turn; with the keyboard: arrow keys, + and −."));
    Page.onSize(host, () => {
      if (scene || failed) return;
      try {
        scene = MeasureScene.create(host, model, "Class means and rows of W in three dimensions. Arrow keys turn the picture, + and − zoom.");
      } catch (e) {
        failed = true;
        host.classList.remove("scene");
        host.append(el("p", {}, NO_WEBGL));
      }
    });
    return [el("h2", {}, "The classes in three dimensions"), node];
  }

  function figures(table) {
    const columns = list(table.columns), rows = list(table.rows);
    const numeric = (i) => (columns.length > 3 ? rows.every((row) => !known(row[i]) || /^[≈≥–-]?\s?[\d.,]*(e-?\d+)?\s?[°%]?$/.test(row[i])) : i === 1);
    const node = Page.table(table.title, columns.map((label, i) => ({ label, text: !numeric(i), of: (row) => { const text = textOf(row, columns, i); return text ? el("span", {}, math(text)) : ""; } })), rows);
    node.classList.add("titled");
    return [el("h3", {}, math(table.title)), known(table.text) ? el("p", { class: "soft" }, math(table.text)) : null, node];
  }

  /** Where a row does not say what its term means, the glossary does. */
  function textOf(row, columns, i) {
    const text = known(row[i]) ? String(row[i]) : "", explained = columns[i] === "meaning" && !text && Object.hasOwn(glossary, row[0]);
    if (explained) told.add(row[0]);
    return explained ? glossary[row[0]] : row[0] === "verdict" && i === 1 ? words(text) : text;
  }

  function terms() {
    const known = Object.entries(glossary).filter(([term]) => !told.has(term));
    return known.length ? [el("h2", {}, "The terms"), el("dl", { class: "ideas terms" }, known.map(([term, meaning]) => el("div", {}, el("dt", {}, math(term)), el("dd", {}, math(meaning)))))] : [];
  }

  document.getElementById("kicker").textContent = data.kicker || "collapse4j";
  document.getElementById("title").textContent = data.title || "The verdict";
  const charts = list(data.charts).map(shares), tables = list(data.figures).flatMap(figures);
  const parts = [verdict(), el("p", { class: "soft subject" }, math(data.subject || "")), ...(charts.length ? [el("h2", {}, "Where the excess sits"), ...charts] : []), ...geometry(data.geometry),
    ...(tables.length ? [el("h2", {}, "The figures"), ...tables] : []), ...terms()];
  document.getElementById("results").append(...parts.filter((node) => node));
  Page.provenance();

  // for the console, and for tests
  window.collapse4j = { Page, Charts, players: [], scenes: known(data.geometry) ? Scene3d.live : [] };
})();
