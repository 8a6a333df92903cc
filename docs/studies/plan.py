#!/usr/bin/env python3
"""Runs the study of plan.md, or continues it, prints its table and draws its figure.

    docs/studies/plan.py FOLDER [MNIST]   # data, networks and JSON files go to FOLDER; needs Python 3.8 and NumPy

MNIST is a folder with t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz; without it only the bundled digits are used.
"""
import argparse
import csv
import gzip
import json
import math
import os
import struct
import subprocess
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = ROOT / "collapse4j"
DIGITS = ROOT / "collapse4j-djl/src/main/resources/io/github/collapse4j/djl/data/digits.csv.gz"
SEEDS = (0, 1, 2)
RECIPE = ["--model", "mlp", "--dims", "10", "--heads", "learned", "--optimizer", "adam", "--rate", "0.003"]
# Counts, epochs and batch size, and the values of μ: on both sides of every boundary.
STUDIES = {
    "steps": ([140] * 5 + [10] * 5, 100, 32, [0.00337, 0.00464, 0.00405, 0.0142, 0.0174]),
    "tail": ([150, 103, 70, 48, 33, 22, 15, 10, 7, 5], 120, 16, [0.0043, 0.0084, 0.0156]),
    "mnist": ([500] * 5 + [25] * 5, 40, 64, [0.0015, 0.0023]),
}


def digits():
    rows = np.array([[int(n) for n in row] for row in csv.reader(gzip.open(DIGITS, "rt"))])
    return (15 * rows[:, :64]).astype(np.uint8).reshape(-1, 8, 8), rows[:, 64]


def mnist(folder):
    def read(name, offset):
        return np.frombuffer(gzip.decompress((folder / name).read_bytes()), np.uint8)[offset:]
    return read("t10k-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28), read("t10k-labels-idx1-ubyte.gz", 8)


def write(folder, part, images, labels):
    head = struct.pack(">4i", 0x803, *images.shape)
    (folder / f"{part}-images-idx3-ubyte").write_bytes(head + images.tobytes())
    (folder / f"{part}-labels-idx1-ubyte").write_bytes(struct.pack(">2i", 0x801, len(labels)) + labels.astype(np.uint8).tobytes())


def subset(folder, images, labels, counts):
    """The first images of each class are for training, all others for testing."""
    folder.mkdir(parents=True, exist_ok=True)
    train = np.concatenate([np.flatnonzero(labels == k)[:n] for k, n in enumerate(counts)])
    test = np.setdiff1d(np.arange(len(labels)), train)
    write(folder, "train", images[train], labels[train])
    write(folder, "t10k", images[test], labels[test])


def run(*words):
    subprocess.run([PROGRAM, *map(str, words)], check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, "JAVA_OPTS": "-XX:ActiveProcessorCount=1"})


def optimum(folder, counts, mu):
    """The logits [class of the sample, class scored] and the bias of the optimum, which solve certifies."""
    result = folder / f"solve-{mu}.json"
    if not result.exists():
        run("solve", "--counts", ",".join(map(str, counts)), "--lambda-w", mu, "--lambda-h", mu, "--lambda-b", 0, "--json", result)
    groups = json.loads(result.read_text())["logits"]
    order = [g["samplesPerClass"] for g in groups]
    logits = np.zeros((len(counts), len(counts)))
    for k, n in enumerate(counts):
        group = groups[order.index(n)]
        for j, m in enumerate(counts):
            logits[k, j] = group["own"] if j == k else group["others"][order.index(m)]
    return logits, np.array([groups[order.index(n)]["bias"] for n in counts])


def figures(logits, bias):
    """The margins, and the largest logit without the bias."""
    others = np.where(np.eye(len(logits), dtype=bool), -np.inf, logits).max(1)
    return np.diag(logits) - others, np.abs(logits - bias).max()


def contrast(logits, group):
    """How far the classes of a group are told apart: the own logit less the mean of the others of the group."""
    part = logits[np.ix_(group, group)]
    n = len(group)
    return float(np.mean([(part[i, i] - (part[i].sum() - part[i, i]) / (n - 1)) for i in range(n)]))


def network(folder):
    """Logits of class means, bias, and the share of the training samples of each class that are classified right."""
    h, w, b, y = (np.load(folder / f"{name}.npy") for name in ("features", "weights", "bias", "labels"))
    means = np.array([h[y == k].mean(0, dtype=float) for k in range(len(b))])
    right = (h @ w.T + b).argmax(1) == y
    return means @ w.T.astype(float) + b, b, np.array([right[y == k].mean() for k in range(len(b))])


