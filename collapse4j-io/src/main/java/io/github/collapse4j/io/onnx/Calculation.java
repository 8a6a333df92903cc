package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Operations that compute with constants, as ONNX defines them, of those that weights go through: scaling, normalising,
 * merging and dequantising.
 */
final class Calculation {
    private static final double MOST_PRODUCTS = 1e11;

    private static final Map<String, DoubleUnaryOperator> FUNCTIONS = Map.ofEntries(
            Map.entry("Neg", x -> -x),
            Map.entry("Abs", Math::abs),
            Map.entry("Sign", Math::signum),
            Map.entry("Sqrt", Math::sqrt),
            Map.entry("Reciprocal", x -> 1 / x),
            Map.entry("Exp", Math::exp),
            Map.entry("Log", Math::log),
            Map.entry("Tanh", Math::tanh),
            Map.entry("Floor", Math::floor),
            Map.entry("Round", Math::rint));

    private static final Map<String, DoubleBinaryOperator> ARITHMETIC = Map.of(
            "Add", Double::sum,
            "Sum", Double::sum,
            "Sub", (x, y) -> x - y,
            "Mul", (x, y) -> x * y,
            "Div", (x, y) -> x / y,
            "Pow", Math::pow,
            "Max", Math::max,
            "Min", Math::min);

    /** What a reduction does to an entry, to two results, and at the end to the result and the number of entries. */
    private record Reduction(DoubleUnaryOperator each, DoubleBinaryOperator join, DoubleBinaryOperator end) {
        static Reduction sum(DoubleUnaryOperator each, DoubleBinaryOperator end) {
            return new Reduction(each, Double::sum, end);
        }
    }

    private static final Map<String, Reduction> REDUCTIONS = Map.of(
            "ReduceSum", Reduction.sum(x -> x, (sum, n) -> sum),
            "ReduceMean", Reduction.sum(x -> x, (sum, n) -> sum / n),
            "ReduceL1", Reduction.sum(Math::abs, (sum, n) -> sum),
            "ReduceL2", Reduction.sum(x -> x * x, (sum, n) -> Math.sqrt(sum)),
            "ReduceSumSquare", Reduction.sum(x -> x * x, (sum, n) -> sum),
            "ReduceMax", new Reduction(x -> x, Math::max, (most, n) -> most),
            "ReduceMin", new Reduction(x -> x, Math::min, (least, n) -> least));

    private static final Set<String> OTHERS = Set.of("Cast", "MatMul", "LpNormalization", "DequantizeLinear");

    private final ConstantNode in;

    Calculation(ConstantNode in) {
        this.in = in;
    }

    static boolean isKnown(String op) {
        return FUNCTIONS.containsKey(op)
                || ARITHMETIC.containsKey(op)
                || REDUCTIONS.containsKey(op)
                || OTHERS.contains(op);
    }

    /** {@return the result, named after the first operand unless several make it} */
    OnnxValue value() throws FormatException {
        String op = in.node().op();
        OnnxValue first = in.operand(0);
        if (FUNCTIONS.containsKey(op)) {
            return in.copy(first).mapped(FUNCTIONS.get(op), first.type());
        }
        if (ARITHMETIC.containsKey(op)) {
            return arithmetic(ARITHMETIC.get(op));
        }
        if (REDUCTIONS.containsKey(op)) {
            return reduced(
                    first,
                    REDUCTIONS.get(op),
                    in.axes(first.dimensions()),
                    in.node().integer("keepdims", 1) != 0);
        }
        return switch (op) {
            case "Cast" -> in.copy(first).mapped(x -> x, OnnxType.of(in.node().integer("to", 1)));
            case "MatMul" -> product(first, in.operand(1));
            case "LpNormalization" -> normalised(first);
            default -> dequantised(first);
        };
    }

    private OnnxValue arithmetic(DoubleBinaryOperator operator) throws FormatException {
        OnnxValue result = in.operand(0);
        for (int i = 1; i < in.operands().size(); i++) {
            List<Long> shape = in.common(result.shape(), in.operand(i).shape());
            double[] left = in.broadcast(result, shape).entries();
            double[] right = in.broadcast(in.operand(i), shape).entries();
            for (int j = 0; j < left.length; j++) {
                left[j] = result.type().rounded(operator.applyAsDouble(left[j], right[j]));
            }
            result = new OnnxValue(in.output(), result.type(), shape, left);
        }
        return result;
    }

