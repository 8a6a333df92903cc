"use strict";
/* Shared by every page: its data, a record of errors, the theme, and small HTML builders. */
const Page = (() => {
  const problems = [];
  const report = (kind, text) => problems.push(kind + ": " + text);
  addEventListener("error", (e) => report("error", e.message || String(e.target && e.target.outerHTML)), true);
  addEventListener("unhandledrejection", (e) => report("rejection", String(e.reason)));
  addEventListener("securitypolicyviolation", (e) => report("policy", e.violatedDirective + " " + e.blockedURI));
  const consoleError = console.error;
  console.error = (...words) => { report("console", words.join(" ")); consoleError.apply(console, words); };

  const data = JSON.parse(document.getElementById("data").textContent);
  const options = new Set(location.hash.slice(1).split("&"));

  /** Creates an element. Children are nodes or text; text is never parsed as markup. */
  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") node.addEventListener(name, value);
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children.flat()) if (child !== null && child !== undefined) node.append(child);
    return node;
  }

  /** Text with subscripts, as in λ_W, with numbers as the page writes them, and options with their value as code. */
  function math(text) {
    return String(text).replace(/(\d) %/g, "$1\u00a0%").split(/([λσμΣ]_\w+|--[a-z][\w-]*(?:[ =][\d.]+(?:e-?\d+)?)?)/).map((part) => {
      const [, symbol, index] = /^([λσμΣ])_(\w+)$/.exec(part) || [];
      return symbol ? el("span", {}, symbol, el("sub", {}, index)) : part.startsWith("--") ? el("code", { class: "option" }, part) : typeset(part);
    });
  }
  const typeset = (text) => text.replace(/(^|[\s(≥≤≈])(-?)(\d+(?:\.\d+)?)(?:e([+-]?\d+))?(?![\w/])/g, (all, before, sign, m, e) => before + (sign ? "−" : "") + (e ? scientific(m, e) : m));

  /** The name of a verdict in words, as in strict saddle. */
  const words = (name) => (name === "NotCritical" ? "not converged" : String(name)).replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();

  /* Results may lack values, by a missing key or a null. */
  const known = (value) => value !== null && value !== undefined;
  const list = (value) => (Array.isArray(value) ? value : []);

  let names = 0;
  const freshId = (prefix) => prefix + "-" + (++names);

  /* Numbers */
  const minus = (text) => text.replace(/-/g, "−");
  const superscript = (n) => String(n).replace(/./g, (c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c] || "⁻");
  const power = (n) => n === 0 ? "1" : n === 1 ? "10" : "10" + superscript(n);
  const scientific = (m, e) => (m === "1" ? "" : minus(m) + "·") + "10" + superscript(Number(e));
  function number(x, digits = 5) {
    if (x === null || x === undefined) return "—";
    if (typeof x !== "number") return String(x);
    if (Number.isInteger(x) && Math.abs(x) < 1e15) return minus(x.toLocaleString("en-US"));
    const size = Math.abs(x);
    if (size >= 1e-3 && size < 1e6) return minus(String(Number(x.toPrecision(digits))));
    const [m, e] = x.toExponential(Math.min(digits, 3) - 1).split("e");
    return scientific(String(Number(m)), e);
  }
  const LOSSES = { ce: "cross-entropy", mse: "squared error", bce: "binary cross-entropy" };
  const lossOf = (model) => LOSSES[model.loss] || String(model.loss);
  const times = (n, thing) => number(n) + " " + thing + (n === 1 ? "" : "s");
  /** A share, never rounded up to 100 % or down to 0 %. */
  function percent(part, whole) {
    if (!whole) return "—";
    const p = 100 * part / whole;
    const text = p.toFixed(p > 99 || p < 1 ? 1 : 0);
    if (part === whole) return "100\u00a0%";
    if (part === 0) return "0\u00a0%";
    return (text === "100.0" ? "> 99.9" : text === "0.0" ? "< 0.1" : text) + "\u00a0%";
  }

  /* Theme */
  const root = document.documentElement;
  let themed = [];
  const colour = (name) => getComputedStyle(root).getPropertyValue("--" + name).trim();
  const isDark = () => root.dataset.theme === "dark";
  function setTheme(dark) {
    root.dataset.theme = dark ? "dark" : "light";
    const button = document.getElementById("theme");
    if (button) {
      button.textContent = dark ? "Light theme" : "Dark theme";
      button.setAttribute("aria-pressed", String(dark));
    }
    themed = themed.filter(({ node }) => !node || node.isConnected);
    themed.forEach(({ redraw }) => redraw());
  }
  /** Calls back when the theme changes, as long as the node, if one is given, is in the page. */
  const onTheme = (redraw, node) => themed.push({ redraw, node });
  const system = matchMedia("(prefers-color-scheme: dark)");
  setTheme(options.has("dark") || (system.matches && !options.has("light")));
  system.addEventListener("change", (e) => setTheme(e.matches));
  const toggle = document.getElementById("theme");
  if (toggle) toggle.addEventListener("click", () => setTheme(!isDark()));

  /* Builders */
  function select(label, choices, onChange) {
    const box = el("select", { change: () => onChange(box.value) }, choices.map(([value, text]) => el("option", { value }, text)));
    return { node: el("label", {}, label, box), box };
  }

  /**
   * columns: {label, of: row → value, text: left-aligned}; a value is a number, text or a node. Columns without any value are
   * left out. On a phone the rows of many columns become lists.
   */
  function table(caption, all, rows) {
    const cell = (value) => value instanceof Node ? value : typeof value === "number" ? number(value) : value === null || value === undefined ? "—" : String(value);
    const isEmpty = (value) => /^[—–]?$/.test(value instanceof Node ? value.textContent : cell(value));
    const columns = all.filter((c, i) => i === 0 || !rows.length || rows.some((row) => !isEmpty(c.of(row))));
    return el("div", { class: "scroll" + (columns.length > 3 ? " wide" : "") + (rows.length > 20 ? " long" : ""), tabindex: 0, role: "region", "aria-label": caption },
      el("table", {}, el("caption", {}, el("span", {}, caption)),
        el("thead", {}, el("tr", {}, columns.map((c) => el("th", { scope: "col", class: c.text ? null : "number" }, c.label)))),
        el("tbody", {}, rows.map((row) => el("tr", {}, columns.map((c, i) => el(i === 0 ? "th" : "td", { class: c.text ? null : "number", scope: i === 0 ? "row" : null, "data-label": c.label }, cell(c.of(row)))))))));
  }

  /** A list of [label, value]; unknown values are left out. */
  function facts(items) {
    return el("ul", { class: "facts" }, items.filter(([, value]) => known(value)).map(([label, value]) => el("li", {}, el("span", {}, math(label)), el("b", {}, typeof value === "number" ? number(value) : math(value)))));
  }

  /** The page footer: where the numbers come from. */
  function provenance() {
    document.getElementById("provenance").append(el("p", {}, "Made by collapse4j", known(data.version) ? " " + data.version : "", known(data.command) ? [" with ", el("code", {}, String(data.command).split(/(--[a-z][\w-]*)/).map((part, i) => (i % 2 ? el("span", { class: "option" }, part) : part)))] : "", known(data.seed) ? ", seed " + number(data.seed) : "",
      ". One file, no network: it can be mailed, archived and opened from disk."));
  }

  /** Calls back when an element gets or changes its size, outside layout. */
  function onSize(node, callback) {
    new ResizeObserver(() => setTimeout(() => { if (node.clientWidth && node.clientHeight) callback(); })).observe(node);
  }

  const folded = (summary, content) => el("details", {}, el("summary", {}, summary), content);

  /** Tabs whose panels are built when first shown: {label, build: panel → void}. */
  function tabs(label, items) {
    const buttons = [], panels = [], built = [];
    function show(i, focus) {
      items.forEach((_, j) => {
        buttons[j].setAttribute("aria-selected", String(i === j));
        buttons[j].tabIndex = i === j ? 0 : -1;
        panels[j].hidden = i !== j;
      });
      if (focus) buttons[i].focus();
      if (!built[i]) { built[i] = true; items[i].build(panels[i]); }
    }
    items.forEach((item, i) => {
      const tab = freshId("tab"), panel = freshId("panel");
      buttons.push(el("button", { type: "button", role: "tab", id: tab, "aria-controls": panel, click: () => show(i), keydown: (e) => {
        const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: items.length - 1 }[e.key];
        if (to !== undefined) { e.preventDefault(); show((to + items.length) % items.length, true); }
      } }, item.label));
      panels.push(el("section", { role: "tabpanel", id: panel, "aria-labelledby": tab }));
    });
    const list = el("div", { role: "tablist", "aria-label": label, hidden: items.length < 2 }, buttons);
    return { node: el("div", {}, list, panels), show, count: items.length };
  }

  return { data, options, problems, el, math, words, scientific, known, list, freshId, number, lossOf, times, percent, power, colour, isDark, onTheme, select, table, onSize, folded, tabs, facts, provenance };
})();
