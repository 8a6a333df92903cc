#!/bin/bash
# Runs the recipe for PyTorch, trained briefly, and certifies what it exports: as a model and as arrays, with the same result.
# Needs PyTorch and onnx.
set -euo pipefail
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"${PYTHON:-/usr/bin/python3}" examples/export_pytorch.py "$scratch" --epochs 2
./collapse4j certify "$scratch/model.onnx" --input "$scratch/x.npy" --labels "$scratch/y.npy" --weight-decay 5e-4 --json "$scratch/model.json" >/dev/null
./collapse4j certify "$scratch/arrays" --weight-decay 5e-4 --json "$scratch/arrays.json" >/dev/null

"${PYTHON:-/usr/bin/python3}" - "$scratch" <<'COMPARE'
import json
import sys

model, arrays = (json.load(open(f"{sys.argv[1]}/{name}.json")) for name in ("model", "arrays"))
for key in ("samples", "accuracy", "featureDimension", "lossValue"):
    a, b = model[key], arrays[key]
    same = abs(a - b) <= 1e-5 * abs(b) if isinstance(a, float) else a == b
    if not same:
        sys.exit(f"examples/check.sh: {key} is {a} of the model, and {b} of the arrays")
print(f"examples/check.sh: the model and its arrays agree: accuracy {model['accuracy']}, loss {model['lossValue']:.6g}")
COMPARE
