package io.github.collapse4j.io.onnx;

import java.util.Set;

/** Operations that hide a head, and what messages say of them. */
final class Unsupported {
    private static final Set<String> GRAPHS = Set.of("If", "Loop", "Scan");

    private static final Set<String> QUANTISED = Set.of(
            "QLinearMatMul",
            "QLinearConv",
            "QLinearAdd",
            "MatMulInteger",
            "ConvInteger",
            "com.microsoft.QGemm",
            "com.microsoft.QLinearAdd",
            "com.microsoft.MatMulNBits",
            "com.microsoft.MatMulIntegerToFloat",
            "com.microsoft.DynamicQuantizeMatMul",
            "QuantizeLinear",
            "DynamicQuantizeLinear",
            "DequantizeLinear");

    private static final Set<String> FUSED = Set.of("com.microsoft.FusedMatMul", "com.microsoft.FusedGemm");

    private Unsupported() {}

    /** Whether the walk ends at an operation: its domain is not the standard one, or nothing can be seen through it. */
    static boolean isOpaque(String op) {
        return op.contains(".") || GRAPHS.contains(op) || QUANTISED.contains(op);
    }

    /** The operation, and why it is refused where that helps. */
    static String reason(String op) {
        if (GRAPHS.contains(op)) {
            return op + ", a graph inside the graph,";
        }
        if (QUANTISED.contains(op)) {
            return op + " (a quantised head: export the model before quantisation)";
        }
        if (FUSED.contains(op)) {
            return op + " (of ONNX Runtime's optimiser: take the model before optimisation)";
        }
        return switch (op) {
            case "ai.onnx.ml.LinearClassifier" ->
                op + " (a whole classifier in one operation: its inputs are the features)";
            case "ai.onnx.ml.TreeEnsembleClassifier", "ai.onnx.ml.SVMClassifier" -> op + " (no linear map)";
            default -> op;
        };
    }
}
