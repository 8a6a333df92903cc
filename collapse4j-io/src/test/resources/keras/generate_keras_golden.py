"""Writes files as Keras 2 and 3 lay them out, with h5py 3.7: python3 generate_keras_golden.py

Each model ends in a Dense layer with W = 4 i + j of 3×4, stored as its transpose, and b = (1/2, −1, 2).
"""

import io
import json
import zipfile

import h5py
import numpy as np

W = np.arange(12, dtype=np.float32).reshape(3, 4)
b = np.array([0.5, -1, 2], dtype=np.float32)
norm = {
    "gamma": np.array([2, 4, 0.5]),
    "beta": np.array([0, 1, 2.0]),
    "moving_mean": np.array([1, 0, -1.0]),
    "moving_variance": np.array([3, 0.25, 8]),
}


def layer(kind, name, inputs=(), **config):
    made = {"class_name": kind, "config": {"name": name, **config}}
    if inputs:
        made["inbound_nodes"] = [[[i, 0, 0, {}] for i in inputs]]
        made["name"] = name
    return made


def h5(name, layers, weights, config, as_bytes=False):
    with h5py.File(name, "w") as f:
        if config:
            f.attrs["model_config"] = json.dumps(config)
        group = f.create_group("model_weights") if config else f
        names = [l["config"]["name"] for l in layers]
        group.attrs["layer_names"] = np.array([n.encode() for n in names]) if as_bytes else names
        for n in names:
            group.create_group(n)
        for path, value in weights.items():
            group[path] = value
        if config:  # moments of the head's shape
            f["optimizer_weights/Adam/a_dense/kernel/m:0"] = -W.T
            f["optimizer_weights/Adam/z_dense/kernel/v:0"] = -W.T


hidden = layer("Dense", "z_dense", activation="relu")
head = layer("Dense", "a_dense", activation="softmax")
parameters = {
    "z_dense/z_dense/kernel:0": np.ones((5, 4), np.float32),
    "z_dense/z_dense/bias:0": np.zeros(4, np.float32),
    "a_dense/a_dense/kernel:0": W.T,
    "a_dense/a_dense/bias:0": b,
}
layers = [layer("InputLayer", "input_1"), hidden, layer("Dropout", "dropout"), head]
sequential = {"class_name": "Sequential", "config": {"name": "sequential", "layers": layers}}
h5("sequential.h5", layers, parameters, sequential)
h5("weights-only.h5", layers, parameters, None, as_bytes=True)

functional_layers = [
    layer("InputLayer", "input_1"),
    layer("Dense", "a_dense", ["z_dense"], activation="linear"),
    layer("Activation", "probabilities", ["a_dense"], activation="softmax"),
    layer("Dense", "z_dense", ["input_1"], activation="relu"),
]
functional = {
    "class_name": "Functional",
    "config": {"name": "model", "layers": functional_layers, "output_layers": [["probabilities", 0, 0]]},
}
h5("functional.h5", functional_layers, parameters, functional)

factor = norm["gamma"] / np.sqrt(norm["moving_variance"] + 1)
with_norm = dict(parameters)
with_norm["a_dense/a_dense/kernel:0"] = (W / factor[:, None]).T.astype(np.float32)
with_norm["a_dense/a_dense/bias:0"] = ((b - norm["beta"]) / factor + norm["moving_mean"]).astype(np.float32)
with_norm.update({f"bn/bn/{key}:0": value.astype(np.float32) for key, value in norm.items()})
layers = [hidden, layer("Dense", "a_dense", activation="linear"), layer("BatchNormalization", "bn", epsilon=1.0), layer("Softmax", "softmax")]
h5("batchnorm.h5", layers, with_norm, {"class_name": "Sequential", "config": {"name": "s", "layers": layers}})
layers = [hidden, layer("Dense", "a_dense", activation="linear"), layer("BatchNormalization", "bn", epsilon="small")]
h5("refused-epsilon.h5", layers, with_norm, {"class_name": "Sequential", "config": {"name": "s", "layers": layers}})