def train(folder, name, mu, counts, epochs, batch):
    """λ_W = μ√N and λ_H = μ/√N; the bias has no penalty."""
    n = math.sqrt(sum(counts))
    result = folder / f"train-{mu}.json"
    if not result.exists():
        run("train", "--data", folder / name, *RECIPE, "--epochs", epochs, "--batch", batch, "--lambda-w", mu * n, "--lambda-h", mu / n,
            "--seeds", ",".join(map(str, SEEDS)), "--out", folder / f"nets-{mu}", "--json", result)
    return [network(path) for path in sorted((folder / f"nets-{mu}").iterdir())], json.loads(result.read_text())["networks"]

def sides(folder, mu, counts, nets):
    """What is predicted and what the networks did, for every class and for the group of the rarest."""
    logits, bias = optimum(folder, counts, mu)
    margins, largest = figures(logits, bias)
    rare = [k for k, n in enumerate(counts) if n == min(counts)]
    expected = [m > 0 for m in margins]
    agree = sum(int((share > 0.5) == e) for _, _, right in nets for share, e in zip(right, expected))
    seen = [figures(z, b) for z, b, _ in nets]
    row = {"mu": mu, "predicted": sum(expected), "decisions": f"{agree} of {len(nets) * len(counts)}",
           "margins": margins, "seen margins": [m for m, _ in seen],
           "largest": largest, "seen largest": [x for _, x in seen]}
    if len(rare) > 1:
        row.update({"contrast": contrast(logits, rare), "seen contrast": [contrast(z, rare) for z, _, _ in nets]})
    return row


def spread(values):
    return f"{min(values):.3f} … {max(values):.3f}"


def table(name, rows, gaps):
    print(f"\n{name}\n\n| μ | classes predicted: plan | decisions of the networks | margin of the rarest | networks | told apart | networks | largest logit | networks | certified gap |")
    print("|---" * 10 + "|")
    for row, gap in zip(rows, gaps):
        told = [f"{row['contrast']:.3f}", spread(row["seen contrast"])] if "contrast" in row else ["–", "–"]
        print("| " + " | ".join([
            f"{row['mu']:g}", str(row["predicted"]), row["decisions"], f"{row['margins'][-1]:.3f}", spread([m[-1] for m in row["seen margins"]]), *told,
            f"{row['largest']:.3f}", spread(row["seen largest"]), f"{100 * max(gap):.2f} %"]) + " |")


