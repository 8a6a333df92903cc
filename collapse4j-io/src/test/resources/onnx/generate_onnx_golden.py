"""Writes the golden files of the ONNX reader, with onnx 1.12: python3 generate_onnx_golden.py

Unless its name says otherwise, each model ends in logits W h + b with W = 4 i + j of 3×4 and b = (1/2, −1, 2).
"""

import os

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper

W = np.arange(12, dtype=np.float32).reshape(3, 4)
b = np.array([0.5, -1, 2], dtype=np.float32)


def tensor(name, value):
    return numpy_helper.from_array(np.ascontiguousarray(value), name)


def node(op, inputs, output, **attributes):
    return h.make_node(op, inputs.split(), output.split(), **attributes)


def constant(name, value):
    return h.make_node("Constant", [], [name], value=tensor("", value))


def model(name, nodes, initializers=(), outputs=("y",), inputs=None, extra_inputs=(), save=True):
    inputs = inputs or [h.make_tensor_value_info("x", T.FLOAT, ["batch", 4])]
    graph = h.make_graph(
        list(nodes),
        name,
        list(inputs) + list(extra_inputs),
        [h.make_tensor_value_info(output, T.FLOAT, None) for output in outputs],
        initializer=list(initializers),
    )
    made = h.make_model(graph, opset_imports=[h.make_opsetid("", 13), h.make_opsetid("ai.onnx.ml", 2)])
    if save:
        onnx.save(made, name + ".onnx")
    return made


relu = node("Relu", "x", "h")
wb = [tensor("fc.weight", W), tensor("fc.bias", b)]
gemm = node("Gemm", "h fc.weight fc.bias", "z", transB=1)

