"use strict";
/* The page of `collapse4j train`. */
(() => {
  const { el, math, number, data } = Page;
  const networks = Training.list(data.networks), recipe = data.recipe || {}, images = data.data || {};
  const facts = [
    ["data", images.name], ["classes K", images.classes], ["training images", images.train], ["test images", images.test], ["model", recipe.model],
    ["loss", recipe.lossTitle], ["epochs", recipe.epochs], ["optimiser", recipe.optimizer], ["learning rate", recipe.rate],
    ["λ_W", recipe.lambdaW], ["λ_H", recipe.lambdaH], ["weight decay", recipe.weightDecay]];
  const failed = networks.filter((n) => n.diverged);
  const extended = networks.filter((n) => Training.list(n.extendedAfter).length).map((n) =>
    n.title + " was extended after epoch " + n.extendedAfter.join(" and ") + ", from where its learning rate follows the schedule of more epochs.");
  const verdict = Training.verdict(networks, images.test);
  document.getElementById("models").append(
    ...(verdict ? [el("p", { class: "conclusion" }, verdict)] : []),
    ...extended.map((sentence) => el("p", {}, sentence)),
    el("ul", { class: "facts" }, facts.filter(([, v]) => v !== null && v !== undefined).map(([label, value]) => el("li", {}, el("span", {}, math(label)), el("b", {}, typeof value === "number" ? number(value) : String(value))))),
    ...(failed.length ? [el("ul", { class: "cards" }, failed.map((n) => el("li", { class: "violated" }, el("p", { class: "outcome" }, n.title + ": given up in epoch " + n.diverged.epoch), el("p", {}, "The loss grew beyond bounds; " + n.diverged.advice + "."))))] : []),
    el("h2", {}, "How far, and how good"),
    Training.qualityTable(networks, "The last epoch, measured with all images."),
    el("h2", {}, "Collapse, epoch by epoch"), Training.collapse(networks),
    el("h2", {}, "Accuracy, and distance from the optimum"), Training.accuracy(networks),
    el("h2", {}, "What it costs"));
  const bars = Training.savings(networks);
  if (bars) document.getElementById("models").append(bars);
  document.getElementById("models").append(Training.costTable(networks, "Memory is the peak of the whole process during training; the time of a step is the median."));
  Page.provenance();

  // for the console, and for tests
  window.collapse4j = { Page, Charts, players: [] };
})();
