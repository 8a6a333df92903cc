#!/usr/bin/env python3
"""Writes the golden states of accumulators, without collapse4j: the format as documented, numbers from the definitions.

Every number is a small dyadic rational, so sums are exact in any order and a state has one right sequence of bytes.
Usage: generate_states.py [FOLDER]
"""

import struct
import sys
from fractions import Fraction
from pathlib import Path

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent

K, D = 3, 2
SAMPLES = [(0, (1, 2)), (1, (-4, 0)), (0, (3, 2)), (0, (1, 6)), (1, (-2, 8)), (0, (3, 6))]  # (label, feature)
WEIGHTS = [(1, 0), (-1, Fraction(1, 2)), (0, 1)]  # rows of W
BIAS = [0, Fraction(5, 2), -3]
DIRECTION = (1, 0)

MOMENTS, DEVIATIONS, DECISIONS, LAYER, FEATURE_GRADIENT = 1, 2, 3, 6, 5
NU = Fraction(1, 4)  # the factor of the feature gradient


def crc32c(content):
    crc = 0xFFFFFFFF
    for byte in content:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def doubles(numbers):
    return struct.pack(f">{len(numbers)}d", *map(float, numbers))


def longs(numbers):
    return struct.pack(f">{len(numbers)}q", *numbers)


def fingerprint(*arrays):
    return crc32c(b"".join(struct.pack("<d", float(x)) for array in arrays for x in array))


def state(kind, content):
    """Magic number, version, kind, two zero bytes, K, d; the content; CRC-32C of both."""
    body = b"C4JS" + struct.pack(">BBhii", 1, kind, 0, K, D) + content
    return body + struct.pack(">I", crc32c(body))


def signed(number):
    return number - (1 << 64) if number >= 1 << 63 else number


counts = [sum(label == k for label, _ in SAMPLES) for k in range(K)]
sums = [[sum(x[i] for label, x in SAMPLES if label == k) for i in range(D)] for k in range(K)]
means = [[Fraction(s, counts[k]) if counts[k] else 0 for s in sums[k]] for k in range(K)]
flat_means = [m for mean in means for m in mean]
deviations = [(label, [x[i] - means[label][i] for i in range(D)]) for label, x in SAMPLES]
squares = [sum(sum(v * v for v in x) for label, x in deviations if label == k) for k in range(K)]
scatter = [sum(x[i] * x[j] for _, x in deviations) for i in range(D) for j in range(D)]
along = [sum(sum(u * v for u, v in zip(DIRECTION, x)) ** 2 for _, x in deviations)]

flat_sums = [s for row in sums for s in row]
means_only = longs(counts) + doubles(counts) + doubles(flat_sums) + doubles([0] * (K * D))
moments = state(MOMENTS, b"\0" + means_only)
# after one batch the references are the means
with_scatter = state(MOMENTS, b"\1" + means_only + doubles(flat_means + counts + squares + scatter))



def doubled(numbers):
    """Sums in twice the precision: rounded sums, then what rounding left out."""
    return doubles(numbers) + doubles([0] * len(numbers))


deviations_along = state(
    DEVIATIONS, longs([signed(fingerprint(flat_means, DIRECTION) << 32 | 1)]) + doubled(squares) + doubled(along))
deviations_whole = state(
    DEVIATIONS,
    longs([signed(fingerprint(flat_means) << 32 | 0xFFFFFFFF)]) + doubled(squares) + doubled([]) + doubles(scatter))


def first_of_largest(scores):
    return scores.index(max(scores))


def logits(x, bias):
    return [sum(w * v for w, v in zip(row, x)) + b for row, b in zip(WEIGHTS, bias)]


def nearest(x):
    present = [k for k in range(K) if counts[k]]
    return present[first_of_largest([-sum((v - m) ** 2 for v, m in zip(x, means[k])) for k in present])]


def decisions(with_means):
    tallies = [[0] * K for _ in range(6)]  # total, linear, b = 0, nearest mean, agreement, the same with b = 0
    confusion = [0] * (K * K)
    for label, x in SAMPLES:
        linear = first_of_largest(logits(x, BIAS))
        no_bias = first_of_largest(logits(x, [0] * K))
        tallies[0][label] += 1
        tallies[1][label] += linear == label
        tallies[2][label] += no_bias == label
        if with_means:
            mean = nearest(x)
            tallies[3][label] += mean == label
            tallies[4][label] += linear == mean
            tallies[5][label] += no_bias == mean
            confusion[label * K + mean] += 1
    columns_of_w = [row[i] for i in range(D) for row in WEIGHTS]
    arrays = [columns_of_w, BIAS] + ([flat_means] if with_means else [])
    content = longs([fingerprint(*arrays) << 2 | (3 if with_means else 2)]) + doubles([t for row in tallies for t in row])
    return state(DECISIONS, content + (doubles(confusion) if with_means else b""))


columns_of_w = [row[i] for i in range(D) for row in WEIGHTS]


def fingerprint_of_layer(*more):
    content = b"squared error" + b"".join(struct.pack("<d", float(x)) for x in (*columns_of_w, *BIAS, *more))
    return crc32c(content)


# squared error: the loss of a sample is half the squared norm of its residual
residuals = [([z - (k == label) for k, z in enumerate(logits(x, BIAS))], x) for label, x in SAMPLES]


def back(e):
    return [sum(row[i] * e[k] for k, row in enumerate(WEIGHTS)) for i in range(D)]


def layer():
    right = [label == first_of_largest(logits(x, BIAS)) for label, x in SAMPLES]
    scalars = [len(SAMPLES), sum(sum(v * v for v in e) for e, _ in residuals) / 2, sum(right),
               sum(sum(v * v for v in x) for _, x in residuals), 0,  # the square of WᵀE follows from the Gram matrix
               sum(v < 0 for _, x in residuals for v in x)]
    rows = [sum(e[k] for e, _ in residuals) for k in range(K)] + [sum(abs(e[k]) for e, _ in residuals) for k in range(K)]
    product = [sum(e[k] * x[i] for e, x in residuals) for k in range(K) for i in range(D)]
    gram = [sum(e[k] * e[m] for e, _ in residuals) if k >= m else 0 for m in range(K) for k in range(K)]
    content = longs([fingerprint_of_layer()]) + doubled(scalars) + doubled(rows) + doubled(product) + doubled(gram)
    return state(LAYER, content)


def feature_gradient():
    squares = sum(sum((b + NU * v) ** 2 for b, v in zip(back(e), x)) for e, x in residuals)
    return state(FEATURE_GRADIENT, longs([fingerprint_of_layer(NU)]) + doubled([squares]))


def sums_of_pass(*states):
    """Each state after its length."""
    return b"".join(struct.pack(">i", len(s)) + s for s in states)


FOLDER.mkdir(exist_ok=True)
for name, content in {
    "moments.state": moments,
    "moments-with-scatter.state": with_scatter,
    "deviations-along.state": deviations_along,
    "deviations-whole.state": deviations_whole,
    "decisions.state": decisions(True),
    "decisions-linear.state": decisions(False),
    "layer.state": layer(),
    "feature-gradient.state": feature_gradient(),
    "pass-of-moments.sums": sums_of_pass(with_scatter, decisions(False)),
    "pass-of-deviations.sums": sums_of_pass(deviations_along, decisions(True)),
    "pass-of-decisions.sums": sums_of_pass(decisions(True)),
}.items():
    (FOLDER / name).write_bytes(content)