model("gemm", [relu, gemm, node("Identity", "z", "y")], wb)
model("softmax", [relu, gemm, node("Softmax", "z", "y", axis=-1)], wb)
model("log-softmax", [relu, gemm, node("LogSoftmax", "z", "y", axis=-1)], wb)
model("gemm-kd-scaled", [relu, node("Gemm", "h w c", "y", alpha=2.0, beta=0.5)], [tensor("w", W.T / 2), tensor("c", 2 * b)])
model("gemm-transposed-features", [relu, node("Transpose", "h", "t", perm=[1, 0]), node("Gemm", "t fc.weight fc.bias", "y", transA=1, transB=1)], wb)
model("gemm-batch-bias", [relu, node("Gemm", "h fc.weight c", "y", transB=1)], [wb[0], tensor("c", np.tile(b, (5, 1)))])
model("matmul", [relu, node("MatMul", "h kernel", "m"), node("Add", "m c", "y")], [tensor("kernel", W.T), tensor("c", b)])
model("matmul-bias-first", [relu, node("MatMul", "h kernel", "m"), node("Add", "c m", "y")], [tensor("kernel", W.T), tensor("c", b.reshape(1, 3))])
column = tensor("c", b.reshape(3, 1))
transposed = node("Transpose", "h", "t")
model("matmul-weights-first", [relu, transposed, node("MatMul", "fc.weight t", "m"), node("Add", "m c", "z"), node("Transpose", "z", "y", perm=[1, 0])], [wb[0], column])
model("gemm-weights-first", [relu, node("Gemm", "fc.weight h c", "z", transB=1), node("Transpose", "z", "y")], [wb[0], column])
model(
    "reshaped-listed-inputs",
    [
        relu,
        node("Reshape", "kernel shape", "flat"),
        node("MatMul", "h flat", "m"),
        node("Add", "m c", "p"),
        node("Softmax", "p", "y"),
    ],
    [tensor("kernel", W.T.reshape(2, 2, 1, 3)), tensor("shape", np.array([-1, 3])), tensor("c", b.reshape(1, 3))],
    extra_inputs=[h.make_tensor_value_info("kernel", T.FLOAT, [2, 2, 1, 3]), h.make_tensor_value_info("c", T.FLOAT, [1, 3]), h.make_tensor_value_info("shape", T.INT64, [2])],
)
model("constants", [constant("w/0:k", W), constant("b/0:k", b), relu, node("Transpose", "w/0:k", "t", perm=[1, 0]), node("MatMul", "h t", "m"), node("Add", "m b/0:k", "y")])
model(
    "integer-input",
    [node("Cast", "x", "h", to=T.FLOAT), gemm, node("Identity", "z", "y")],
    wb,
    inputs=[h.make_tensor_value_info("x", T.INT32, [1, 4])],
)
model(
    "written-softmax",
    [
        relu,
        gemm,
        node("ReduceMax", "z", "m", axes=[1], keepdims=1),
        node("Sub", "z m", "s"),
        node("Exp", "s", "e"),
        node("ReduceSum", "e", "n", keepdims=1),
        node("Div", "e n", "y"),
    ],
    wb,
)
model(
    "written-log-softmax",
    [relu, gemm, node("Exp", "z", "e"), node("ReduceSum", "e", "n", keepdims=1), node("Log", "n", "l"), node("Sub", "z l", "y")],
    wb,
)
model(
    "written-with-reciprocal",
    [relu, gemm, node("Exp", "z", "e"), node("ReduceSum", "e", "n", keepdims=1), node("Reciprocal", "n", "r"), node("Mul", "r e", "y")],
    wb,
)
model("centred-logits", [relu, gemm, node("ReduceMean", "z", "m", axes=[1]), node("Sub", "z m", "y")], wb)
limits = [tensor("low", np.float32(1e-7)), tensor("high", np.float32(1))]
model("clipped-softmax", [relu, gemm, node("Softmax", "z", "p"), node("Clip", "p low high", "q"), node("Log", "q", "y")], wb + limits)
model("at-least-softmax", [relu, gemm, node("Softmax", "z", "p"), node("Max", "low p", "y")], wb + limits[:1])
model("exp-of-log-softmax", [relu, gemm, node("LogSoftmax", "z", "l"), node("Exp", "l", "y")], wb)
model("clipped-logits", [relu, gemm, node("Clip", "z low high", "y")], wb + [tensor("low", np.float32(-50)), tensor("high", np.float32(50))])
model(
    "expanded-softmax",
    [
        relu,
        gemm,
        node("Exp", "z", "e"),
        node("ReduceL1", "e", "n", axes=[1], keepdims=1),
        node("Shape", "z", "s"),
        node("Expand", "n s", "f"),
        node("Div", "e f", "y"),
    ],
    wb,
)
model(
    "stacked-kernel",
    [relu, node("Unsqueeze", "h one", "u"), node("MatMul", "u kernel", "m"), node("Squeeze", "m one", "v"), node("Add", "v fc.bias", "y")],
    [tensor("one", np.array([1])), tensor("kernel", W.T[None]), wb[1]],
)
model(
    "convolved-vector",
    [relu, node("Reshape", "h pixel", "p"), node("Conv", "p k fc.bias", "c"), node("Flatten", "c", "y")],
    [tensor("pixel", np.array([0, 4, 1, 1])), tensor("k", W.reshape(3, 4, 1, 1)), wb[1]],
)
scale = np.array([2, 4, 0.5], dtype=np.float32)
mean = np.array([1, 0, -1], dtype=np.float32)
variance = np.array([3, 0.25, 8], dtype=np.float32)
beta = np.array([0, 1, 2], dtype=np.float32)
factor = scale / np.sqrt(variance + np.float32(1))
model(
    "batchnorm",
    [relu, node("Gemm", "h v c", "z", transB=1), node("BatchNormalization", "z g be m va", "y", epsilon=1.0)],
    [
        tensor("v", (W / factor[:, None]).astype(np.float32)),
        tensor("c", ((b - beta) / factor + mean).astype(np.float32)),
        tensor("g", scale),
        tensor("be", beta),
        tensor("m", mean),
        tensor("va", variance),
    ],
)
model(
    "scaled",
    [relu, node("MatMul", "h kernel", "m"), node("Div", "m two", "d"), node("Sub", "d c", "y")],
    [tensor("kernel", 2 * W.T), tensor("two", np.float32(2)), tensor("c", -b)],
)
model(
    "convolution",
    [node("GlobalAveragePool", "x", "h"), node("Conv", "h k fc.bias", "c"), node("Flatten", "c", "y")],
    [tensor("k", W.reshape(3, 4, 1, 1)), wb[1]],
    inputs=[h.make_tensor_value_info("x", T.FLOAT, [1, 4, 7, 7])],
)
model("embedding-and-logits", [node("Gemm", "x first", "h"), gemm, node("Identity", "z", "y")], [tensor("first", np.eye(4, dtype=np.float32))] + wb, outputs=("h", "y"))
model("label-and-probability", [relu, gemm, node("Softmax", "z", "p"), node("ArgMax", "z", "y", axis=1)], wb, outputs=("y", "p"))
model(
    "two-heads",
    [relu, gemm, node("Gemm", "h other", "y2"), node("Identity", "z", "y")],
    wb + [tensor("other", np.ones((4, 5), dtype=np.float32))],
    outputs=("y", "y2"),
)

