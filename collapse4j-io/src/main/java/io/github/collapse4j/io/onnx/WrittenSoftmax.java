package io.github.collapse4j.io.onnx;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises a softmax, or its logarithm, that is written out: {@code e / Σe} with {@code e = exp(x)}, {@code x − log
 * Σ exp(x)}, and {@code x − max x} inside them.
 */
final class WrittenSoftmax {
    /** What lies between logits and the number that they are divided by or shifted by. */
    private static final Set<String> REDUCTIONS = Set.of(
            "ReduceSum",
            "ReduceL1",
            "ReduceMax",
            "ReduceMean",
            "ReduceLogSumExp",
            "ReduceLogSum",
            "Exp",
            "Log",
            "Sub",
            "Add",
            "Max",
            "Clip",
            "Reciprocal",
            "Identity",
            "Cast",
            "Reshape",
            "Expand",
            "Squeeze",
            "Unsqueeze",
            "StopGradient");

    /** Those whose other inputs are shapes, axes or limits. */
    private static final Set<String> FIRST_ONLY =
            Set.of("ReduceSum", "Clip", "Reshape", "Expand", "Squeeze", "Unsqueeze");

    private static final int MAX_NODES = 16;

    private final OnnxGraph graph;

    WrittenSoftmax(OnnxGraph graph) {
        this.graph = graph;
    }

    /** {@return the tensor whose softmax, or shift by one number, the operation computes} */
    Optional<String> logits(OnnxNode node) {
        return switch (node.op()) {
            case "Div", "Mul" ->
                exponent(node.input(0), node.input(1))
                        .or(() -> node.op().equals("Mul") ? exponent(node.input(1), node.input(0)) : Optional.empty());
            case "Sub" -> isReduced(node.input(1), node.input(0)) ? Optional.of(node.input(0)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** x, if {@code numerator} is exp(x) and {@code other} a reduction of it. */
    private Optional<String> exponent(String numerator, String other) {
        return graph.producer(numerator)
                .filter(node -> node.op().equals("Exp") && isReduced(other, numerator))
                .map(node -> node.input(0));
    }

    /** Whether a tensor has one number for each sample, made of {@code source}. */
    private boolean isReduced(String tensor, String source) {
        Deque<String> open = new ArrayDeque<>(Set.of(tensor));
        Set<String> seen = new HashSet<>();
        boolean isReduced = false;
        boolean isFound = false;
        while (!open.isEmpty() && seen.size() < MAX_NODES) {
            String next = open.pop();
            if (next.equals(source)) {
                isFound = true;
                continue;
            }
            Optional<OnnxNode> producer = graph.producer(next);
            if (producer.isEmpty() || !seen.add(next)) {
                continue;
            }
            if (!REDUCTIONS.contains(producer.get().op())) {
                if (!producer.get().op().equals("Constant")) {
                    return false;
                }
                continue;
            }
            isReduced |= producer.get().op().startsWith("Reduce");
            boolean isOne = FIRST_ONLY.contains(producer.get().op());
            producer.get().inputs().stream().limit(isOne ? 1 : Long.MAX_VALUE).forEach(open::push);
        }
        return isReduced && isFound;
    }
}
