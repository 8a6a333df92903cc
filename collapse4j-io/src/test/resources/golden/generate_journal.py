#!/usr/bin/env python3
"""Writes the golden journal of a hunt, without collapse4j, in the format documented by HuntFile and HuntPlan.digest.

Usage: generate_journal.py [FOLDER]
"""

import hashlib
import struct
import sys
import zlib
from pathlib import Path

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent

VERSION = 2


def bits(number):
    return struct.unpack(">q", struct.pack(">d", number))[0]


PLAN = [
    ("starts", 40),
    ("seed", 7),
    ("loss", "cross-entropy"),
    ("d", 3),
    ("lambdaW", bits(0.01)),
    ("lambdaH", bits(0.001)),
    ("bias", "true"),
    ("lambdaB", bits(0.1)),
    ("counts", "[5, 5, 3]"),
    ("loss", "squared error"),
    ("d", 4),
    ("lambdaW", bits(0.01)),
    ("lambdaH", bits(0.001)),
    ("bias", "false"),
    ("lambdaB", bits(0.0)),
    ("counts", "[2, 2]"),
    ("optimizer", "L-BFGS"),
    ("gradientTolerance", bits(1e-10)),
    ("maxIterations", 5000),
    ("maxEvaluations", 2**63 - 1),
]
CHUNKS = [(1, [0.5, -1.0, float("nan")]), (0, [0.25] * 64)]  # in order of completion

digest = hashlib.sha256(("hunt 2" + "".join(f"\n{name}={value}" for name, value in PLAN)).encode()).hexdigest()
journal = f"collapse4j hunt {VERSION}\n{digest}".encode()
for chunk, outcomes in CHUNKS:
    record = struct.pack(f">ii{len(outcomes)}d", chunk, len(outcomes), *outcomes)
    journal += record + struct.pack(">I", zlib.crc32(record))
(FOLDER / "hunt.journal").write_bytes(journal)