# weights that constants make
zero, one, two = (tensor(name, np.array([value])) for name, value in dict(zero=0, one=1, two=2).items())
head = node("Gemm", "h w fc.bias", "y", transB=1)
model("weights-concatenated", [relu, node("Concat", "w1 w2", "w", axis=0), head], [tensor("w1", W[:1]), tensor("w2", W[1:]), wb[1]])
around = np.concatenate([W[:1] + 7, W[::-1], W[:1] - 7])
model(
    "weights-sliced",
    [relu, node("Slice", "all start end zero minus", "w"), head],
    [tensor("all", around), tensor("start", np.array([-2])), tensor("end", np.array([0])), zero, tensor("minus", np.array([-1])), wb[1]],
)
model("weights-gathered", [relu, node("Gather", "all index", "w", axis=0), head], [tensor("all", around), tensor("index", np.array([3, -3, 1])), wb[1]])
model("weights-split", [relu, node("Split", "all sizes", "v kernel", axis=1), node("MatMul", "h kernel", "m"), node("Add", "m fc.bias", "y")], [tensor("all", np.hstack([W.T[:, :2] - 5, W.T])), tensor("sizes", np.array([2, 3])), wb[1]])
direction = np.array([[3, 4, 0, 0], [0, 6, 8, 0], [5, 0, 0, 12]], dtype=np.float32)
model(
    "weights-normalised",
    [
        relu,
        node("ReduceL2", "v", "n", axes=[1]),
        node("Div", "v n", "u"),
        node("Mul", "g u", "p"),
        node("Add", "p rest", "w"),
        head,
    ],
    [tensor("v", direction), tensor("g", np.float32([[5], [10], [26]])), tensor("rest", W - direction * np.float32([[1], [1], [2]])), wb[1]],
)
model("weights-dequantised", [relu, node("DequantizeLinear", "k s z", "w", axis=0), head], [tensor("k", (W / np.float32([[0.5], [1], [0.25]])).astype(np.int8) + np.int8([[1], [2], [3]])), tensor("s", np.float32([0.5, 1, 0.25])), tensor("z", np.int8([1, 2, 3])), wb[1]])
low = np.float32([[1], [-2], [3]]), np.float32([[2, 0, 1, -1]])
model(
    "weights-dequantised-kd",
    [relu, node("DequantizeLinear", "k s", "v", axis=0), node("Transpose", "v", "w"), node("MatMul", "h w", "m"), node("Add", "m fc.bias", "y")],
    [tensor("k", (W / np.float32([[0.5], [1], [0.25]])).astype(np.int8)), tensor("s", np.float32([0.5, 1, 0.25])), wb[1]],
)
model("weights-of-low-rank", [relu, node("MatMul", "b a", "d"), node("Mul", "d half", "e"), node("Add", "v e", "w"), head], [tensor("b", low[0]), tensor("a", low[1]), tensor("half", np.float32(0.5)), tensor("v", W - low[0] @ low[1] / 2), wb[1]])
model("weights-permuted", [relu, node("Transpose", "v", "u", perm=[2, 0, 1]), node("Shape", "u", "s"), node("Gather", "s zero", "k"), node("Concat", "k minus", "t", axis=0), node("Reshape", "u t", "w"), head], [tensor("v", W.reshape(3, 2, 2).transpose(1, 2, 0)), zero, tensor("minus", np.array([-1])), wb[1]])
model("weights-of-unit-length", [node("LpNormalization", "x", "h", axis=1), node("LpNormalization", "v", "u"), node("Expand", "length s", "l"), node("Mul", "u l", "p"), node("Add", "p rest", "w"), head], [tensor("v", direction), tensor("length", np.float32([[5], [10], [13]])), tensor("s", np.array([3, 4])), tensor("rest", W - direction), wb[1]])
model("bias-of-zeros", [relu, node("ConstantOfShape", "s", "o"), node("Unsqueeze", "o zero", "p"), node("Add", "p fc.bias", "c"), node("Gemm", "h fc.weight c", "y", transB=1)], [wb[0], tensor("s", np.array([3])), zero, wb[1]])

# sums of products by their indices
model("einsum", [relu, node("Einsum", "h fc.weight", "m", equation="bd, kd -> bk"), node("Add", "m fc.bias", "y")], wb)
model("einsum-kd", [relu, node("Einsum", "kernel h", "m", equation="dk,...d->...k"), node("Add", "m fc.bias", "y")], [tensor("kernel", W.T), wb[1]])
model("einsum-transposed-features", [relu, node("Transpose", "h", "t"), node("Einsum", "t fc.weight", "m", equation="db,kd->kb"), node("Transpose", "m", "n"), node("Add", "n fc.bias", "y")], wb)

