"""Trains a small network on the bundled digits and exports it twice: as ONNX with its training images, and as arrays.

    python3 examples/export_pytorch.py run
    ./collapse4j certify run/model.onnx --input run/x.npy --labels run/y.npy
    ./collapse4j certify run/arrays

Needs PyTorch, NumPy and onnx; run with PyTorch 1.13.
"""
import argparse
import gzip
import pathlib

import numpy as np
import torch
from torch import nn


def idx(path, header):
    return np.frombuffer(gzip.open(path).read(), np.uint8, offset=header)


def main(out, epochs):
    here = pathlib.Path(__file__).parent / "mnist"
    images = idx(here / "t10k-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28)
    x = ((images / 255 - 0.1307) / 0.3081).astype(np.float32)
    y = idx(here / "t10k-labels-idx1-ubyte.gz", 8).astype(np.int64)

    torch.manual_seed(0)
    head = nn.Linear(64, 10)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), head)
    optimiser = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, weight_decay=5e-4)
    data, labels = torch.from_numpy(x), torch.from_numpy(y)
    for _ in range(epochs):
        for batch in torch.randperm(len(y)).split(50):
            optimiser.zero_grad()
            nn.functional.cross_entropy(model(data[batch]), labels[batch]).backward()
            optimiser.step()

    model.eval()
    (out / "arrays").mkdir(parents=True, exist_ok=True)

    # The samples must be free to be any number: dynamic_axes, or dynamic_shapes with dynamo=True in PyTorch 2.
    torch.onnx.export(
        model,
        data[:1],
        out / "model.onnx",
        input_names=["images"],
        output_names=["logits"],
        dynamic_axes={"images": {0: "n"}, "logits": {0: "n"}},
    )
    np.save(out / "x.npy", x)
    np.save(out / "y.npy", y)

    # The same without ONNX: the input of the last layer, kept by a hook.
    kept = []
    hook = head.register_forward_pre_hook(lambda layer, inputs: kept.append(inputs[0].numpy()))
    with torch.no_grad():
        model(data)
    hook.remove()
    np.save(out / "arrays/features.npy", kept[0])
    np.save(out / "arrays/labels.npy", y)
    np.save(out / "arrays/weights.npy", head.weight.detach().numpy())
    np.save(out / "arrays/bias.npy", head.bias.detach().numpy())


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path, nargs="?", default="run")
    parser.add_argument("--epochs", type=int, default=400)
    given = parser.parse_args()
    main(given.out, given.epochs)
