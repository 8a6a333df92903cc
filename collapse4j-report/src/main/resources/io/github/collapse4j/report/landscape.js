"use strict";
/* The sections of the page of `collapse4j landscape`. Sections whose data are missing are left out. */
(() => {
  const { el, math, known, list, number, times, percent, select, table, folded } = Page;
  const VERDICTS = {
    GlobalMinimum: { name: "global minimum", symbol: "diamond", colour: "good" },
    StrictSaddle: { name: "strict saddle", symbol: "circle", colour: "c1" },
    SpuriousLocalMinimum: { name: "spurious local minimum", symbol: "triangle", colour: "bad" },
  };
  const HEXAGON = "path://M-10,0L-5,-9L5,-9L10,0L5,9L-5,9Z";
  const verdictOf = (name) => VERDICTS[name] || { name: Page.words(name || "no verdict"), symbol: /Saddle/.test(name) ? HEXAGON : "roundRect", colour: "zero" };
  const balanced = (model) => list(model.classCounts).every((n, _, counts) => n === counts[0]);

  /* Headline */
  function verdict(model) {
    const hunt = model.hunt;
    if (!hunt || !hunt.starts) return null;
    const traps = list(hunt.localMinima).length, starts = times(hunt.starts, "random start");
    if (traps) return "Training can get stuck here: " + starts + " found " + times(traps, "distinct local minimum").replace("minimums", "minima") + " above the lowest value known.";
    return "No trap was found: of " + starts + " none ended at a local minimum above the lowest value known" + (hunt.coveredStarts === hunt.starts ? ", and a theorem excludes any." : hunt.coveredStarts ? "; for " + number(hunt.coveredStarts) + " of them a theorem excludes any." : ".");
  }

  function headline(model) {
    const counts = list(model.classCounts);
    const facts = [
      ["classes K", model.classes], ["feature dimension d", model.featureDimension],
      [model.groups ? "samples per target" : "samples per class", counts.length === 0 ? null : balanced(model) ? number(counts[0]) : counts.slice(0, 12).map((n) => number(n)).join(", ") + (counts.length > 12 ? ", …" : "")],
      ["λ_W", model.lambdaW], ["λ_H", model.lambdaH], ["bias", model.lambdaB === null ? "none" : model.lambdaB === 0 ? "free" : model.lambdaB === undefined ? null : "λ_b = " + number(model.lambdaB)],
      ["μ = √(λ_W λ_H)", model.mu], [model.globalMinimumCertified === false ? "lowest value found" : "global minimum", model.globalMinimum === null || model.globalMinimum === undefined ? null : number(model.globalMinimum, 10)],
      ["certified: nothing is below", model.lowerBound === null || model.lowerBound === undefined ? null : number(model.lowerBound, 10)],
    ];
    const theorems = list(model.theorems);
    return [
      verdict(model) ? el("p", { class: "conclusion" }, verdict(model)) : null,
      Page.facts(facts),
      ...statements(theorems),
    ];
  }

  /** What the theory says of every critical point: folded, unless a statement is violated. */
  function statements(theorems) {
    if (!theorems.length) return [];
    const title = "What the theory says, and what was seen", violated = theorems.filter((t) => t.violations).length;
    const cards = el("ul", { class: "cards" }, theorems.map((t) => el("li", { class: t.violations ? "violated" : null },
        el("p", {}, math(t.statement)),
        el("p", { class: "outcome" }, t.violations ? "✗ violated " + times(t.violations, "time") + " in " + times(t.tested, "test") : t.tested ? "✓ held in " + (t.tested === 1 ? "the one test" : "all " + times(t.tested, "test")) : "not tested here"),
        el("p", { class: "small" }, t.worst === null || t.worst === undefined ? null : "Worst case: " + number(t.worst, 3), t.detail ? (t.worst === null || t.worst === undefined ? "" : " · ") : null, t.detail ? math(t.detail) : null))));
    return [el("h2", {}, title), violated ? cards : Page.folded((theorems.length === 1 ? "The statement" : "All " + times(theorems.length, "statement")) + " held where tested", cards)];
  }

  /* Atlas */
  const rankColour = (rank, top) => Charts.ramp(["r1", "r2", "r3", "r4", "r5"], top ? rank / top : 0);

  function atlas(model) {
    const points = list(model.criticalPoints);
    if (!points.length) return [];
    const byId = new Map(points.map((p) => [p.id, p]));
    const minimum = points.filter((p) => p.verdict === "GlobalMinimum").sort((a, b) => a.objective - b.objective)[0];
    const bestName = model.globalMinimumCertified === false ? "the lowest value found" : "the global minimum";
    const best = typeof model.globalMinimum === "number" ? model.globalMinimum : Math.min(...points.map((p) => p.objective));
    const recorded = list(model.escapeLines).map((l) => ({ from: byId.get(l.from), to: byId.get(l.to), seen: true })).filter((l) => l.from && l.to);
    const lines = recorded.length || !minimum ? recorded : points.filter((p) => p.index > 0).map((from) => ({ from, to: minimum, seen: false }));
    const topIndex = Math.max(...points.map((p) => p.index), 1), topRank = Math.max(...points.map((p) => p.rank), 1), ranks = [...new Set(points.map((p) => p.rank))].sort((a, b) => a - b);
    const positive = points.map((p) => p.objective - best).filter((v) => v > 1e-9 * Math.abs(best));
    const floor = positive.length ? Math.pow(10, Math.floor(Math.log10(Math.min(...positive))) - 1) : 1e-12;
    const traps = points.filter((p) => p.index === 0 && p.verdict !== "GlobalMinimum");
    // minima are often close to each other, compared with the saddles
    let logarithmic = traps.length ? "excess" : "objective";
    const crowded = points.length > 40; // marks overlap: smaller, and the colour alone tells the rank

    function option(small) {
      const excess = logarithmic === "excess";
      const value = (p) => (excess ? Math.max(p.objective - best, floor) : p.objective);
      const scale = excess ? Charts.log(points.map(value)) : Charts.linear();
      const at = (p) => [p.index, scale.of(value(p))];
      if (excess) {
        const plain = scale.axis.axisLabel.formatter;
        scale.axis.min -= scale.axis.interval;
        scale.axis.axisLabel = { formatter: (t) => (t < scale.min ? "" : t === scale.min ? "0" : plain(t)) };
      }
      const groups = [...new Set(points.map((p) => p.verdict))];
      return {
        legend: { data: groups.map((g) => verdictOf(g).name) },
        xAxis: { type: "value", name: "Morse index: directions of descent", nameGap: 28, min: -0.051 * topIndex, max: 1.051 * topIndex, minInterval: 1, axisLabel: { formatter: (t) => (Number.isInteger(t) ? String(t) : "") }, ...(small ? { name: "Morse index" } : {}) },
        yAxis: { ...scale.axis, name: excess ? "excess above " + bestName : "objective" },
        tooltip: { formatter: (e) => (e.data.point ? details(e.data.point) : "") },
        series: [
          ...groups.map((g) => ({ type: "scatter", name: verdictOf(g).name, symbol: verdictOf(g).symbol, symbolSize: (crowded ? 0.5 : 1) * (verdictOf(g).symbol === "circle" ? 22 : 28), z: 5, itemStyle: { color: Page.colour("zero") },
            emphasis: { scale: 1.25 }, labelLayout: { hideOverlap: true },
            data: points.filter((p) => p.verdict === g).map((p) => {
              const fill = rankColour(p.rank, topRank);
              return { value: at(p), point: p, itemStyle: { color: fill, borderColor: Page.colour("card"), borderWidth: crowded ? 0.5 : 1.5 }, label: { show: !crowded, formatter: String(p.rank), color: Charts.readable(fill), fontSize: 11, fontWeight: "bold" } };
            }) })),
          ...(!lines.length ? [] : [{ type: "custom", name: "lines", z: 2, silent: true, data: lines.map((l) => [...at(l.from), ...at(l.to)]), encode: { x: [0, 2], y: [1, 3] },
            renderItem: (params, api) => arrow(api.coord([api.value(0), api.value(1)]), api.coord([api.value(2), api.value(3)]), lines[params.dataIndex].seen) }]),
        ],
      };
    }
    /** A curved arrow that stops short of the marks at its ends. */
    function arrow([x1, y1], [x2, y2], seen) {
      const dx = x2 - x1, dy = y2 - y1, length = Math.hypot(dx, dy) || 1;
      const bend = [(x1 + x2) / 2 + 0.09 * dy, (y1 + y2) / 2 - 0.09 * dx];
      const short = ([x, y], by) => { const l = Math.hypot(bend[0] - x, bend[1] - y) || 1; return [x + (bend[0] - x) * by / l, y + (bend[1] - y) * by / l]; };
      const start = short([x1, y1], 12), end = short([x2, y2], 16), tip = Math.atan2(end[1] - bend[1], end[0] - bend[0]);
      const wing = (turn) => [end[0] - 9 * Math.cos(tip + turn), end[1] - 9 * Math.sin(tip + turn)];
      if (length < 30) return null;
      return { type: "group", children: [
        { type: "bezierCurve", shape: { x1: start[0], y1: start[1], x2: end[0], y2: end[1], cpx1: bend[0], cpy1: bend[1] }, style: { fill: "none", stroke: Page.colour("soft"), lineWidth: 1.5, lineDash: seen ? null : [2, 4] } },
        { type: "polygon", shape: { points: [end, wing(0.42), wing(-0.42)] }, style: { fill: Page.colour("soft") } }] };
    }
    const foundBy = (p) => (known(p.timesFound) ? number(p.timesFound) + " of " + times(p.starts, "start") : null);
    const details = (p) => Charts.tip("Point " + p.id + ": " + verdictOf(p.verdict).name, [
      ["rank", p.rank], ["objective", number(p.objective, 9)], ["above " + bestName, p.objective - best], ["Morse index", p.index], ["nullity (orbit)", number(p.nullity) + " (" + number(p.orbitDimension) + ")"],
      ["least curvature", p.minCurvature], ["predicted", p.predictedMinCurvature], ["greatest curvature", p.maxCurvature], ["σ/μ", p.sigmaOverMu], ["‖∇f‖", number(p.gradientNorm, 2)], ["found by", foundBy(p)], ["first by", p.origin || "—"]]);

    const height = select("Height", [["objective", "objective"], ["excess", "excess above " + bestName + ", logarithmic"]], (v) => { logarithmic = v; chart.redraw(); });
    height.box.value = logarithmic;
    const chart = Charts.figure({
      name: "atlas",
      controls: height.node,
      legend: el("ul", { class: "legend" }),
      caption: [el("strong", {}, "Every mark is a critical point. "), "Further right means more directions of descent; at index 0 there are none. ", crowded ? "" : "The number in a mark is its rank; marks may lie on each other, the table below has all. ",
        lines.length ? (recorded.length ? "Arrows lead from the lowest saddle of each rank to where descents from it ended. " : "Dotted arrows lead to the global minimum. ") : "", model.classes && model.featureDimension >= model.classes ? "The theory holds if all marks at index 0 are global minima. " : "", "Here ", traps.length ? times(traps.length, "mark") + " at index 0 " + (traps.length === 1 ? "is not certified to be one." : "are not certified to be.") : "all of them are."],
      option,
    });
    const rankList = chart.node.querySelector(".legend");
    const paint = () => {
      rankList.replaceChildren(el("li", {}, crowded ? "Colour: rank" : "Colour and number: rank"), ...ranks.map((r) => { const dot = el("i"); dot.style.background = rankColour(r, topRank); return el("li", {}, dot, String(r)); }));
    };
    paint();
    Page.onTheme(paint);
    return [
      el("h2", {}, "Atlas of critical points"),
      el("p", { class: "soft" }, "Where does the slope vanish, how high is that point, and is there a way down?"),
      searched(model.search, points),
      chart.node,
      folded("The same as a table (" + times(points.length, "point") + ")", table("Critical points, one per line. The nullity should equal the dimension of the symmetry orbit, in brackets.", [
        { label: "point", of: (p) => p.id }, { label: "rank", of: (p) => p.rank }, { label: "verdict", of: (p) => verdictOf(p.verdict).name, text: true }, { label: "objective", of: (p) => number(p.objective, 9) },
        { label: "excess", of: (p) => p.objective - best }, { label: "index", of: (p) => p.index }, { label: "nullity", of: (p) => number(p.nullity) + " (" + number(p.orbitDimension) + ")" },
        { label: "least curvature", of: (p) => p.minCurvature }, { label: "predicted", of: (p) => p.predictedMinCurvature }, { label: "greatest curvature", of: (p) => p.maxCurvature },
        { label: "σ/μ", of: (p) => p.sigmaOverMu }, { label: "‖∇f‖", of: (p) => number(p.gradientNorm, 2) }, { label: "found by", of: foundBy, text: true }, { label: "first by", of: (p) => p.origin, text: true }], points)),
    ];
  }

  /** The list is what a search found: how much of it, and what is known about the rest. */
  function searched(search, points) {
    if (!search) return null;
    const tallies = list(search.descents), missing = tallies.filter((t) => t.foundOnce > 0);
    return el("div", {},
      el("p", {}, el("strong", {}, times(search.starts, "start") + " found " + times(points.length, "critical point") + ". "), "This is a search, not an enumeration: there may be others. ",
        missing.length ? "Points found by only one random descent suggest that some are missing: in d′ = " + missing.map((t) => t.featureDimension + " an estimated " + percent(t.foundOnce, t.starts)).join(", in d′ = ") + " of further random descents would end at a point that is not listed."
          : tallies.length ? "Every minimum found by a random descent was found more than once." : ""),
      tallies.length ? folded("How the descents were spread", table("Descents from random starts in d′ dimensions. The estimated share of further descents that would end at a point not listed is the share of points found once (Good, 1953).", [
        { label: "d′", of: (t) => t.featureDimension }, { label: "descents", of: (t) => t.starts }, { label: "points", of: (t) => t.points }, { label: "found once", of: (t) => t.foundOnce }, { label: "not listed, estimated", of: (t) => percent(t.foundOnce, t.starts) }], tallies)) : null);
  }

  const pointName = (model, id) => {
    const p = list(model.criticalPoints).find((q) => q.id === id);
    return p ? "point " + id + ": " + verdictOf(p.verdict).name + ", rank " + p.rank : "point " + id;
  };

  /* Spectra */
  /** Merges eigenvalues that agree to about six digits into one with a multiplicity; those below `zero` are 0. */
  function clusters(values, zero) {
    const out = [];
    for (const v of [...values].filter((x) => typeof x === "number").sort((a, b) => a - b)) {
      const value = Math.abs(v) <= zero ? 0 : v, last = out[out.length - 1];
      if (last && Math.abs(last.value - value) <= 1e-5 * Math.max(Math.abs(value), zero)) last.count++;
      else out.push({ value, count: 1 });
    }
    return out;
  }

  function spectra(model) {
    const all = list(model.spectra).filter((s) => list(s.reduced).length);
    if (!all.length) return [];
    let shown = all[0];
    const rows = (s) => {
      const top = Math.max(...s.reduced.map(Math.abs), 1e-300);
      const out = [{ name: "class means and classifier", short: "means, W", items: clusters(s.reduced, 1e-8 * top) }];
      const within = list(s.within).map((w) => ({ name: "within class " + w.class, short: "class " + w.class, factor: w.multiplicity, items: clusters(list(w.eigenvalues), 1e-8 * top) })).filter((w) => w.items.length && w.factor !== 0);
      const same = within.length > 1 && within.every((w) => w.factor === within[0].factor && w.items.length === within[0].items.length && w.items.every((c, i) => c.count === within[0].items[i].count && Math.abs(c.value - within[0].items[i].value) <= 1e-4 * Math.abs(c.value)));
      if (same) out.push({ ...within[0], name: "within each of the " + within.length + " classes", short: "each class" });
      else if (within.length > 8) out.push({ name: "within the " + within.length + " classes", short: "classes", items: within.flatMap((w) => w.items.map((c) => ({ value: c.value, count: c.count * w.factor }))) });
      else out.push(...within);
      return out;
    };
    const predictions = (s) => list(s.predicted).filter((p) => typeof p.value === "number").map((p) => ({ label: p.label, value: Math.abs(p.value) <= 1e-6 * Math.max(...s.reduced.map(Math.abs)) ? 0 : p.value }));
    const total = (row, c) => c.count * (row.factor || 1);

    function option(small) {
      const lines = rows(shown), predicted = predictions(shown);
      const scale = Charts.symlog([...lines.flatMap((r) => r.items.map((c) => c.value)), ...predicted.map((p) => p.value)]);
      const names = lines.map((r) => (small ? r.short : r.name));
      const colourOf = (v) => Page.colour(v < 0 ? "bad" : v > 0 ? "c1" : "zero");
      return {
        legend: { data: ["eigenvalue", "predicted"].slice(0, predicted.length ? 2 : 1) },
        grid: { top: 40 },
        xAxis: { ...scale.axis, name: "curvature (eigenvalue of the Hessian)" },
        yAxis: { type: "category", data: names, inverse: true, splitLine: { show: true }, axisTick: { show: false } },
        tooltip: { formatter: (e) => (e.data.item ? Charts.tip(e.data.title, e.data.item) : "") },
        series: [
          { type: "scatter", name: "eigenvalue", symbol: "rect", symbolSize: [5, 30], itemStyle: { color: Page.colour("c1") }, labelLayout: { hideOverlap: true },
            markLine: { silent: true, precision: 12, symbol: "none", animation: false, label: { show: false }, lineStyle: { color: Page.colour("ink"), width: 1.5, type: "solid" }, data: [{ xAxis: 0 }] },
            data: lines.flatMap((row, i) => row.items.map((c) => ({ value: [scale.of(c.value), i], title: row.name, item: [["eigenvalue", number(c.value, 6)], ["how often", row.factor ? number(c.count) + " × " + number(row.factor) + " samples" : number(c.count)]],
              itemStyle: { color: colourOf(c.value) }, label: { show: total(row, c) > 1, position: "top", distance: 3, formatter: "×" + number(total(row, c)), color: Page.colour("ink"), fontSize: 11 } }))) },
          ...(!predicted.length ? [] : [{ type: "scatter", name: "predicted", symbol: "triangle", symbolSize: 12, symbolRotate: 0, symbolOffset: [0, 24], z: 6, itemStyle: { color: Page.colour("ink") },
            data: predicted.map((p) => ({ value: [scale.of(p.value), 0], title: "predicted", item: [["eigenvalue", number(p.value, 6)], ["formula", p.label || "—"]] })),
            markLine: { silent: true, precision: 12, symbol: "none", animation: false, label: { show: false }, lineStyle: { color: Page.colour("soft"), type: "dotted", width: 1.2 }, data: predicted.map((p) => ({ xAxis: scale.of(p.value) })) } }]),
        ],
      };
    }
    const note = el("p", { class: "readout" });
    const tables = el("div");
    function describe() {
      const down = shown.reduced.filter((v, _, a) => v < -1e-8 * Math.max(...a.map(Math.abs))).length;
      note.textContent = times(shown.reduced.length, "eigenvalue") + " of the reduced model, " + down + " negative" + (typeof shown.conditionNumber === "number" ? "; condition number, flat directions left out, " + number(shown.conditionNumber, 4) : "");
      tables.replaceChildren(folded("The same as a table", table("Eigenvalues of the Hessian at " + pointName(model, shown.point), [
        { label: "part of the spectrum", of: (r) => r.part, text: true }, { label: "eigenvalue", of: (r) => number(r.value, 7) }, { label: "how often", of: (r) => r.count }],
      rows(shown).flatMap((row) => row.items.map((c) => ({ part: row.name, value: c.value, count: total(row, c) }))).concat(list(shown.predicted).map((p) => ({ part: "predicted: " + p.label, value: p.value, count: null }))))));
    }
    const chart = Charts.figure({
      name: "spectrum", shape: rows(shown).length < 4 ? "low" : null,
      controls: [select("At", all.map((s, i) => [i, pointName(model, s.point)]), (i) => { shown = all[i]; describe(); chart.redraw(); }).node, note],
      caption: [el("strong", {}, "Curvature in all directions at once. "), "Left of the bold line the objective falls (orange), on the line it is flat by symmetry (grey), right of it it rises (blue); the axis is logarithmic on both sides of zero. Small triangles mark what the formulas predict. Good, at a minimum, is nothing left of the line; the text above counts what this point has there."],
      option,
    });
    describe();
    // saddles are more informative than the minimum
    const first = all.findIndex((s) => (list(model.criticalPoints).find((p) => p.id === s.point) || {}).index > 0);
    if (first > 0) { const box = chart.node.querySelector("select"); box.value = String(first); shown = all[first]; describe(); }
    return [el("h2", {}, "Spectra"), el("p", { class: "soft" }, "How steeply does the objective bend at a critical point, and in how many directions downwards?"), chart.node, tables];
  }

  /* Escape */
  const iterationScale = (mode, values) => (mode === "log" ? Charts.log(values) : Charts.linear());
  const pairs = (curve, key, x, y) => list(curve && curve.iteration).map((t, i) => [x.of(t), curve[key][i] === null ? null : y.of(curve[key][i])]).filter(([a, b]) => a !== null && b !== null);
  const hasCurve = (curve, key) => !!curve && list(curve.iteration).length > 1 && list(curve[key]).some((v) => v > 0);
  const iterationAxis = (x) => ({ ...x.axis, name: "iteration", min: x.axis.min === undefined ? 0 : x.axis.min, scale: x.axis.scale ? false : undefined });

  function escapes(model) {
    const all = list(model.escapes);
    if (!all.length) return [];
    const sources = [...new Set(all.map((e) => e.from))], optimizers = [...new Set(all.map((e) => e.optimizer))];
    let from = sources[sources.length - 1], mode = "linear";
    const now = () => all.filter((e) => e.from === from), leave = el("span"), ending = el("span");
    const lineOf = (e, data, dashed) => ({ type: "line", name: e.optimizer, showSymbol: false, data, symbol: "circle", itemStyle: { color: Charts.palette(optimizers.indexOf(e.optimizer)) },
      lineStyle: { color: Charts.palette(optimizers.indexOf(e.optimizer)), width: dashed ? 1.6 : 2.4, type: dashed ? [4, 4] : "solid", opacity: dashed ? 0.9 : 1 } });
    const hover = (title) => ({ trigger: "axis", formatter: (items) => {
      const seen = items.filter((i) => list(i.value).length);
      return seen.length ? Charts.tip("iteration " + number(mode === "log" ? Math.round(Math.pow(10, seen[0].value[0])) : seen[0].value[0]), seen.map((i) => [i.seriesName, title + " " + number(Math.pow(10, i.value[1]), 3)])) : "";
    } });

    const leaving = Charts.figure({
      name: "escape",
      caption: [el("strong", {}, "Leaving the saddle. "), "Solid: the distance from the saddle. Close to it an optimiser multiplies the distance by the same factor in every iteration, a straight line while iterations are linear. Dashed: the line predicted from the most negative curvature. They diverge when the descent leaves the saddle. Good is a steep line: the saddle is left soon. ", leave],
      option: () => {
        const runs = now(), y = Charts.log(runs.flatMap((e) => [...list(e.observed && e.observed.distance), ...list(e.predicted && e.predicted.distance)])), x = iterationScale(mode, runs.flatMap((e) => list(e.observed && e.observed.iteration)));
        return { legend: { data: optimizers }, xAxis: iterationAxis(x), yAxis: { ...y.axis, name: "distance from the saddle" }, tooltip: hover("distance"),
          series: runs.flatMap((e) => [lineOf(e, pairs(e.observed, "distance", x, y), false), ...(hasCurve(e.predicted, "distance") ? [lineOf(e, pairs(e.predicted, "distance", x, y), true)] : [])]) };
      },
    });
    const descent = Charts.figure({
      name: "descent",
      caption: [el("strong", {}, "Down to the minimum. "), "The relative excess over the global minimum. Plateaus are other saddles passed on the way; the final slope is set by the spectrum at the minimum. Good is a curve that falls to the bottom; where each of these ended is in the table below. ", ending],
      option: () => {
        const runs = now(), y = Charts.log(runs.flatMap((e) => list(e.descent && e.descent.gap))), x = iterationScale(mode, runs.flatMap((e) => list(e.descent && e.descent.iteration)));
        return { legend: { data: optimizers }, xAxis: iterationAxis(x), yAxis: { ...y.axis, name: "relative excess" }, tooltip: hover("excess"), series: runs.map((e) => lineOf(e, pairs(e.descent, "gap", x, y), false)) };
      },
    });
    const numbers = el("div");
    function update() {
      const left = now().filter((e) => known(e.iterationsToLeave)).sort((a, b) => a.iterationsToLeave - b.iterationsToLeave), last = left[left.length - 1], best = now().filter((e) => e.end === "GlobalMinimum").length;
      leave.textContent = left.length ? "Here " + left[0].optimizer + " leaves after " + times(left[0].iterationsToLeave, "iteration") + (last !== left[0] ? ", " + last.optimizer + " after " + number(last.iterationsToLeave) : "") + "." : "";
      ending.textContent = "Here " + number(best) + " of " + number(now().length) + " ended at the global minimum.";
      leaving.redraw();
      descent.redraw();
      const many = now();
      numbers.replaceChildren(table("Escape from " + pointName(model, from) + ". Factors are per iteration: above 1 the distance grows, below 1 the excess shrinks.", [
        { label: "optimiser", of: (e) => e.optimizer, text: true }, { label: "growth predicted", of: (e) => number(e.predictedRate, 6) }, { label: "growth observed", of: (e) => number(e.observedRate, 6) },
        { label: "iterations to leave", of: (e) => e.iterationsToLeave }, { label: "final factor predicted", of: (e) => number(e.predictedLinearRate, 5) }, { label: "final factor observed", of: (e) => number(e.observedLinearRate, 5) },
        { label: "ends at", of: (e) => verdictOf(e.end).name, text: true }], many));
    }
    update();
    const start = select("Start at", sources.map((id) => [id, pointName(model, id)]), (id) => { from = sources.find((s) => String(s) === id); update(); });
    start.box.value = String(from);
    return [
      el("h2", {}, "Escape"), el("p", { class: "soft" }, "Started a tiny step away from a saddle, how long does an optimiser stay, and where does it end?"),
      el("div", { class: "controls" }, start.node, select("Iterations", [["linear", "linear"], ["log", "logarithmic"]], (v) => { mode = v; update(); }).node),
      el("div", { class: "pair" }, all.some((e) => hasCurve(e.observed, "distance")) ? leaving.node : null, all.some((e) => hasCurve(e.descent, "gap")) ? descent.node : null),
      numbers,
    ];
  }

  /* Collapse metrics */
  /** Values below are rounding errors, and would flatten the curves. */
  const ROUNDING = 1e-16;
  function collapse(model) {
    const run = model.collapse, lines = [["nc1", "NC1: spread within classes"], ["nc2", "NC2: distance from a simplex ETF"], ["nc3", "NC3: classifier against means"], ["gap", "relative excess"]].filter(([key]) => hasCurve(run, key));
    if (!lines.length) return [];
    let mode = "log";
    const chart = Charts.figure({
      name: "collapse",
      controls: select("Iterations", [["log", "logarithmic"], ["linear", "linear"]], (v) => { mode = v; chart.redraw(); }).node,
      caption: [el("strong", {}, "Neural collapse along the same descent. "), "Features of a class become one point (NC1), class means a simplex ETF (NC2), and the classifier their mirror image (NC3). " + (balanced(model) ? "All curves go to zero together with the excess." : "The classes differ in size, so NC2 and NC3 level off: the minimum is not a simplex ETF.") +
        " Good is low. Here, at the end: " + lines.map(([key, name]) => name.split(":")[0] + " " + number(run[key][run[key].length - 1], 2)).join(", ") + "; below 10⁻¹⁶, at rounding errors, nothing is drawn."],
      option: (small) => {
        const y = Charts.log(lines.flatMap(([key]) => run[key].map((v) => Math.max(v, ROUNDING)))), x = iterationScale(mode, run.iteration);
        return { legend: { data: lines.map(([, name]) => name), formatter: (name) => (small ? name.split(":")[0] : name) }, xAxis: iterationAxis(x), yAxis: { ...y.axis, name: "distance from collapse" },
          tooltip: { trigger: "axis", formatter: (items) => (items.length ? Charts.tip("iteration " + number(mode === "log" ? Math.round(Math.pow(10, items[0].value[0])) : items[0].value[0]), items.map((i) => [i.seriesName.split(":")[0], number(Math.pow(10, i.value[1]), 3)])) : "") },
          series: lines.map(([key, name], i) => ({ type: "line", name, showSymbol: false, data: pairs({ iteration: run.iteration, [key]: run[key].map((v) => (v < ROUNDING ? null : v)) }, key, x, y), itemStyle: { color: Charts.palette(i) }, lineStyle: { color: Charts.palette(i), width: 2.4, type: ["solid", "dashed", [10, 3, 2, 3], "dotted"][i] } })) };
      },
    });
    return [el("h2", {}, "Neural collapse along the run"), chart.node];
  }

  /* Hunt */
  /** Where descents end; the keys of `ends` in the result. */
  const ENDS = [
    ["certifiedGlobalMinimum", "certified global minimum", "ended at a certified global minimum"], ["lowestKnown", "lowest value known, not certified", "at the lowest value known where no minimum is certified"],
    ["localMinimum", "other local minimum", "at another local minimum"], ["saddle", "saddle", "at a saddle"], ["notConverged", "not converged", "did not converge"],
  ];
  const ended = (cell, key) => (cell.ends && cell.ends[key]) || 0;

  function hunt(model) {
    const found = model.hunt;
    if (!found) return [];
    const cells = list(found.byDimension).filter((c) => c.starts), minima = list(found.localMinima), others = list(found.otherEnds);
    const share = (key) => number(ended(found, key)) + " (" + percent(ended(found, key), found.starts) + ")";
    const columns = [
      { label: "d", of: (m) => m.d }, { label: "μ", of: (m) => m.lambda }, { label: "objective", of: (m) => number(m.objective, 9) }, { label: "above the lowest known", of: (m) => (typeof m.relativeExcess === "number" ? number(100 * m.relativeExcess, 3) + " %" : null) },
      { label: "descents", of: (m) => m.count }];
    return [
      el("h2", {}, "The hunt for spurious minima"),
      el("p", {}, el("strong", {}, times(found.starts, "random start") + ". "),
        found.ends ? ENDS.filter(([key]) => ended(found, key)).map(([key, , text]) => share(key) + " " + text).join(", ") + ". " : "",
        found.coveredStarts ? "A theorem excludes spurious minima for " + times(found.coveredStarts, "of these start") + "; " + (found.coveredCertifiedGlobalMinimum === found.coveredStarts ? "all" : number(found.coveredCertifiedGlobalMinimum)) + " of them ended at a certified global minimum. " : "",
        minima.length ? times(minima.length, "distinct local minimum").replace("minimums", "minima") + " above the lowest value known turned up." : "", minima.some((m) => m.proof) ? " " + number(minima.filter((m) => m.proof).length) + " of them are proved to be spurious, by files that verify checks." : ""),
      cells.length ? heatMap(model, cells) : null,
      minima.length ? table("Local minima above the lowest value known, each confirmed by its spectrum: no negative curvature. Flat only along the symmetry orbit if the nullity equals its dimension, in brackets.", [
        ...columns, { label: "nullity", of: (m) => number(m.nullity) + " (" + number(m.orbitDimension) + ")" }, { label: "least positive curvature", of: (m) => m.smallestPositive }, { label: "verdict", of: (m) => verdictOf(m.verdict).name, text: true },
        ...(minima.some((m) => m.proof || m.notProved) ? [{ label: "proof", of: (m) => (m.proof ? "proved: " + m.proof.file : m.notProved ? "not proved: " + m.notProved : ""), text: true }] : [])], minima) : null,
      others.length ? table("Ends that are no minima.", [...columns, { label: "‖∇f‖", of: (m) => number(m.gradientNorm, 2) }, { label: "verdict", of: (m) => verdictOf(m.verdict).name, text: true }], others) : null,
    ];
  }

  function heatMap(model, cells) {
    const ds = [...new Set(cells.map((c) => c.d))].sort((a, b) => a - b), lambdas = [...new Set(cells.map((c) => c.lambda))].sort((a, b) => a - b);
    const edge = ds.indexOf(model.classes - 1), lowest = (c) => ended(c, "certifiedGlobalMinimum") + ended(c, "lowestKnown");
    const chart = Charts.figure({
      name: "map", shape: lambdas.length < 5 ? "low" : null,
      caption: [el("strong", {}, "How often descent from a random start reaches the global minimum. "), edge >= 0 ? "From the line at d = K − 1 on, a simplex ETF fits into the features. " : "", "Framed: a theorem excludes traps. ",
        cells.some((c) => ended(c, "lowestKnown")) ? "A share with * is that of the lowest value known, which is not certified to be the global minimum. " : "", "Good is 100\u00a0% everywhere; orange cells are below it. Here the least is " + percent(Math.min(...cells.map((c) => lowest(c) / c.starts)), 1) + "."],
      option: (small) => ({
        grid: { top: 52 },
        xAxis: { type: "category", data: ds.map(String), name: "feature dimension d", splitLine: { show: false }, axisTick: { show: false } },
        yAxis: { type: "category", data: lambdas.map((l) => number(l, 3)), name: "regularisation μ", nameGap: 24, splitLine: { show: false }, axisTick: { show: false } },
        tooltip: { formatter: (e) => { const c = cells[e.dataIndex]; return c && e.seriesName === "share" ? Charts.tip("d = " + c.d + ", μ = " + number(c.lambda, 3), [["starts", c.starts], ...ENDS.filter(([key]) => ended(c, key)).map(([key, name]) => [name, number(ended(c, key)) + " (" + percent(ended(c, key), c.starts) + ")"]), ["theorem", c.benign ? "no spurious minimum" : "does not apply"]]) : ""; } },
        series: [
          { type: "custom", name: "share", data: cells.map((c) => [ds.indexOf(c.d), lambdas.indexOf(c.lambda), lowest(c) / c.starts]), encode: { x: 0, y: 1 },
            renderItem: (params, api) => {
              const cell = cells[params.dataIndex], [x, y] = api.coord([api.value(0), api.value(1)]), [w, h] = api.size([1, 1]);
              const share = lowest(cell) / cell.starts, fill = share === 1 ? Page.colour("high") : Charts.ramp(["low", "middle"], 0.7 * share);
              return { type: "rect", shape: { x: x - w / 2 + 2, y: y - h / 2 + 2, width: w - 4, height: h - 4, r: 3 }, style: { fill, stroke: cell.benign ? Page.colour("ink") : "transparent", lineWidth: 2 },
                textContent: { type: "text", style: { text: percent(lowest(cell), cell.starts).replace(w < 44 ? "\u00a0%" : "\u00a0", small ? "" : " ") + (ended(cell, "lowestKnown") ? "*" : ""), fill: Charts.readable(fill), fontSize: w < 50 ? 10 : 12 } }, textConfig: { position: "inside" } };
            } },
          ...(edge < 0 ? [] : [{ type: "custom", name: "edge", silent: true, z: 6, data: [[edge, 0]], renderItem: (params, api) => {
            const [x] = api.coord([edge, 0]), [w] = api.size([1, 1]), { y, height, x: left, width } = params.coordSys, at = x - w / 2;
            const right = at < left + width * 0.7;
            return { type: "group", children: [
              { type: "line", shape: { x1: at, x2: at, y1: y - 14, y2: y + height }, style: { stroke: Page.colour("bad"), lineWidth: 3, lineDash: [7, 4] } },
              { type: "text", x: at + (right ? 6 : -6), y: y - 16, style: { text: right ? "d = K − 1 →" : "from here d ≥ K − 1", fill: Page.colour("bad"), fontWeight: "bold", textAlign: right ? "left" : "right", fontSize: 12 } }] };
          } }]),
        ],
      }),
    });
    return el("div", {}, chart.node, folded("The same as a table", table("Where random starts end", [
      { label: "d", of: (c) => c.d }, { label: "μ", of: (c) => c.lambda }, { label: "starts", of: (c) => c.starts }, ...ENDS.map(([key, name]) => ({ label: name, of: (c) => ended(c, key) })), { label: "theorem", of: (c) => (c.benign ? "no spurious minimum" : "does not apply"), text: true }], cells)));
  }

  /* The page */
  const models = list(Page.data.models), main = document.getElementById("models");
  const title = (m) => Page.lossOf(m) + (models.filter((o) => o.loss === m.loss).length > 1 ? ", K = " + m.classes + ", d = " + m.featureDimension : "");
  const tabs = Page.tabs("Loss function", models.map((m) => ({ label: title(m).replace(/^./, (c) => c.toUpperCase()), build: (panel) => panel.append(
    ...[headline(m), atlas(m), spectra(m), escapes(m), LandscapePlayer.section(m, balanced(m)), collapse(m), hunt(m)].flat().filter((node) => node)) })));
  if (models.length) { main.append(tabs.node); tabs.show(0); }
  else main.append(el("p", {}, "This result has no models: there is nothing to draw."));
  Page.provenance();

  // for the console, and for tests
  window.collapse4j = { Page, Charts, players: LandscapePlayer.players };
})();