# linear after the last linear map
model("negated", [relu, node("Gemm", "h w c", "z", transB=1), node("Neg", "z", "y")], [tensor("w", -W), tensor("c", -b)])
more = [tensor("w", around), tensor("c", np.concatenate([b[:1] + 7, b[::-1], b[:1] - 7]))]
more_logits = node("Gemm", "h w c", "z", transB=1)
model("gathered-classes", [relu, more_logits, node("Gather", "z index", "g", axis=-1), node("Softmax", "g", "y")], more + [tensor("index", np.array([3, 2, -4]))])
model("sliced-classes", [relu, more_logits, node("Slice", "z start end one minus", "y")], more + [tensor("start", np.array([3])), tensor("end", np.array([0])), one, tensor("minus", np.array([-1]))])
model("split-classes", [relu, node("Gemm", "h w c", "z", transB=1), node("Split", "z sizes", "v y", axis=1)], [tensor("w", np.vstack([W + 3, W])), tensor("c", np.concatenate([b, b])), tensor("sizes", np.array([3, 3]))])
model("rounded-probabilities", [relu, gemm, node("Softmax", "z", "p"), node("Round", "p", "q"), node("Gather", "q one", "y", axis=1)], wb + [one])
model("labels-alone", [relu, gemm, node("ArgMax", "z", "a", axis=1), h.make_node("ArrayFeatureExtractor", ["names", "a"], ["y"], domain="ai.onnx.ml")], wb + [tensor("names", np.float32([7, 8, 9]))])
model("convolution-channels-last", [node("GlobalAveragePool", "x", "h"), node("Conv", "h k fc.bias", "c"), node("Transpose", "c", "t", perm=[0, 2, 3, 1]), node("Squeeze", "t axes", "y")], [tensor("k", W.reshape(3, 4, 1, 1)), wb[1], tensor("axes", np.array([1, 2]))], inputs=[h.make_tensor_value_info("x", T.FLOAT, [1, 4, 7, 7])])

# how the numbers are stored
fields = {}
for name, code, values in [
    ("float", T.FLOAT, W.ravel()),
    ("double", T.DOUBLE, W.ravel()),
    ("float16", T.FLOAT16, W.ravel().astype(np.float16).view(np.uint16)),
    ("bfloat16", T.BFLOAT16, (W.ravel().view(np.uint32) >> 16)),
]:
    t = T(data_type=code, dims=[3, 4], name="w")
    getattr(t, {"float": "float_data", "double": "double_data"}.get(name, "int32_data")).extend(values.tolist())
    model("fields-" + name, [relu, node("Cast", "w", "f", to=T.FLOAT), node("Gemm", "h f fc.bias", "y", transB=1)], [t, wb[1]])

external = model("external", [relu, gemm, node("Identity", "z", "y")], wb, save=False)
onnx.save(external, "external.onnx", save_as_external_data=True, location="external.bin", size_threshold=0)

# refused by name
inner = h.make_graph([node("Gemm", "h fc.weight fc.bias", "z", transB=1)], "inner", [], [h.make_tensor_value_info("z", T.FLOAT, None)])
model("refused-if", [relu, constant("true", np.array(True)), h.make_node("If", ["true"], ["y"], then_branch=inner, else_branch=inner)], wb)
model("refused-trees", [h.make_node("TreeEnsembleClassifier", ["x"], ["label", "y"], domain="ai.onnx.ml", classlabels_int64s=[0, 1])])
model(
    "refused-linear-classifier",
    [h.make_node("LinearClassifier", ["x"], ["label", "y"], domain="ai.onnx.ml", coefficients=W.ravel().tolist(), intercepts=b.tolist(), classlabels_ints=[0, 1, 2], post_transform="SOFTMAX")],
)
model(
    "refused-normalised-scores",
    [
        h.make_node("LinearClassifier", ["x"], ["label", "p"], domain="ai.onnx.ml", coefficients=W.ravel().tolist(), intercepts=b.tolist(), classlabels_ints=[0, 1, 2]),
        h.make_node("Normalizer", ["p"], ["y"], domain="ai.onnx.ml", norm="L1"),
    ],
)
model(
    "refused-quantised",
    [node("DynamicQuantizeLinear", "x", "q s zp"), node("MatMulInteger", "q k zp", "i"), node("Cast", "i", "f", to=T.FLOAT), node("Mul", "f c", "y")],
    [tensor("k", W.T.astype(np.uint8)), tensor("c", np.float32(0.5))],
)
model("refused-quantised-logits", [relu, gemm, node("QuantizeLinear", "z s", "q"), node("DequantizeLinear", "q s", "y")], wb + [tensor("s", np.float32(0.5))])
for op in ("Tanh", "Round"):
    model("refused-" + op.lower(), [relu, gemm, node(op, "z", "y")], wb)
