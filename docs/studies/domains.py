#!/usr/bin/env python3
"""Runs the study of domains.md: where the optimisers of a training end behind a ReLU and on a sphere. Prints its tables and writes
domains.svg. The optimisers are NumPy and SciPy; the minima they are compared with are certified by `solve`.

    docs/studies/domains.py       # about two minutes; needs NumPy and SciPy
"""
import json
import subprocess
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

HERE = Path(__file__).resolve().parent
PROGRAM = HERE.parent.parent / "collapse4j"
STARTS = {10: 100, 20: 100, 80: 25}  # by width behind a ReLU
SPHERE_STARTS = 100
STUCK = 1e-2  # relative excess over the certified minimum
COUNTS = [139, 104, 78, 58, 43, 32, 24, 18, 13, 10]
MU = np.sqrt(0.005 * 0.001)  # λ_W = λ_H = μ, which has the same minima
SPHERES = [([1, 1000, 1000], 3.0), ([1, 10, 10], 3.0), ([1, 300, 300, 300], 3.0), ([30, 30, 30, 30], 3.0)]
OPTIMISERS = ("gradient descent", "heavy ball", "Adam", "L-BFGS")
COLOURS = {"global minimum": "#228833", "dead classes": "#4477aa", "other points": "#ee6677"}


def minimum(*arguments):
    result = subprocess.run([PROGRAM, "solve", *map(str, arguments), "--json", "-"], check=True, capture_output=True, text=True)
    return json.loads(result.stdout)["objective"]


def cross_entropy(logits, weights):
    """Values and derivatives of a batch S×K×K whose column k is of class k."""
    shifted = logits - logits.max(1, keepdims=True)
    exponents = np.exp(shifted)
    totals = exponents.sum(1, keepdims=True)
    eye = np.eye(logits.shape[1])
    own = (shifted * eye).sum(1)
    values = (weights * (np.log(totals[:, 0]) - own)).sum(1)
    return values, weights * (exponents / totals - eye)


class Relu:
    """W and U, where Ĥ = ReLU(U) are the features' means times √n."""

    def __init__(self, counts, d):
        self.counts, self.d = np.array(counts, float), d
        self.weights, self.roots = self.counts / self.counts.sum(), np.sqrt(self.counts)

    def start(self, random, starts):
        """Logits of order one."""
        return random.normal(size=(starts, 2 * len(self.counts) * self.d)) * (np.sqrt(self.counts.mean()) / self.d) ** 0.5

    def evaluate(self, x):
        s, k, d = len(x), len(self.counts), self.d
        w, u = x[:, :k * d].reshape(s, k, d), x[:, k * d:].reshape(s, d, k)
        h = np.maximum(u, 0)
        values, e = cross_entropy(w @ (h / self.roots), self.weights)
        e = e / self.roots
        values = values + MU / 2 * (w ** 2).sum((1, 2)) + MU / 2 * (h ** 2).sum((1, 2))
        dw = e @ h.transpose(0, 2, 1) + MU * w
        du = (w.transpose(0, 2, 1) @ e + MU * h) * (u > 0)
        return values, np.concatenate([dw.reshape(s, -1), du.reshape(s, -1)], 1)

    def dead(self, x):
        k, d = len(self.counts), self.d
        return (x[:, k * d:].reshape(len(x), d, k) <= 1e-6).all(1).any(1)


class Sphere:
    """W and H before they are normalised."""

    def __init__(self, counts, d, temperature):
        self.k, self.d, self.temperature = len(counts), d, temperature
        self.weights = np.array(counts, float) / sum(counts)

    def start(self, random, starts):
        return random.normal(size=(starts, 2 * self.k * self.d))

    def evaluate(self, x):
        s, k, d = len(x), self.k, self.d
        z = x.reshape(s, 2 * k, d)
        norms = np.sqrt((z ** 2).sum(2, keepdims=True))
        unit = z / norms
        w, h = unit[:, :k], unit[:, k:]
        values, e = cross_entropy(self.temperature * w @ h.transpose(0, 2, 1), self.weights)
        gradient = self.temperature * np.concatenate([e @ h, e.transpose(0, 2, 1) @ w], 1)
        gradient = (gradient - unit * (gradient * unit).sum(2, keepdims=True)) / norms
        return values, gradient.reshape(s, -1)

    def dead(self, x):
        return np.zeros(len(x), bool)


