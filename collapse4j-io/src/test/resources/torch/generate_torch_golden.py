"""Writes the golden files of the PyTorch reader, with PyTorch 1.13: python3 generate_torch_golden.py

types: tensors of 3×5, entry 10 i + j, minus 7 if signed integers, plus 1/4 if floats, (i + j) mod 2 if booleans.
"""

import argparse
import collections
import io
import pickle
import zipfile

import numpy as np
import torch

ramp = 10 * torch.arange(3).reshape(3, 1) + torch.arange(5)
types = collections.OrderedDict(U8=ramp.to(torch.uint8), BOOL=(ramp // 10 + ramp % 10) % 2 == 1)
for bits in 8, 16, 32, 64:
    types[f"I{bits}"] = (ramp - 7).to(getattr(torch, f"int{bits}"))
for name, dtype in dict(F16=torch.float16, BF16=torch.bfloat16, F32=torch.float32, F64=torch.float64).items():
    types[name] = (ramp + 0.25).to(dtype)
torch.save(types, "types.pt")
torch.save(types, "types-legacy.pt", _use_new_zipfile_serialization=False)

base = torch.arange(24.0)
views = {
    "transposed": base.reshape(4, 6).T,
    "every-second": base.reshape(4, 6)[:, ::2],
    "shifted": base[7:15].reshape(2, 4),
    "expanded": base[3:4].expand(2, 3),
    "reversed-axes": base.reshape(2, 3, 4).permute(2, 0, 1),
    "number": base[5],
    "empty": base[:0].reshape(0, 3),
    "complex": torch.ones(2, dtype=torch.complex64),
}
torch.save(views, "views.pt")
torch.save(views, "views-legacy.pt", _use_new_zipfile_serialization=False)

torch.save(base.reshape(6, 4), "features.pt")
torch.save({"features": base.reshape(6, 4), "labels": torch.tensor([0, 1, 2, 0, 1, 2])}, "run.pt")

torch.manual_seed(7)
net = torch.nn.Sequential(
    collections.OrderedDict(
        conv1=torch.nn.Conv2d(1, 4, 3),
        bn1=torch.nn.BatchNorm2d(4),
        fc1=torch.nn.Linear(4, 6),
        fc2=torch.nn.Linear(6, 3),
    )
)
with torch.no_grad():
    net.fc2.weight.copy_(torch.arange(18.0).reshape(3, 6))
    net.fc2.bias.copy_(torch.arange(3.0))
optimizer = torch.optim.Adam(net.parameters())
for parameter in net.parameters():
    parameter.grad = torch.ones_like(parameter)
optimizer.step()
with torch.no_grad():
    net.fc2.weight.copy_(torch.arange(18.0).reshape(3, 6))
    net.fc2.bias.copy_(torch.arange(3.0))
state = collections.OrderedDict(("module." + key, value) for key, value in net.state_dict().items())
checkpoint = {
    "epoch": 12,
    "arch": "small",
    "best_acc1": np.float64(0.75),
    "args": argparse.Namespace(lr=0.1, layers=[1, 2]),
    "state_dict": state,
    "optimizer": optimizer.state_dict(),
}
torch.save(checkpoint, "checkpoint.pth.tar")
torch.save(checkpoint, "checkpoint-legacy.pth.tar", _use_new_zipfile_serialization=False)
torch.save({"net": state, "acc": 91.5, "epoch": 3}, "nested-legacy.pth", _use_new_zipfile_serialization=False)
torch.save(dict(net.named_parameters()), "parameters.pth")
torch.save(net, "whole-model.pt")
torch.jit.script(net).save("script.pt")


# Nothing but a big-endian machine writes these two, so they are made of the pieces of others.
def big_endian_zip():
    with zipfile.ZipFile("types.pt") as source, zipfile.ZipFile("types-big.pt", "w") as target:
        sizes = [value.element_size() for value in types.values()]
        for name in source.namelist():
            data = source.read(name)
            folder, _, key = name.partition("/")
            if key.startswith("data/"):
                size = sizes[int(key[len("data/"):])]
                data = np.frombuffer(data, f"V{size}").view("u1").reshape(-1, size)[:, ::-1].tobytes()
            target.writestr(name, data)
        target.writestr(folder + "/byteorder", "big")


def big_endian_legacy():
    source = io.BytesIO(open("types-legacy.pt", "rb").read())
    for _ in range(2):
        pickle.load(source)
    header = source.tell()
    system = pickle.load(source)
    tensors = source.tell()
    rest = source.getvalue()
    system["little_endian"] = False
    # the storages are at the end: 8 bytes for the number of elements, then the elements
    class Unpickler(pickle.Unpickler):
        def persistent_load(self, identity):
            return identity

        def find_class(self, module, name):
            return lambda *arguments: collections.OrderedDict() if name == "OrderedDict" else arguments[0]

    found = Unpickler(source).load()
    keys = pickle.load(source)
    storages = b""
    size = {identity[2]: types[name].element_size() for name, identity in found.items()}
    for key in keys:
        count = int.from_bytes(source.read(8), "little")
        data = np.frombuffer(source.read(count * size[key]), "u1").reshape(count, -1)[:, ::-1].tobytes()
        storages += count.to_bytes(8, "big") + data
    end = source.tell() - len(storages)
    with open("types-big-legacy.pt", "wb") as target:
        target.write(rest[:header] + pickle.dumps(system, protocol=2) + rest[tensors:end] + storages)


big_endian_zip()
big_endian_legacy()
