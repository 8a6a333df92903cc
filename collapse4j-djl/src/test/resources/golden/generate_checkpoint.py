#!/usr/bin/env python3
"""Writes the golden checkpoint of a training, without collapse4j, in the format documented by Checkpoint.

Usage: generate_checkpoint.py [FOLDER]
"""

import struct
import sys
import zlib
from pathlib import Path

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent

VERSION = 3
PIXELS = bytes(range(250, 256)) + bytes(2)  # two images of 2×2
LABELS = [0, 1]


def java_hash(numbers):
    hash_code = 1
    for number in numbers:
        hash_code = (31 * hash_code + number) & 0xFFFFFFFF
    return f"{hash_code:x}"


def signed(byte):
    return byte - 256 if byte > 127 else byte


TRAINING = {
    "body": "mlp",
    "features": "3",
    "head": "learned",
    "bias": "yes",
    "loss": "squared error",
    "penalties": "model",
    "lambdaW": "0.005",
    "lambdaH": "0.00025",
    "lambdaB": "0",
    "lambda of the body": "0.125",
    "optimizer": "sgd",
    "momentum": "0.9",
    "schedule": "cosine",
    "rate": "0.05",
    "epochs": "2",
    "batch": "16",
    "seed": "7",
    "images": "two images",
    "pixels": java_hash(map(signed, PIXELS)),
    "labels": java_hash(LABELS),
}
FIGURES = "loss accuracy nc1 nc2 nc3 nc4 mu sigmaOverMu relativeGap trainingLoss testAccuracy".split()
EPOCHS = [
    (1, [0.5, 0.75, 1.5, 0.25, 0.125, 1, 0.0625, 1.25, float("nan"), 0.625, 0.5]),
    (2, [0.25, 1, 0.5, 0.125, 0.0625, 1, 0.0625, 1, 0.03125, 0.375, 0.75]),
]
PARAMETERS = [("01Linear_weight", [1, -2, 0.5]), ("ω", [])]
OPTIMIZER = [("01Linear_weight", [0.25, 0, -0.125])]


def text(words):
    content = words.encode()
    return struct.pack(">i", len(content)) + content


def arrays(some):
    return struct.pack(">i", len(some)) + b"".join(
        text(name) + struct.pack(f">i{len(entries)}f", len(entries), *entries) for name, entries in some)


content = b"C4JTRA" + struct.pack(">h", VERSION)
content += struct.pack(">i", len(TRAINING)) + b"".join(text(k) + text(v) for k, v in TRAINING.items())
content += struct.pack(">i", len(FIGURES)) + b"".join(map(text, FIGURES))
content += struct.pack(">i", len(EPOCHS)) + b"".join(struct.pack(">i11d", n, *f) for n, f in EPOCHS)
content += arrays(PARAMETERS) + arrays(OPTIMIZER)
(FOLDER / "training.checkpoint").write_bytes(content + struct.pack(">q", zlib.crc32(content)))
