"""Writes types.safetensors, layer.safetensors and samples.safetensors with the safetensors package (written with 0.8.0, numpy 2.4.6).

types.safetensors: a 3 x 5 tensor of each type, element (i, j) = 10 i + j, plus 1/4 for floats, minus 7 for signed
integers; booleans are true where i + j is odd.
"""
import os
import numpy as np
from safetensors import TensorSpec, serialize_file
from safetensors.numpy import save_file

here = os.path.dirname(os.path.abspath(__file__))
ramp = np.add.outer(10.0 * np.arange(3), np.arange(5))

tensors = {}
for name, dtype in [('U8', 'u1'), ('U16', 'u2'), ('U32', 'u4'), ('U64', 'u8')]:
    tensors[name] = (ramp.astype(dtype), {'u1': 'uint8', 'u2': 'uint16', 'u4': 'uint32', 'u8': 'uint64'}[dtype])
for name, dtype, full in [('I8', 'i1', 'int8'), ('I16', 'i2', 'int16'), ('I32', 'i4', 'int32'), ('I64', 'i8', 'int64')]:
    tensors[name] = ((ramp - 7).astype(dtype), full)
for name, dtype, full in [('F16', 'f2', 'float16'), ('F32', 'f4', 'float32'), ('F64', 'f8', 'float64')]:
    tensors[name] = ((ramp + 0.25).astype(dtype), full)
# bfloat16 is the upper half of float32
tensors['BF16'] = (((ramp + 0.25).astype('f4').view('u4') >> 16).astype('u2'), 'bfloat16')
tensors['BOOL'] = (np.add.outer(np.arange(3), np.arange(5)) % 2 == 1, 'bool')
serialize_file({name: TensorSpec(dtype=full, shape=list(a.shape), data_ptr=a.ctypes.data, data_len=a.nbytes) for name, (a, full) in tensors.items()},
               os.path.join(here, 'types.safetensors'), {'format': 'pt', 'note': 'a "quoted" größe'})

save_file({'fc.weight': np.arange(6, dtype='f4').reshape(2, 3), 'fc.bias': np.array([0.5, -0.5], dtype='f4'),
           'h': np.arange(12, dtype='f2').reshape(4, 3), 'y': np.array([0, 1, 1, 0])}, os.path.join(here, 'layer.safetensors'))
save_file({'features': np.arange(12, dtype='f4').reshape(4, 3), 'y': np.array([0, 1, 1, 0], dtype='i4'),
           'mean': np.zeros(3, dtype='f4')}, os.path.join(here, 'samples.safetensors'))