def descend(problem, x, optimiser, steps, rate):
    velocity, squares = np.zeros_like(x), np.zeros_like(x)
    if optimiser == "L-BFGS":
        def single(v):
            value, gradient = problem.evaluate(v[None])
            return value[0], gradient[0]
        return np.array([minimize(single, v, jac=True, method="L-BFGS-B",
                                  options=dict(maxiter=4000, maxfun=8000, ftol=1e-16, gtol=1e-10)).x for v in x])
    for step in range(steps):
        _, gradient = problem.evaluate(x)
        if optimiser == "Adam":
            velocity += 0.1 * (gradient - velocity)
            squares += 0.001 * (gradient ** 2 - squares)
            decay = 0.5 * (1 + np.cos(np.pi * step / steps))
            x = x - 0.02 * decay * (velocity / (1 - 0.9 ** (step + 1))) / (np.sqrt(squares / (1 - 0.999 ** (step + 1))) + 1e-12)
        else:
            velocity = (0.9 if optimiser == "heavy ball" else 0) * velocity + gradient
            x = x - (rate / 10 if optimiser == "heavy ball" else rate) * velocity
    return x


def shares(problem, starts, best, optimiser, steps, rate):
    ends = descend(problem, problem.start(np.random.default_rng(0), starts), optimiser, steps, rate)
    values = problem.evaluate(ends)[0]
    stuck, dead = values > best * (1 + STUCK), problem.dead(ends)
    return {"global minimum": np.mean(~stuck), "dead classes": np.mean(stuck & dead), "other points": np.mean(stuck & ~dead)}


def rows():
    """Yields (model, d, optimiser, shares)."""
    best = minimum("--counts", ",".join(map(str, COUNTS)), "--no-bias", "--features", "nonnegative", "--lambda-w", MU,
                   "--lambda-h", MU)
    for d, starts in STARTS.items():
        for optimiser in OPTIMISERS:
            yield "ReLU, K = 10", f"{d // 10 if d > 10 else ''}K", optimiser, shares(Relu(COUNTS, d), starts, best, optimiser, 5000, 2.0)
    for counts, temperature in SPHERES:
        best = minimum("--counts", ",".join(map(str, counts)), "--features", "unit", "--temperature", temperature)
        for d, name in ((len(counts) - 1, "K − 1"), (len(counts), "K")):
            for optimiser in OPTIMISERS:
                yield ("sphere, " + ",".join(map(str, counts)), name, optimiser,
                       shares(Sphere(counts, d, temperature), SPHERE_STARTS, best, optimiser, 6000, 3.0))


def svg(results):
    """A bar for each model, width and optimiser: the shares of starts."""
    bar, left, width, top = 15, 320, 740, 34
    height = top + bar * len(results) + 12 * len({r[:2] for r in results}) + 10
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">',
           f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for i, (kind, colour) in enumerate(COLOURS.items()):
        out.append(f'<rect x="{left + 140 * i}" y="8" width="11" height="11" fill="{colour}"/><text x="{left + 16 + 140 * i}" y="18">{kind}</text>')
    y, last = top, None
    for model, d, optimiser, parts in results:
        if (model, d) != last:
            y += 12
            out.append(f'<text x="8" y="{y + 11}" font-weight="bold">{model}, d = {d}</text>')
            last = (model, d)
        out.append(f'<text x="{left - 8}" y="{y + 11}" text-anchor="end">{optimiser}</text>')
        x = left
        for kind, share in parts.items():
            length = share * (width - left - 12)
            out.append(f'<rect x="{x:.1f}" y="{y + 1}" width="{length:.1f}" height="{bar - 3}" fill="{COLOURS[kind]}"/>')
            x += length
        y += bar
    return "\n".join(out) + "\n</svg>\n"


def main():
    results = []
    print("| model | d | optimiser | global minimum | dead classes | other points |\n|---|---|---|---|---|---|")
    for row in rows():
        results.append(row)
        print(f"| {row[0]} | {row[1]} | {row[2]} | " + " | ".join(f"{100 * s:.0f} %" for s in row[3].values()) + " |", flush=True)
    (HERE / "domains.svg").write_text(svg(results), encoding="utf-8")


if __name__ == "__main__":
    main()
