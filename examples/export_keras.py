"""Trains a small network on the bundled digits and exports its last layer as arrays and, with tf2onnx, as ONNX.

    python3 examples/export_keras.py run
    ./collapse4j certify run/arrays
    ./collapse4j certify run/model.onnx --input run/x.npy --labels run/y.npy

Needs Keras 3 (or TensorFlow 2) and NumPy; tf2onnx for the model.
"""
import gzip
import pathlib
import sys

import keras
import numpy as np


def idx(path, header):
    return np.frombuffer(gzip.open(path).read(), np.uint8, offset=header)


def main(out):
    here = pathlib.Path(__file__).parent / "mnist"
    x = (idx(here / "t10k-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28, 1) / 255).astype(np.float32)
    y = idx(here / "t10k-labels-idx1-ubyte.gz", 8).astype(np.int64)

    keras.utils.set_random_seed(0)
    # Half of PyTorch's weight decay, as Keras adds λ‖W‖², not λ/2‖W‖²; of the bias, too, as --weight-decay 5e-4 takes it.
    l2 = keras.regularizers.L2(2.5e-4)
    decay = {"kernel_regularizer": l2, "bias_regularizer": l2}
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, "relu", **decay),
            keras.layers.Dense(64, "relu", **decay),
            keras.layers.Dense(10, **decay),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.05, momentum=0.9), loss)
    model.fit(x, y, batch_size=50, epochs=400, verbose=0)

    out = pathlib.Path(out)
    (out / "arrays").mkdir(parents=True, exist_ok=True)
    body = keras.Model(model.inputs, model.layers[-1].input)
    kernel, bias = model.layers[-1].get_weights()
    np.save(out / "arrays/features.npy", body.predict(x, verbose=0))
    np.save(out / "arrays/labels.npy", y)
    np.save(out / "arrays/weights.npy", kernel.T)  # Keras kernels are d×K
    np.save(out / "arrays/bias.npy", bias)

    np.save(out / "x.npy", x)
    np.save(out / "y.npy", y)
    model.export(out / "model.onnx", format="onnx")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