model("refused-pooled-logits", [relu, gemm, node("ReduceMean", "z", "y", axes=[0])], wb)
model("refused-two-kernels", [relu, gemm, node("Gemm", "x fc.weight", "u", transB=1), node("Concat", "z u", "y", axis=1)], wb)
model("refused-one-class", [relu, gemm, node("Gather", "z one", "y", axis=1)], wb + [one])
model("refused-some-samples", [relu, gemm, node("Slice", "z zero one zero", "y")], wb + [zero, one])
model("refused-first-samples", [relu, gemm, node("Gather", "z index", "y")], wb + [tensor("index", np.array([0, 1]))])
model("refused-einsum", [relu, node("Einsum", "h fc.weight", "y", equation="bd,kd->b")], wb)
model("refused-einsum-columns", [relu, node("Einsum", "h fc.weight", "y", equation="bd,kd->kb")], wb)
model("refused-shapes", [relu, node("Add", "fc.weight other", "w"), head], wb + [tensor("other", np.ones((2, 4), dtype=np.float32))])
model("refused-index", [relu, node("Gather", "fc.weight index", "w"), head], wb + [tensor("index", np.array([0, 1, 3]))])
doubled = [node("Concat", f"w{i} w{i}", f"w{i + 1}", axis=0) for i in range(40)]
model("refused-growing", [relu, *doubled, node("Gemm", "h w40", "y", transB=1)], [tensor("w0", W)])
model("refused-vast", [relu, node("ConstantOfShape", "s", "w"), node("MatMul", "h w", "y")], [tensor("s", np.array([1 << 40, 1 << 40]))])
model("refused-one-logit", [relu, node("Gemm", "h w", "z", transB=1), node("Sigmoid", "z", "y")], [tensor("w", W[:1])])
model("refused-fused", [relu, h.make_node("FusedMatMul", ["h", "fc.weight"], ["y"], domain="com.microsoft", transB=1)], wb)
model("refused-activation", [relu, gemm, node("Relu", "z", "y")], wb)
model("refused-relu6", [relu, gemm, node("Clip", "z low high", "y")], wb + [tensor("low", np.float32(0)), tensor("high", np.float32(6))])
model("refused-exp", [relu, gemm, node("Exp", "z", "y")], wb)
model("refused-dynamic-weights", [relu, node("Relu", "w", "v"), node("MatMul", "h v", "y")], extra_inputs=[h.make_tensor_value_info("w", T.FLOAT, [4, 3])])
model("refused-cycle", [node("Identity", "z", "y"), node("Identity", "y", "z")])
model("refused-heads-in-a-cycle", [node("Gemm", "z fc.weight", "y", transB=1), node("Gemm", "y fc.weight", "z", transB=1)], wb, outputs=("y", "z"))
model("refused-constant-cycle", [relu, node("Identity", "v", "w"), node("Identity", "w", "v"), node("MatMul", "h w", "y")])
model("refused-shape-of-shapes", [relu, node("Reshape", "v v", "w"), node("Reshape", "w w", "v"), node("MatMul", "h w", "y")])
huge = T(data_type=T.FLOAT, dims=[1 << 40, 1 << 40], name="w")
model("refused-dimensions", [relu, node("MatMul", "h w", "y")], [huge])
empty = T(data_type=T.FLOAT, dims=[0, 1 << 40], name="w")
model("refused-no-classes", [relu, node("Gemm", "h w", "y", transB=1)], [empty])
model("refused-column-logits", [relu, transposed, node("MatMul", "fc.weight t", "y")], wb)
model("refused-transposed-logits", [relu, gemm, node("Transpose", "z", "y")], wb)
model("refused-row-of-biases", [relu, transposed, node("MatMul", "fc.weight t", "m"), node("Add", "m fc.bias", "z"), node("Transpose", "z", "y")], wb)
many = T(data_type=T.FLOAT, dims=[1 << 20, 1 << 20], name="w")
model("refused-missing-numbers", [relu, node("MatMul", "h w", "y")], [many])
negative = T(data_type=T.FLOAT, dims=[-3, -4], name="w", float_data=W.ravel().tolist())
model("refused-negative", [relu, node("MatMul", "h w", "y")], [negative])
for name, location in dict(parent="../secret", absolute="/etc/passwd").items():
    outside = T(data_type=T.FLOAT, dims=[3, 4], name="w", data_location=T.EXTERNAL)
    outside.external_data.add(key="location", value=location)
    model("refused-external-" + name, [relu, node("MatMul", "h w", "y")], [outside])
