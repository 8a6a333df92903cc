#!/usr/bin/env python3
"""Writes the golden files of the NPY tests with NumPy, next to this script.

    python3 generate_npy_golden.py

Everything is deterministic; the files in the repository were written by NumPy 1.24.2 on a little-endian machine.
"""

import io
import itertools
import pathlib
import shutil
import warnings
import zipfile

import numpy as np
from numpy.lib import format as npy

HERE = pathlib.Path(__file__).resolve().parent
ROWS, COLUMNS = 3, 5
VERSIONS = [(1, 0), (2, 0), (3, 0)]


def values(code):
    """15 elements of a type, including its extremes."""
    dtype = np.dtype(code)
    if dtype.kind == "b":
        return np.arange(15) % 3 == 1
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        some = [info.min, info.max, info.min + 1, info.max - 1, info.max // 2, info.max // 3, 0, 1, 2, 3, 5, 7, 11, 13, 100]
        return np.array(some, dtype=dtype)
    info = np.finfo(dtype)
    some = [info.max, -info.max, info.tiny, -info.tiny, info.smallest_subnormal, -info.smallest_subnormal * 5]
    some += [info.eps, 1 + info.eps, np.inf, -np.inf, np.nan, 0.0, -0.0, np.pi, -np.e]
    return np.array(some, dtype=dtype)


def text(x):
    return float(x).hex() if isinstance(x, np.floating) else str(int(x))


def write(name, array, version=None):
    path = HERE / name
    path.parent.mkdir(exist_ok=True)
    with open(path, "wb") as f:
        npy.write_array(f, array, version=version)


def matrices():
    """Every type, byte order, memory order and version."""
    lines = []
    for kind in ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]:
        matrix = values(kind).reshape(ROWS, COLUMNS)
        lines.append(kind + " " + " ".join(text(x) for x in matrix.ravel()))
        for endian, order, version in itertools.product("<>", "CF", VERSIONS):
            if matrix.itemsize == 1 and endian == ">":
                continue
            name = f"matrix/{kind}_{'little' if endian == '<' else 'big'}_{order}_v{version[0]}.npy"
            write(name, np.array(matrix.astype(matrix.dtype.newbyteorder(endian)), order=order), version)
    (HERE / "matrix" / "expected.txt").write_text("\n".join(lines) + "\n")


def shapes():
    write("shape/0x5.npy", np.empty((0, 5)))
    write("shape/5x0.npy", np.empty((5, 0), dtype="f4"))
    write("shape/0x0_F.npy", np.empty((0, 0), order="F"))
    write("shape/empty_vector.npy", np.empty(0, dtype="i8"))
    write("shape/scalar.npy", np.array(42.5))
    write("shape/vector.npy", np.array([3, 1, 4, 1, 5], dtype="i8"))
    write("shape/cube.npy", np.arange(24, dtype="f4").reshape(2, 3, 4))
    write("shape/column_F.npy", np.array(np.arange(4.0).reshape(4, 1), order="F"))
    write("shape/row_F.npy", np.array(np.arange(4.0).reshape(1, 4), order="F"))


def refused():
    write("refused/object.npy", np.array([{"a": 1}, None], dtype=object))
    write("refused/structured.npy", np.array([(1, 2.0)], dtype=[("x", "i4"), ("y", "f8")]))
    write("refused/structured_utf8.npy", np.array([(1, 2.0)], dtype=[("größe", "i4"), ("尺寸", "f8")]), (3, 0))
    write("refused/subarray.npy", np.zeros(2, dtype=[("x", "f4", (2,))]))
    write("refused/complex.npy", np.array([1 + 2j]))
    write("refused/bytes.npy", np.array([b"cat", b"dog"]))
    write("refused/unicode.npy", np.array(["cat", "dog"]))
    write("refused/datetime.npy", np.array(["2020-01-01"], dtype="M8[D]"))
    write("refused/timedelta.npy", np.array([5], dtype="m8[s]"))
    write("refused/longdouble.npy", np.array([1.5], dtype=np.longdouble))
    write("refused/void.npy", np.array([b"abcd"], dtype="V4"))


def ramp(rows, columns):
    """Element (i, j) is 1000 i + j + 1/4."""
    return 1000.0 * np.arange(rows)[:, None] + np.arange(columns)[None, :] + 0.25


def written():
    """Files that a writer must reproduce byte for byte."""
    for rows, columns in [(0, 0), (0, 5), (1, 1), (3, 4), (7, 13), (1000, 3)]:
        write(f"written/f8_{rows}x{columns}.npy", ramp(rows, columns))
    write("written/f4_7x13.npy", ramp(7, 13).astype("f4"))
    write("written/i8_7x13.npy", np.floor(ramp(7, 13)).astype("i8"))
    write("written/f8_vector.npy", ramp(1, 9).ravel())
    write("written/labels.npy", np.array([0, 1, -1, 2**63 - 1, -(2**63)], dtype="i8"))


def savez(name, save):
    buffer = io.BytesIO()
    save(buffer, features=ramp(6, 4).astype("f4"), labels=np.array([0, 1, 2, 0, 1, 2]), weights=ramp(3, 4).T)
    (HERE / name).parent.mkdir(exist_ok=True)
    (HERE / name).write_bytes(buffer.getvalue())


def archives():
    savez("npz/stored.npz", np.savez)
    savez("npz/deflated.npz", np.savez_compressed)
    with zipfile.ZipFile(HERE / "npz/mixed.npz", "w") as z:
        for name, method in [("größe.npy", zipfile.ZIP_DEFLATED), ("a/b.npy", zipfile.ZIP_STORED)]:
            buffer = io.BytesIO()
            npy.write_array(buffer, np.arange(5))
            z.writestr(zipfile.ZipInfo(name), buffer.getvalue(), method)
        z.writestr(zipfile.ZipInfo("readme.txt"), "not an array")
        z.writestr(zipfile.ZipInfo("lzma.npy"), buffer.getvalue(), zipfile.ZIP_LZMA)
    # the 64-bit format, which is meant for archives beyond 4 GiB
    limits = zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT
    zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = 10, 0
    savez("npz/zip64.npz", np.savez)
    zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = limits


def mutations():
    """NumPy's result for every one-byte change of a header: one line for each that it accepts."""
    lines = []
    for version in VERSIONS:
        buffer = io.BytesIO()
        npy.write_array(buffer, np.zeros((3, 4)), version=version)
        start = 10 if version == (1, 0) else 12
        original = buffer.getvalue()[:-96]
        (HERE / "mutations").mkdir(exist_ok=True)
        (HERE / "mutations" / f"original_v{version[0]}.npy").write_bytes(buffer.getvalue())
        for position, byte in itertools.product(range(start, len(original)), range(256)):
            mutated = bytearray(original)
            mutated[position] = byte
            f = io.BytesIO(bytes(mutated))
            try:
                shape, fortran, dtype = npy._read_array_header(f, npy.read_magic(f))
            except Exception:
                continue
            lengths = "x".join(str(int(n)) for n in shape)
            lines.append(f"{version[0]} {position} {byte} {dtype.str.replace(' ', '_')} {'F' if fortran else 'C'} {lengths}")
    (HERE / "mutations" / "accepted_by_numpy.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for folder in ["matrix", "shape", "refused", "written", "npz", "mutations"]:
        shutil.rmtree(HERE / folder, ignore_errors=True)
    matrices()
    shapes()
    refused()
    written()
    archives()
    mutations()
