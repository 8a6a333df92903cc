package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Values of tensors that do not depend on the input: initialisers, constants, and what shape operations make of them.
 */
final class OnnxConstants {
    private static final int LONGEST_CHAIN = 100;

    /** Short, since the shape of a shape may be computed, too. */
    private static final int LONGEST_SHAPE_CHAIN = 3;

    private final InputFile file;
    private final OnnxGraph graph;

    OnnxConstants(InputFile file, OnnxGraph graph) {
        this.file = file;
        this.graph = graph;
    }

    /**
     * Computes a tensor.
     *
     * @return empty if it depends on the input, or on an operation that is not known here
     */
    Optional<OnnxValue> value(String name) throws IOException {
        return value(name, 0);
    }

    private Optional<OnnxValue> value(String name, int depth) throws IOException {
        OnnxTensor initializer = graph.initializers().get(name);
        if (initializer != null) {
            return Optional.of(read(initializer, name));
        }
        Optional<OnnxNode> producer = graph.producer(name);
        if (producer.isEmpty()) {
            return Optional.empty();
        }
        if (depth == LONGEST_CHAIN) {
            throw file.origin().defect("graph", "at most " + LONGEST_CHAIN + " operations on a constant", "more", 0);
        }
        OnnxNode node = producer.get();
        if (node.op().equals("Constant")) {
            return constant(node, name);
        }
        if (!List.of("Identity", "Cast", "Reshape", "Transpose", "Flatten", "Squeeze", "Unsqueeze")
                .contains(node.op())) {
            return Optional.empty();
        }
        Optional<OnnxValue> operand = value(node.input(0), depth + 1);
        if (operand.isEmpty()) {
            return operand;
        }
        OnnxValue value = operand.get();
        return switch (node.op()) {
            case "Identity", "Cast" -> operand;
            case "Reshape" -> {
                List<Long> shape = node.attribute("shape")
                        .map(OnnxNode.Attribute::integers)
                        .orElse(List.of());
                Optional<OnnxValue> given =
                        value(node.input(1), Math.max(depth + 1, LONGEST_CHAIN - LONGEST_SHAPE_CHAIN));
                if (given.isPresent()) {
                    yield Optional.of(reshape(value, integers(given.get())));
                }
                yield shape.isEmpty() ? Optional.empty() : Optional.of(reshape(value, shape));
            }
            case "Transpose" -> Optional.of(transpose(value, node));
            case "Flatten" -> Optional.of(flatten(value, node.integer("axis", 1)));
            default -> Optional.of(squeeze(value));
        };
    }

    private Optional<OnnxValue> constant(OnnxNode node, String name) throws IOException {
        Optional<OnnxNode.Attribute> tensor = node.attribute("value");
        if (tensor.isPresent() && tensor.get().tensor() != null) {
            return Optional.of(read(tensor.get().tensor(), name));
        }
        for (String key : List.of("value_floats", "value_ints", "value_float", "value_int")) {
            Optional<OnnxNode.Attribute> attribute = node.attribute(key);
            if (attribute.isPresent()) {
                OnnxNode.Attribute given = attribute.get();
                return Optional.of(
                        switch (key) {
                            case "value_floats" -> vector(name, given.numbers());
                            case "value_ints" -> vector(name, given.integers());
                            case "value_float" -> number(name, given.number());
                            default -> number(name, (double) given.integer());
                        });
            }
        }
        return Optional.empty();
    }

    private static OnnxValue vector(String name, List<? extends Number> numbers) {
        return new OnnxValue(
                name,
                List.of((long) numbers.size()),
                numbers.stream().mapToDouble(Number::doubleValue).toArray());
    }

    private static OnnxValue number(String name, double number) {
        return new OnnxValue(name, List.of(), new double[] {number});
    }

    private OnnxValue read(OnnxTensor tensor, String name) throws IOException {
        Origin origin = file.origin().entry(name);
        ArrayHeader header = tensor.header(origin);
        long count = header.elementCount();
        if (count > Math.min(Matrix.MAX_ENTRIES, Runtime.getRuntime().maxMemory() / 4 / Double.BYTES)) {
            throw origin.defect("dims", "a tensor that fits into memory", header.shapeText(), 0);
        }
        try (NumericArray array = tensor.array(file, origin)) {
            double[] entries = new double[(int) count];
            if (count > 0) {
                NumericMatrix column = array.reshaped(List.of(count)).matrix();
                column.readRows(0, (int) count, entries);
            }
            return new OnnxValue(name, tensor.shape(), entries);
        }
    }

    private List<Long> integers(OnnxValue value) throws FormatException {
        if (value.entries().length > ArrayHeader.MAX_DIMENSIONS) {
            throw file.origin()
                    .entry(value.source())
                    .defect("shape", "at most " + ArrayHeader.MAX_DIMENSIONS + " dimensions", value.text(), 0);
        }
        List<Long> integers = new ArrayList<>();
        for (double entry : value.entries()) {
            integers.add((long) entry);
        }
        return integers;
    }

    private OnnxValue reshape(OnnxValue value, List<Long> wanted) throws FormatException {
        List<Long> shape = new ArrayList<>(wanted);
        double known = 1; // absurd lengths do not overflow
        for (int i = 0; i < shape.size(); i++) {
            if (shape.get(i) == 0 && i < value.dimensions()) {
                shape.set(i, value.shape().get(i));
            }
            known *= shape.get(i) == -1 ? 1 : shape.get(i);
        }
        if (known > 0 && Collections.frequency(shape, -1L) == 1) {
            int free = shape.indexOf(-1L);
            shape.set(free, (long) (value.entries().length / known));
            known *= shape.get(free);
        }
        if (shape.stream().anyMatch(length -> length < 0) || known != value.entries().length) {
            throw file.origin()
                    .entry(value.source())
                    .defect("shape", "that of " + value.entries().length + " numbers", wanted.toString(), 0);
        }
        return value.reshaped(shape);
    }

    private OnnxValue transpose(OnnxValue value, OnnxNode node) throws FormatException {
        List<Long> order =
                node.attribute("perm").map(OnnxNode.Attribute::integers).orElse(List.of());
        if (value.dimensions() < 2 || order.equals(List.of(0L, 1L))) {
            return value;
        }
        if (value.dimensions() == 2 && (order.isEmpty() || order.equals(List.of(1L, 0L)))) {
            return value.transposed();
        }
        throw file.origin()
                .entry(value.source())
                .defect("Transpose", "that of a matrix", "perm " + order + " of " + value.shape(), 0);
    }

    private OnnxValue flatten(OnnxValue value, long axis) {
        long at = axis < 0 ? axis + value.dimensions() : axis;
        long rows = value.shape().stream().limit(Math.max(0, at)).reduce(1L, (a, b) -> a * b);
        return value.reshaped(List.of(rows, rows == 0 ? 0 : value.entries().length / rows));
    }

    /** Dimensions of length 1 do not matter to the uses of constants here. */
    private static OnnxValue squeeze(OnnxValue value) {
        return value.reshaped(
                value.shape().stream().filter(length -> length != 1).toList());
    }
}