class Panel:
    """A chart of curves and dots, as SVG."""
    WIDTH, HEIGHT, LEFT, TOP = 400, 290, 52, 34

    def __init__(self, place, title, x, y, label):
        self.dx, self.x, self.y = place * (self.WIDTH + 70), x, y
        self.parts = [f'<text x="{self.at(0)}" y="16" font-weight="bold">{title}</text>',
                      f'<rect x="{self.at(0)}" y="{self.TOP}" width="{self.WIDTH}" height="{self.HEIGHT}" fill="none" stroke="#999"/>',
                      f'<text x="{self.at(0.5)}" y="{self.TOP + self.HEIGHT + 38}" text-anchor="middle">{label}</text>']

    def at(self, share):
        return self.LEFT + self.dx + share * self.WIDTH

    def point(self, x, y):
        share = (math.log(x) - math.log(self.x[0])) / (math.log(self.x[1]) - math.log(self.x[0]))
        height = (y - self.y[0]) / (self.y[1] - self.y[0])
        return f"{self.at(share):.1f}", f"{self.TOP + self.HEIGHT * (1 - height):.1f}"

    def ticks(self, xs, ys):
        for x in xs:
            px, _ = self.point(x, self.y[0])
            self.parts.append(f'<text x="{px}" y="{self.TOP + self.HEIGHT + 18}" text-anchor="middle">{x:g}</text>')
        for y in ys:
            _, py = self.point(self.x[0], y)
            self.parts.append(f'<text x="{self.at(0) - 6}" y="{float(py) + 4}" text-anchor="end">{y:g}</text>'.replace(">-", ">−"))
            self.parts.append(f'<line x1="{self.at(0)}" x2="{self.at(1)}" y1="{py}" y2="{py}" stroke="#ddd"/>')

    def curve(self, xs, ys, colour, name, line=None):
        points = [self.point(x, y) for x, y in zip(xs, ys)]
        self.parts.append(f'<polyline points="{" ".join(",".join(p) for p in points)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        x, y = (float(points[0][0]) + 5, float(points[0][1]) - 6) if line is None else (self.at(0) + 10, self.TOP + 18 + 16 * line)
        self.parts.append(f'<text x="{x}" y="{y}" fill="{colour}">{name}</text>')

    def dots(self, x, ys, colour):
        for y in ys:
            px, py = self.point(x, y)
            self.parts.append(f'<circle cx="{px}" cy="{py}" r="4" fill="{colour}" fill-opacity="0.55" stroke="{colour}"/>')

    def boundary(self, x, name, level):
        px, _ = self.point(x, self.y[0])
        self.parts.append(f'<line x1="{px}" x2="{px}" y1="{self.TOP}" y2="{self.TOP + self.HEIGHT}" stroke="#555" stroke-dasharray="5 4"/>')
        place = f'x="{float(px) - 4}" text-anchor="end"' if float(px) > self.at(0.6) else f'x="{float(px) + 4}"'
        self.parts.append(f'<text {place} y="{self.TOP + 14 + 14 * level}" fill="#555">{name}</text>')


def draw(target, folder, steps, tail):
    blue, red, purple = "#0072b2", "#d55e00", "#b8468f"
    counts = STUDIES["steps"][0]
    mus = [float(f"{0.003 * (0.0182 / 0.003) ** (i / 28):.4g}") for i in range(29)]
    solved = [optimum(folder / "steps", counts, mu) for mu in mus]
    thresholds = json.loads((folder / "steps" / "plan.json").read_text())
    first, vanish = thresholds["predictedBelowMu"][1], thresholds["vanishingMu"]
    merge = thresholds["mergedFromMu"][1]
    one = Panel(0, "5 classes of 140 samples, 5 of 10: margins", (0.003, 0.0182), (-3, 4), "μ")
    one.ticks([0.003, 0.005, 0.01, 0.018], range(-3, 5))
    one.curve(mus, [figures(z, b)[0][0] for z, b in solved], blue, "frequent")
    one.curve(mus, [figures(z, b)[0][-1] for z, b in solved], red, "rare")
    one.boundary(first, "rare outscored", 0)
    one.boundary(vanish, "all vanished", 1)
    two = Panel(1, "The same: how far classes of a group are told apart", (0.003, 0.0182), (0, 4), "μ")
    two.ticks([0.003, 0.005, 0.01, 0.018], range(0, 5))
    two.curve(mus, [contrast(z, range(5)) for z, _ in solved], blue, "frequent")
    two.curve(mus, [contrast(z, range(5, 10)) for z, _ in solved], red, "rare")
    two.boundary(merge, "rare merged", 0)
    two.boundary(vanish, "all vanished", 1)
    for mu, nets in steps:
        for z, b, _ in nets:
            margins, _ = figures(z, b)
            one.dots(mu, margins[:5], blue)
            one.dots(mu, margins[5:], red)
            two.dots(mu, [contrast(z, range(5))], blue)
            two.dots(mu, [contrast(z, range(5, 10))], red)
    three = Panel(2, "10 classes of 150 to 5 samples: margins", (4.5, 170), (-4, 5), "samples per class")
    three.ticks([5, 10, 20, 50, 100, 150], range(-4, 6, 2))
    counts = STUDIES["tail"][0]
    for line, ((mu, nets), colour) in enumerate(zip(sorted(tail), (blue, purple, red))):
        margins, _ = figures(*optimum(folder / "tail", counts, mu))
        three.curve(counts[::-1], margins[::-1], colour, f"μ = {mu:g}", line)
        for z, b, _ in nets:
            for n, m in zip(counts, figures(z, b)[0]):
                three.dots(n, [m], colour)
    parts = "\n".join(line for panel in (one, two, three) for line in panel.parts)
    target.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1400 376" font-family="sans-serif" font-size="12.5" fill="#222">\n'
                      f'<rect width="1400" height="376" fill="#fff"/>\n{parts}\n</svg>\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="where data, networks and JSON files go")
    parser.add_argument("mnist", metavar="MNIST", type=Path, nargs="?", help="a folder with the test files of MNIST")
    given = parser.parse_args()
    trained = {}
    for name, (counts, epochs, batch, mus) in STUDIES.items():
        if name == "mnist" and given.mnist is None:
            continue
        folder = given.folder / name
        if not (folder / name).exists():
            subset(folder / name, *(mnist(given.mnist) if name == "mnist" else digits()), counts)
        if not (folder / "plan.json").exists():
            run("plan", "--counts", ",".join(map(str, counts)), "--lambda-b", 0, "--json", folder / "plan.json")
        results = [train(folder, name, mu, counts, epochs, batch) for mu in sorted(mus)]
        trained[name] = [(mu, nets) for mu, (nets, _) in zip(sorted(mus), results)]
        rows = [sides(folder, mu, counts, nets) for mu, nets in trained[name]]
        table(name, rows, [[n["final"]["relativeGap"] for n in networks] for _, networks in results])
    draw(HERE / "plan.svg", given.folder, trained["steps"], trained["tail"])


if __name__ == "__main__":
    main()