    private OnnxValue reduced(OnnxValue value, Reduction reduction, List<Integer> axes, boolean keeps)
            throws FormatException {
        List<Integer> order = new ArrayList<>();
        List<Long> shape = new ArrayList<>();
        for (int i = 0; i < value.dimensions(); i++) {
            if (!axes.contains(i)) {
                order.add(i);
                shape.add(value.shape().get(i));
            } else if (keeps) {
                shape.add(1L);
            }
        }
        order.addAll(axes.stream().distinct().toList());
        double[] sorted = in.permuted(value, order).entries();
        double[] results = in.room().compute(value.source(), shape);
        in.require(sorted.length > 0 && results.length > 0, "entries", value.text());
        int each = sorted.length / results.length;
        for (int i = 0; i < results.length; i++) {
            double result = reduction.each().applyAsDouble(sorted[i * each]);
            for (int j = i * each + 1; j < (i + 1) * each; j++) {
                result = reduction.join().applyAsDouble(result, reduction.each().applyAsDouble(sorted[j]));
            }
            results[i] = value.type().rounded(reduction.end().applyAsDouble(result, each));
        }
        return new OnnxValue(value.source(), value.type(), shape, results);
    }

    private OnnxValue normalised(OnnxValue value) throws FormatException {
        String norm = in.node().integer("p", 2) == 1 ? "ReduceL1" : "ReduceL2";
        int axis = in.axis(in.node().integer("axis", -1), value.dimensions());
        double[] norms = in.broadcast(
                        reduced(value, Objects.requireNonNull(REDUCTIONS.get(norm)), List.of(axis), true),
                        value.shape())
                .entries();
        OnnxValue result = in.copy(value);
        for (int i = 0; i < norms.length; i++) {
            result.entries()[i] = value.type().rounded(result.entries()[i] / norms[i]);
        }
        return result;
    }

    private OnnxValue dequantised(OnnxValue value) throws FormatException {
        in.require(in.node().integer("block_size", 0) == 0, "one scale, or one for each row or column", "blocks");
        OnnxValue scale = alongAxis(in.operand(1), value);
        Optional<OnnxValue> zero = in.given(2);
        double[] zeros = zero.isPresent() ? alongAxis(zero.get(), value).entries() : new double[value.entries().length];
        OnnxValue result = in.copy(value);
        for (int i = 0; i < zeros.length; i++) {
            result.entries()[i] = scale.type().rounded((result.entries()[i] - zeros[i]) * scale.entries()[i]);
        }
        return new OnnxValue(value.source(), scale.type(), value.shape(), result.entries());
    }

    /** A number, or one for each index of an axis, for each entry. */
    private OnnxValue alongAxis(OnnxValue numbers, OnnxValue value) throws FormatException {
        if (numbers.entries().length == 1) {
            return in.broadcast(numbers.reshaped(List.of()), value.shape());
        }
        int axis = in.axis(in.node().integer("axis", 1), value.dimensions());
        in.require(
                numbers.shape().equals(List.of(value.shape().get(axis))),
                "a number for each of " + value.shape().get(axis),
                numbers.text());
        List<Long> shape = new ArrayList<>(Collections.nCopies(value.dimensions(), 1L));
        shape.set(axis, value.shape().get(axis));
        return in.broadcast(numbers.reshaped(shape), value.shape());
    }

    private OnnxValue product(OnnxValue a, OnnxValue b) throws FormatException {
        in.require(
                a.dimensions() == 2
                        && b.dimensions() == 2
                        && a.shape().get(1).equals(b.shape().get(0)),
                "two matrices that can be multiplied",
                a.text() + " and " + b.text());
        long rows = a.shape().get(0);
        long inner = a.shape().get(1);
        long columns = b.shape().get(1);
        in.require((double) rows * inner * columns <= MOST_PRODUCTS, "smaller matrices", a.text() + " and " + b.text());
        List<Long> shape = List.of(rows, columns);
        double[] entries = in.room().compute(in.output(), shape);
        if (entries.length > 0 && inner > 0) {
            Matrix right = Matrix.wrap((int) columns, (int) inner, b.entries());
            Matrix left = Matrix.wrap((int) inner, (int) rows, a.entries());
            System.arraycopy(LinearAlgebra.multiply(right, left).data(), 0, entries, 0, entries.length);
        }
        return new OnnxValue(in.output(), a.type(), shape, entries).mapped(x -> x, a.type());
    }
}
