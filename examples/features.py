"""Features of five small MNIST classifiers made by others, by a forward pass in NumPy.

    python3 examples/features.py mindmapper.pth data run
    ./collapse4j certify run/features.npy run/labels.npy --weights mindmapper.pth --weight-decay 1e-4

data is a folder with t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz; run gets features.npy (N×d), that is what the
last layer sees, and labels.npy. --pt writes features.pt and labels.pt instead. The classifiers are listed in
docs/studies/models.md; for one of your own, write a function like those below.

Needs NumPy; h5py for .h5 and .keras; PyTorch for .pt and .pth.
"""
import argparse
import io
import json
import pathlib
import zipfile

import gzip
import numpy as np


def relu(x):
    return np.maximum(x, 0)


def conv(x, kernel, bias):
    """Valid convolution of x (N×C×H×W) with kernel (O×C×h×w)."""
    patches = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[2:], axis=(2, 3))
    return np.moveaxis(np.tensordot(patches, kernel, axes=((1, 4, 5), (1, 2, 3))), 3, 1) + bias[:, None, None]


def pool(x):
    """Maxima of 2×2 pixels; an odd last row or column is left out."""
    n, c, h, w = x.shape
    return x[:, :, : h // 2 * 2, : w // 2 * 2].reshape(n, c, h // 2, 2, w // 2, 2).max(axis=(3, 5))


def norm(x, p, name):
    """BatchNorm of channels, with the statistics of the training."""
    scale = p[name + ".weight"] / np.sqrt(p[name + ".running_var"] + 1e-5)
    return (x - p[name + ".running_mean"][:, None, None]) * scale[:, None, None] + p[name + ".bias"][:, None, None]


def normalised(images):
    return (images / 255 - 0.1307) / 0.3081


def mindmapper(p, images):
    x = normalised(images).reshape(-1, 784)
    return relu(x @ p["fc1.weight"].T + p["fc1.bias"])


def stian(p, images):
    x = pool(relu(conv(normalised(images), p["conv1.weight"], p["conv1.bias"])))
    x = pool(relu(conv(x, p["conv2.weight"], p["conv2.bias"])))
    return relu(x.reshape(len(x), -1) @ p["fc1.weight"].T + p["fc1.bias"])


def burn(p, images):
    x = normalised(images)
    for layer in ("conv1", "conv2", "conv3"):
        x = relu(conv(x, p[layer + ".weight"], p[layer + ".bias"]))
    x = norm(x, p, "norm1").reshape(len(x), -1)
    return relu(x @ p["fc1.weight"].T + p["fc1.bias"])


def kilj(p, images):
    x = images / 255
    for layer in ("conv2d", "conv2d_1"):
        kernel = p[f"{layer}/{layer}/kernel:0"].transpose(3, 2, 0, 1)  # Keras: h×w×C×O
        x = pool(relu(conv(x, kernel, p[f"{layer}/{layer}/bias:0"])))
    return x.transpose(0, 2, 3, 1).reshape(len(x), -1)  # Keras flattens with the channels last


def art(p, images):
    return relu((images / 255).reshape(-1, 784) @ p["layers/dense/vars/0"] + p["layers/dense/vars/1"])


FORWARD = {"mindmapper": mindmapper, "stian": stian, "burn": burn, "kilj": kilj, "art": art}


def torch_parameters(path):
    import torch

    state = torch.load(path, map_location="cpu")
    return {name: tensor.numpy() for name, tensor in state.items()}


def safetensors_parameters(path):
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    entries = json.loads(data[8:start])
    return {
        name: np.frombuffer(data[start:][slice(*e["data_offsets"])], "<f4").reshape(e["shape"])
        for name, e in entries.items()
        if e.get("dtype") == "F32"
    }


def keras_parameters(path):
    import h5py

    inner = zipfile.ZipFile(path).read("model.weights.h5") if path.suffix == ".keras" else None
    with h5py.File(path if inner is None else io.BytesIO(inner), "r") as file:
        root = file if inner is not None else file["model_weights"]
        arrays = {}
        root.visititems(lambda name, item: arrays.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)
        return arrays


READERS = {
    ".pt": torch_parameters,
    ".pth": torch_parameters,
    ".safetensors": safetensors_parameters,
    ".h5": keras_parameters,
    ".keras": keras_parameters,
}


def idx(path, header):
    return np.frombuffer(gzip.open(path).read(), np.uint8, offset=header)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--pt", action="store_true", help="write .pt instead of .npy")
    options = parser.parse_args()

    name = next(name for name in FORWARD if options.model.name.startswith(name))
    if not options.model.exists():
        parser.error(f"{options.model}: no such file; docs/studies/models.md says where it comes from")
    parameters = READERS[options.model.suffix](options.model)
    images = idx(options.data / "t10k-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28)
    labels = idx(options.data / "t10k-labels-idx1-ubyte.gz", 8).astype(np.int64)
    batches = np.array_split(images, max(1, len(images) // 250))
    features = np.concatenate([FORWARD[name](parameters, batch.astype(np.float32)) for batch in batches])
    features = features.astype(np.float32)

    options.out.mkdir(parents=True, exist_ok=True)
    if options.pt:
        import torch

        torch.save(torch.from_numpy(features), options.out / "features.pt")
        torch.save(torch.from_numpy(labels), options.out / "labels.pt")
    else:
        np.save(options.out / "features.npy", features)
        np.save(options.out / "labels.npy", labels)


if __name__ == "__main__":
    main()
