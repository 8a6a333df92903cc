package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.array.Origin;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The tensors that do not depend on the input: initialisers, constants, and what known operations make of them. */
final class OnnxConstants {
    private static final int MOST_OPERATIONS = 1000;

    private final InputFile file;
    private final OnnxGraph graph;

    /** Operations on constants, each after those whose results it reads. */
    private final List<OnnxNode> order = new ArrayList<>();

    private final Set<String> made = new HashSet<>();

    OnnxConstants(InputFile file, OnnxGraph graph) {
        this.file = file;
        this.graph = graph;
        sort();
    }

    /** Begins with the operations that need nothing else, and goes on with those that wait for no other any more. */
    @SuppressWarnings("ReferenceEquality") // nodes are told apart by where they stand
    private void sort() {
        Map<String, List<OnnxNode>> readers = new HashMap<>();
        IdentityHashMap<OnnxNode, Integer> waiting = new IdentityHashMap<>();
        Deque<OnnxNode> ready = new ArrayDeque<>();
        for (OnnxNode node : graph.nodes()) {
            if (isKnown(node.op())) {
                List<String> awaited = node.inputs().stream()
                        .filter(input ->
                                !input.isEmpty() && !graph.initializers().containsKey(input))
                        .distinct()
                        .toList();
                awaited.forEach(input ->
                        readers.computeIfAbsent(input, key -> new ArrayList<>()).add(node));
                waiting.put(node, awaited.size());
                if (awaited.isEmpty()) {
                    ready.add(node);
                }
            }
        }
        while (!ready.isEmpty()) {
            OnnxNode node = ready.remove();
            order.add(node);
            for (String output : node.outputs()) {
                if (graph.producer(output).filter(maker -> maker == node).isPresent() && made.add(output)) {
                    for (OnnxNode reader : readers.getOrDefault(output, List.of())) {
                        if (waiting.merge(reader, -1, Integer::sum) == 0) {
                            ready.add(reader);
                        }
                    }
                }
            }
        }
    }

    private static boolean isKnown(String op) {
        return op.equals("Constant")
                || op.equals("ConstantOfShape")
                || Rearrangement.OPERATIONS.contains(op)
                || Calculation.isKnown(op);
    }

    OnnxGraph graph() {
        return graph;
    }

    /** The file, for messages. */
    Origin origin() {
        return file.origin();
    }

    /** Whether a tensor does not depend on the input, nor on an operation that is not known here. */
    boolean isConstant(String name) {
        return graph.initializers().containsKey(name) || made.contains(name);
    }

    /** The inputs of an operation that are not constant. */
    List<String> variable(OnnxNode node) {
        return node.inputs().stream()
                .filter(input -> !input.isEmpty() && !isConstant(input))
                .distinct()
                .toList();
    }

    /**
     * Computes a tensor.
     *
     * @return empty if it is not constant
     */
    Optional<OnnxValue> value(String name) throws IOException {
        return isConstant(name) ? Optional.of(computed(name)) : Optional.empty();
    }

    /**
     * Computes an input of an operation.
     *
     * @param at what the operation makes, for messages
     * @throws FormatException if it is not constant
     */
    OnnxValue parameter(OnnxNode node, int index, String at) throws IOException {
        String name = node.input(index);
        if (isConstant(name)) {
            return computed(name);
        }
        String maker = graph.producer(name)
                .map(producer -> "made by " + Unsupported.reason(producer.op()))
                .orElse("which depends on the input");
        throw origin().defect(node.op() + " that makes " + at, "constant parameters", "'" + name + "', " + maker, 0);
    }

    private OnnxValue computed(String name) throws IOException {
        Set<String> needed = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(name));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (!next.isEmpty() && needed.add(next) && !graph.initializers().containsKey(next)) {
                graph.producer(next).ifPresent(node -> node.inputs().forEach(open::push));
            }
            if (needed.size() > MOST_OPERATIONS) {
                throw file.origin()
                        .defect("graph", "at most " + MOST_OPERATIONS + " operations on constants", "more", 0);
            }
        }
        Allowance room = new Allowance(file.origin());
        Map<String, OnnxValue> values = new HashMap<>();
        for (String given : needed) {
            OnnxTensor initializer = graph.initializers().get(given);
            if (initializer != null) {
                values.put(given, read(initializer, given, room));
            }
        }
        for (OnnxNode node : order) {
            for (String output : node.outputs()) {
                if (needed.contains(output) && !values.containsKey(output)) {
                    values.put(output, result(node, output, values, room));
                }
            }
        }
        return Objects.requireNonNull(values.get(name));
    }

    private OnnxValue result(OnnxNode node, String output, Map<String, OnnxValue> values, Allowance room)
            throws IOException {
        if (node.op().equals("Constant")) {
            return constant(node, output, room);
        }
        ConstantNode operation = new ConstantNode(
                node,
                output,
                node.inputs().stream()
                        .map(input -> Optional.ofNullable(values.get(input)))
                        .toList(),
                room,
                file.origin());
        if (node.op().equals("ConstantOfShape")) {
            OnnxValue number = constant(node, output, room);
            List<Long> shape = operation.integers(operation.operand(0));
            double[] entries = room.compute(output, shape);
            operation.require(number.entries().length == 1, "one number", number.text());
            Arrays.fill(entries, number.entries()[0]);
            return new OnnxValue(output, number.type(), shape, entries);
        }
        return Rearrangement.OPERATIONS.contains(node.op())
                ? new Rearrangement(operation).value()
                : new Calculation(operation).value();
    }

    /** The value in the attributes; zero where there is none. */
    private OnnxValue constant(OnnxNode node, String name, Allowance room) throws IOException {
        Optional<OnnxTensor> tensor =
                node.attribute("value").flatMap(attribute -> Optional.ofNullable(attribute.tensor()));
        if (tensor.isPresent()) {
            return read(tensor.get(), name, room);
        }
        for (String key : List.of("value_floats", "value_ints", "value_float", "value_int")) {
            Optional<OnnxNode.Attribute> attribute = node.attribute(key);
            if (attribute.isPresent()) {
                OnnxNode.Attribute given = attribute.get();
                return switch (key) {
                    case "value_floats" ->
                        new OnnxValue(
                                name,
                                OnnxType.FLOAT,
                                List.of((long) given.numbers().size()),
                                given.numbers().stream()
                                        .mapToDouble(Float::doubleValue)
                                        .toArray());
                    case "value_ints" -> OnnxValue.integers(name, given.integers());
                    case "value_float" -> number(name, OnnxType.FLOAT, given.number());
                    default -> number(name, OnnxType.INT64, (double) given.integer());
                };
            }
        }
        if (node.op().equals("ConstantOfShape")) {
            return number(name, OnnxType.FLOAT, 0);
        }
        throw file.origin().entry(name).defect("Constant", "numbers", "text or a sparse tensor", 0);
    }

    private static OnnxValue number(String name, OnnxType type, double number) {
        return new OnnxValue(name, type, List.of(), new double[] {number});
    }

    private OnnxValue read(OnnxTensor tensor, String name, Allowance room) throws IOException {
        Origin origin = file.origin().entry(name);
        ArrayHeader header = tensor.header(origin);
        double[] entries = room.read(name, tensor.shape());
        try (NumericArray array = tensor.array(file, origin)) {
            if (entries.length > 0) {
                NumericMatrix column =
                        array.reshaped(List.of(header.elementCount())).matrix();
                column.readRows(0, entries.length, entries);
            }
            return new OnnxValue(name, tensor.type(), tensor.shape(), entries);
        }
    }
}
