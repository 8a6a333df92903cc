"use strict";
/* The angles between class means: a heat map of their cosines, and how these are distributed. */
const MeasureMeans = (() => {
  const { el, list, number } = Page;
  const COLOURS = ["high", "middle", "low"];

  function section(m) {
    const cosines = m.cosines || {}, values = list(cosines.values), classes = list(cosines.classes);
    if (values.length < 2) return [];
    const ideal = Metrics.simplexCosine(m), K = values.length;
    const pairs = values.flatMap((row, i) => row.filter((v, j) => j < i && typeof v === "number"));
    const [low, high] = Charts.limits(pairs), far = Math.max(high - ideal, ideal - low, 1e-12);
    let magnified = false;
    const bounds = () => (magnified ? [Math.max(ideal - far, -1), Math.min(ideal + far, 1)] : [-1, 1]);
    /** 0 at the lower end, ½ at the ideal, 1 at the upper end. */
    const place = (v) => { const [a, b] = bounds(); return v < ideal ? 0.5 * (v - a) / (ideal - a || 1) : 0.5 + 0.5 * (v - ideal) / (b - ideal || 1); };
    const paint = (v) => Charts.ramp(COLOURS, place(v));

    const scale = el("div", { class: "scale", "aria-hidden": "true" });
    function paintScale() {
      const [a, b] = bounds(), at = (v) => 100 * (v - a) / (b - a);
      const bar = el("div", { class: "bar" });
      bar.style.background = "linear-gradient(to right, " + [0, 0.25, 0.5, 0.75, 1].map((t) => Charts.ramp(COLOURS, t) + " " + (t < 0.5 ? 2 * t * at(ideal) : at(ideal) + (2 * t - 1) * (100 - at(ideal))) + "%").join(", ") + ")";
      const mark = (v, text, name) => { const node = el("span", { class: name }, text); node.style.left = at(v) + "%"; return node; };
      const crowded = Math.abs(at(ideal) - 50) < 12;
      scale.replaceChildren(bar, mark(a, number(a, 3), "first"), mark(b, number(b, 3), "last"), magnified || crowded ? "" : mark(0, "0"), mark(ideal, "▲ ideal " + number(ideal, 3), "ideal"));
    }

    const name = (i) => String(classes[i] === undefined ? i : classes[i]);
    const names = values.map((_, i) => name(i));
    const cells = values.flatMap((row, i) => row.map((v, j) => [j, i, v])).filter(([, , v]) => typeof v === "number");
    const near = cells.filter(([j, i]) => j < i).reduce((a, b) => (b[2] > a[2] ? b : a), [0, 1, -Infinity]);
    const heat = Charts.figure({
      name: "cosines", shape: "square", legend: scale,
      controls: Page.select("Colours", [["full", "from −1 to 1"], ["magnified", "magnified around the ideal"]], (v) => { magnified = v === "magnified"; paintScale(); heat.redraw(); }).node,
      caption: [el("strong", {}, "Cosines of class means. "), "One cell for each pair of classes. Orange pairs are closer together than the ideal, where mistakes are likely; blue pairs are further apart. Good is the colour of the ideal, " + number(ideal, 3) + ", everywhere. Here the closest pair is " + name(near[0]) + " and " + name(near[1]) + ", at " + number(near[2], 3) + ".",
        K < m.classes ? " " + K + " of the " + number(m.classes) + " classes are shown." : ""],
      option: (small) => ({
        grid: { left: 4, right: 10, top: 26, bottom: 26, containLabel: true },
        xAxis: { type: "category", data: names, name: "class", nameGap: 26, splitLine: { show: false }, axisTick: { show: false } },
        yAxis: { type: "category", data: names, name: "class", inverse: true, nameLocation: "start", nameGap: 10, splitLine: { show: false }, axisTick: { show: false } },
        tooltip: { formatter: (e) => { const [j, i, v] = cells[e.dataIndex]; return Charts.tip(i === j ? "class " + name(i) + " with itself" : "classes " + name(i) + " and " + name(j), [["cosine", number(v, 4)], ["ideal", i === j ? "1" : number(ideal, 4)]]); } },
        series: [{ type: "custom", data: cells, encode: { x: 0, y: 1 }, progressive: 4000,
          renderItem: (params, api) => {
            const [j, i, v] = cells[params.dataIndex], [x, y] = api.coord([j, i]), [w, h] = api.size([1, 1]), gap = w > 12 ? 1 : 0;
            const fill = i === j ? Page.colour("grid") : paint(v);
            return { type: "rect", shape: { x: x - w / 2 + gap, y: y - h / 2 + gap, width: w - 2 * gap + (gap ? 0 : 0.5), height: h - 2 * gap + (gap ? 0 : 0.5) }, style: { fill },
              ...(w < (small ? 30 : 34) || i === j ? {} : { textContent: { type: "text", style: { text: Math.abs(v) < 0.005 ? "0" : v.toFixed(2).replace("0.", ".").replace("-", "−"), fill: Charts.readable(fill), fontSize: w < 40 ? 10 : 12 } }, textConfig: { position: "inside" } }) };
          } }],
      }),
    });
    paintScale();
    Page.onTheme(paintScale, scale);
    return [el("h2", {}, "Angles between the classes"), el("p", { class: "soft" }, "Which classes are too close to each other?"),
      el("div", { class: "pair" }, heat.node, distribution(pairs, ideal, [low, high]).node)];
  }

  function distribution(pairs, ideal, [low, high]) {
    const from = Math.min(low, ideal), to = Math.max(high, ideal), count = Math.min(41, Math.max(9, Math.round(Math.sqrt(pairs.length) * 2)));
    const width = (to - from || 0.02) / (count - 2), start = from - width;
    const counts = new Array(count).fill(0);
    for (const v of pairs) counts[Math.min(Math.floor((v - start) / width), count - 1)]++;
    const bins = counts.map((n, i) => [start + i * width, start + (i + 1) * width, n]).filter(([, , n]) => n);
    return Charts.figure({
      name: "angles", shape: "square",
      caption: [el("strong", {}, "How the cosines are distributed. "), "All pairs of classes, by their cosine. Good is all of them at the dashed line; a tail to the right consists of classes that look alike. Here they are from " + number(low, 3) + " to " + number(high, 3) + "."],
      option: () => ({
        grid: { top: 66 },
        xAxis: { type: "value", name: "cosine of two class means", min: start, max: start + count * width, axisLabel: { formatter: (t) => number(Math.abs(t) < 1e-12 ? 0 : t, 2), showMinLabel: false, showMaxLabel: false } },
        yAxis: { type: "value", name: "pairs of classes", nameGap: 34, minInterval: 1, axisLine: { onZero: false } },
        tooltip: { formatter: (e) => { const [a, b, n] = bins[e.dataIndex]; return Charts.tip(Page.times(n, "pair"), [["cosine from", number(a, 3)], ["to", number(b, 3)]]); } },
        series: [{ type: "custom", data: bins, encode: { x: [0, 1], y: 2 },
          renderItem: (params, api) => {
            const [a, b, n] = bins[params.dataIndex], [x1, y] = api.coord([a, n]), [x2, base] = api.coord([b, 0]);
            return { type: "rect", shape: { x: x1 + 0.5, y, width: Math.max(x2 - x1 - 1, 1), height: base - y }, style: { fill: Page.colour("c1") } };
          },
          markLine: { silent: true, precision: 12, symbol: "none", animation: false, lineStyle: { color: Page.colour("good"), type: "dashed", width: 2 }, label: { formatter: "ideal " + number(ideal, 3), color: Page.colour("good"), fontWeight: "bold" }, data: [{ xAxis: ideal }] } }],
      }),
    });
  }

  return { section };
})();
