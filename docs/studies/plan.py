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
    "tail": ([150, 103, 70, 48, 33, 22, 15, 10, 7, 5], 120, 16, [0.0043, 0.0084, 0.0156, 0.027]),
    "mnist": ([500] * 5 + [25] * 5, 60, 64, [0.0018, 0.0026]),
}
TOLD_APART = 0.1  # logits that differ by less are one


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
    """Own logit, and the logits of the other classes by group, of every class."""
    result = folder / f"solve-{mu}.json"
    if not result.exists():
        run("solve", "--counts", ",".join(map(str, counts)), "--lambda-w", mu, "--lambda-h", mu, "--lambda-b", 0, "--json", result)
    groups = json.loads(result.read_text())["logits"]
    sizes = {g["samplesPerClass"]: g["classes"] for g in groups}
    order = [g["samplesPerClass"] for g in groups]
    logits = np.zeros((len(counts), len(counts)))  # [class of the sample, class scored]
    for k, n in enumerate(counts):
        group = groups[order.index(n)]
        for j, m in enumerate(counts):
            logits[k, j] = group["own"] if j == k else group["others"][order.index(m)]
    return logits, [g["bias"] for g in groups], sizes


def figures(logits, bias):
    """Margins, differences from classes of the same count, and the largest logit without the bias."""
    K = len(logits)
    own = np.diag(logits)
    margins = own - np.where(np.eye(K, dtype=bool), -np.inf, logits).max(1)
    return margins, own, np.abs(logits - bias).max()


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