scaled = dict(parameters)
scaled["a_dense/a_dense/kernel:0"] = (W / 2).T
scaled["a_dense/a_dense/bias:0"] = (b - 1) / 2
layers = [hidden, layer("Dense", "a_dense", activation="linear"), layer("Rescaling", "scaling", scale=2.0, offset=1.0)]
h5("rescaling.h5", layers, scaled, {"class_name": "Sequential", "config": {"name": "s", "layers": layers}})
layers = [hidden, head, layer("Rescaling", "scaling", scale=2.0)]
h5("refused-probabilities.h5", layers, parameters, {"class_name": "Sequential", "config": {"name": "s", "layers": layers}})
layers = [hidden, head, layer("Lambda", "temperature")]
h5("refused-lambda.h5", layers, parameters, {"class_name": "Sequential", "config": {"name": "s", "layers": layers}})

layers = [hidden, layer("Dense", "a_dense", activation="relu")]
h5("refused-activation.h5", layers, parameters, {"class_name": "Sequential", "config": {"name": "s", "layers": layers}})
layers = [hidden, layer("LSTM", "a_dense")]
h5("refused-layer.h5", layers, parameters, {"class_name": "Sequential", "config": {"name": "s", "layers": layers}})


def keras(name, config, groups):
    content = io.BytesIO()
    with h5py.File(content, "w") as f:
        for path, (title, values) in groups.items():
            group = f.create_group(path)
            if title:
                group.attrs["name"] = title
            for i, value in enumerate(values):
                group[str(i)] = value
    with zipfile.ZipFile(name, "w") as z:
        z.writestr("config.json", json.dumps(config))
        z.writestr("model.weights.h5", content.getvalue())


stored = [hidden, layer("Dropout", "dropout"), head]
config = {"class_name": "Sequential", "config": {"name": "s", "layers": stored}}
first = [np.ones((5, 4), np.float32), np.zeros(4, np.float32)]
optimizer = [W.T, -W.T]
keras("named.keras", config, {"layers/dense/vars": ("z_dense", first), "layers/dense_1/vars": ("a_dense", [W.T, b]), "optimizer/vars": ("adam", optimizer)})
keras("counted.keras", config, {"_layer_checkpoint_dependencies/dense/vars": ("", first), "_layer_checkpoint_dependencies/dense_1/vars": ("", [W.T, b]), "optimizer/vars": ("", optimizer)})


def weights(name, groups):
    """As save_weights of Keras 3: names in the file tell of types and their order alone."""
    with h5py.File(name, "w") as f:
        for path, values in groups.items():
            group = f.create_group("layers/" + path + "/vars")
            for i, value in enumerate(values):
                group[str(i)] = value


convolution = [np.ones((3, 3, 1, 2), np.float32), np.zeros(2, np.float32)]
weights("three.weights.h5", {"conv2d": convolution, "dense": first, "dense_1": [W.T, b]})
weights("equal.weights.h5", {"dense": [np.eye(3, dtype=np.float32)], "dense_1": [np.eye(3, dtype=np.float32)], "dense_2": [np.eye(3, dtype=np.float32)]})
weights("refused-norm.weights.h5", {"dense": first, "dense_1": [W.T, b], "batch_normalization": [b, b, b, b]})
weights("refused-two.weights.h5", {"dense": first, "einsum_dense": [W.T, b], "dense_1": [np.ones((4, 5), np.float32)]})

with h5py.File("arrays.h5", "w") as f:
    f.create_dataset("features", data=np.arange(24.0).reshape(6, 4), chunks=(2, 4), compression="gzip")
    f["labels"] = np.array([0, 1, 2, 0, 1, 2], dtype=np.int32)
    f["W"] = W
    f["names"] = ["a", "b"]
    f["loop"] = h5py.SoftLink("/")
    f["elsewhere"] = h5py.ExternalLink("other.h5", "/")
    inner = f.create_group("inner")
    inner["outer"] = f["/"]
    f.create_dataset("huge", shape=(1 << 30, 1 << 20), dtype="f8", chunks=(1, 1 << 10))
    f.create_dataset("lzf", data=np.arange(24.0).reshape(6, 4), chunks=(2, 4), compression="lzf")
