"use strict";
/* Charts in the theme of the page, and the scales they use. */
const Charts = (() => {
  const { el, colour, power, number, scientific } = Page;
  const drawn = [];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || Page.options.has("selftest") || Page.options.has("still");

  /**
   * A figure with a chart. `option` returns the ECharts option, and is called again when the theme changes or on
   * redraw(). The caption describes the chart, and is its accessible name.
   */
  function figure({ name, caption, controls, shape, legend, option }) {
    const id = Page.freshId("caption");
    const host = el("div", { class: shape ? "plot " + shape : "plot", role: "img", "aria-labelledby": id });
    const node = el("figure", {}, controls ? el("div", { class: "controls" }, controls) : null, host, legend, el("figcaption", { id }, caption));
    let chart = null;
    const redraw = () => { if (chart && !chart.isDisposed()) chart.setOption(themed(option(host.clientWidth < 520), host.clientWidth), true); };
    Page.onSize(host, () => {
      if (chart && chart.isDisposed()) return;
      if (chart) chart.resize();
      else {
        chart = echarts.init(host, null, { renderer: "canvas" });
        drawn.push({ name, chart, host });
      }
      redraw();
    });
    Page.onTheme(redraw, node);
    return { node, redraw };
  }

  /** Frees the charts inside a node that is about to be removed. */
  function discard(node) {
    for (let i = drawn.length - 1; i >= 0; i--) if (node.contains(drawn[i].host)) drawn.splice(i, 1)[0].chart.dispose();
  }

  const MOST_ROWS = 4;
  const pen = document.createElement("canvas").getContext("2d");

  /** How many rows a legend takes if its entries wrap. */
  function rowsOf({ data, formatter = String }, width) {
    pen.font = "12px " + getComputedStyle(document.body).fontFamily;
    let rows = 1, used = 0;
    for (const entry of data) {
      const needed = 49 + pen.measureText(formatter(entry)).width;
      if (used && used + needed > width) { rows++; used = 0; }
      used += needed;
    }
    return rows;
  }

  function themed(option, width) {
    const wrapped = option.legend ? rowsOf(option.legend, width) : 0, rows = wrapped > MOST_ROWS ? 1 : wrapped;
    const ink = colour("ink"), soft = colour("soft"), line = colour("line"), grid = colour("grid");
    const axis = (a, name) => ({ ...name, ...a, nameTextStyle: { color: soft, ...name.nameTextStyle },
      axisLine: { show: true, lineStyle: { color: line }, ...a.axisLine }, axisTick: { lineStyle: { color: line }, ...a.axisTick },
      axisLabel: { color: soft, hideOverlap: true, ...a.axisLabel }, splitLine: { show: true, lineStyle: { color: a.ruled ? a.ruled.map((here) => (here ? grid : "transparent")) : grid }, ...a.splitLine } });
    return { animation: !calm, animationDuration: 400, textStyle: { color: ink, fontFamily: getComputedStyle(document.body).fontFamily }, backgroundColor: "transparent",
      ...option,
      grid: { left: 8, right: 22, top: rows ? 40 + 22 * rows : 36, bottom: 30, containLabel: true, ...option.grid },
      xAxis: axis(option.xAxis, { nameLocation: "middle", nameGap: 30, splitNumber: width < 520 ? 3 : 5 }),
      yAxis: axis(option.yAxis, { nameLocation: "end", nameGap: 14, nameTextStyle: { align: "left" } }),
      legend: option.legend && { type: wrapped > MOST_ROWS ? "scroll" : "plain", itemWidth: option.series.some((s) => s.type === "line") ? 24 : 15, itemHeight: 13, itemGap: 12, top: 0, left: 0, right: 0, textStyle: { color: ink }, pageTextStyle: { color: soft }, pageIconColor: ink, pageIconInactiveColor: line, inactiveColor: soft, ...option.legend },
      tooltip: { trigger: "item", confine: true, className: "tooltip", backgroundColor: colour("card"), borderColor: line, textStyle: { color: ink, fontSize: 13 }, ...option.tooltip } };
  }

  /** A tooltip of rows [label, value], as nodes, so that text stays text. */
  function tip(title, rows) {
    return el("div", {}, el("strong", {}, title), el("table", {}, el("tbody", {}, rows.map(([label, value]) => el("tr", {}, el("td", {}, label), el("td", {}, typeof value === "string" ? value : number(value)))))));
  }

  const finite = (values) => values.filter((v) => typeof v === "number" && isFinite(v));
  const limits = (values) => values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);

  /** Powers of ten; values that are not positive are not shown. */
  function log(values) {
    const [low, high] = limits(finite(values).filter((v) => v > 0).map(Math.log10));
    const span = isFinite(low) ? Math.max(Math.ceil(high - 1e-9) - Math.floor(low + 1e-9), 1) : 1, interval = Math.ceil(span / 7);
    const min = isFinite(low) ? interval * Math.floor((low + 1e-9) / interval) : 0, max = isFinite(high) ? Math.max(interval * Math.ceil((high - 1e-9) / interval), min + interval) : 1;
    return { min, max, of: (v) => (v > 0 ? Math.log10(v) : null), axis: { type: "value", min, max, interval, axisLabel: { formatter: (t) => (Number.isInteger(t) ? power(t) : "") } } };
  }

  /** Logarithmic between the smallest and the largest value, with 1, 2 and 5 of each power of ten, or more or fewer, as ticks. */
  function ratio(values) {
    const logs = finite(values).filter((v) => v > 0).map(Math.log10), [low, high] = limits(logs.length ? logs : [0]), span = high - low;
    const pad = span > 0 ? 0.03 * span : 0.35, step = span > 4 ? 1 : 0.1, digits = span > 3 ? [1] : span > 0.7 ? [1, 2, 5] : [1, 2, 2.5, 4, 5, 8];
    const first = Math.floor((low - pad) / step), last = Math.ceil((high + pad) / step), ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
    // tenths of a power of ten lie within half a percent of these
    const digit = (t) => { const m = t - Math.floor(t + 1e-9); return digits.find((n) => Math.abs(m - Math.round(10 * Math.log10(n)) / 10) < 1e-9); };
    const text = (n, power) => (ticks[0] < -3 ? scientific(String(n), power) : number(Number(n + "e" + power)));
    return { of: (v) => (v > 0 ? Math.log10(v) : null), axis: { type: "value", min: ticks[0], max: ticks[ticks.length - 1], interval: step, ruled: ticks.map((t) => !!digit(t)), axisTick: { show: false },
      axisLabel: { formatter: (t) => (digit(t) ? text(digit(t), Math.floor(t + 1e-9)) : "") } } };
  }

  /** Powers of ten, or finer ticks where the values lie within a little more than one. */
  function logarithmic(values) {
    const [low, high] = limits(finite(values).filter((v) => v > 0));
    return high / low < 30 ? ratio(values) : log(values);
  }

  function linear(values) {
    return { of: (v) => v, axis: { type: "value", scale: true, axisLabel: { formatter: (t) => number(t, 4) } } };
  }

  /** Round limits and steps around all values. */
  function rounded(values) {
    const [low, high] = limits(values), span = high - low || Math.abs(high) || 1, power = Math.pow(10, Math.floor(Math.log10(span / 4)));
    const interval = power * [1, 2, 5, 10].find((step) => span / (power * step) <= 6), min = interval * Math.floor(low / interval + 1e-9);
    return { min, max: Math.max(interval * Math.ceil(high / interval - 1e-9), min + interval), interval };
  }

  /** Linear between −c and c, a power of ten, and logarithmic outside: 0 and both signs on one axis. */
  function symlog(values) {
    const sizes = finite(values).map(Math.abs), top = Math.max(...sizes, 1e-300);
    const least = Math.min(...sizes.filter((v) => v > 1e-6 * top), top);
    const c = Math.pow(10, Math.floor(Math.log10(least)));
    const of = (v) => (Math.abs(v) <= c ? v / c : Math.sign(v) * (1 + Math.log10(Math.abs(v) / c)));
    const [low, high] = limits(finite(values).map(of));
    const exponent = Math.round(Math.log10(c));
    const label = (t) => (!Number.isInteger(t) ? "" : t === 0 ? "0" : (t < 0 ? "−" : "") + power(exponent + Math.abs(t) - 1));
    return { of, axis: { type: "value", min: Math.min(0, Math.floor(low - 0.2)), max: Math.max(1, Math.ceil(high + 0.2)), interval: 1, axisLabel: { formatter: label } } };
  }

  const palette = (i) => colour("c" + (i % 7 + 1));

  const hex = (parts) => "#" + parts.map((x) => Math.round(Math.min(Math.max(x, 0), 255)).toString(16).padStart(2, "0")).join("");

  /** The colour of the i-th class: the palette first, then hues around the colour wheel, alternately dark and light. */
  function classColour(i, count) {
    if (count <= 7) return palette(i);
    const lightness = (Page.isDark() ? 0.66 : 0.46) + (i % 2 ? 0.1 : -0.06), hue = 12 * i / count;
    const at = (n) => { const k = (n + hue) % 12; return 255 * (lightness - 0.75 * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))); };
    return hex([at(0), at(8), at(4)]);
  }

  /** A colour between those of the names, t from 0 to 1. */
  function ramp(names, t) {
    const at = Math.min(Math.max(t, 0), 1) * (names.length - 1), i = Math.min(Math.floor(at), names.length - 2);
    const parts = (name) => [1, 3, 5].map((k) => parseInt(colour(name).slice(k, k + 2), 16));
    const a = parts(names[i]), b = parts(names[i + 1]);
    return hex(a.map((x, k) => x + (b[k] - x) * (at - i)));
  }

  /** Black or white, whichever is more legible on a colour. */
  function readable(hex) {
    const [r, g, b] = [1, 3, 5].map((k) => Math.pow(parseInt(hex.slice(k, k + 2), 16) / 255, 2.2));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.2 ? "#000000" : "#ffffff";
  }

  return { figure, discard, tip, log, ratio, logarithmic, linear, rounded, symlog, limits, finite, palette, classColour, ramp, readable, drawn, calm };
})();
