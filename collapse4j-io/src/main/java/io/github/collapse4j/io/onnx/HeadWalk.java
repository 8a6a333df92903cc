package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.io.head.LinearHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Walks back from an output of a model, through whatever does not change its decisions, to the last linear map. */
final class HeadWalk {
    /** Functions of logits that a classifier may end with. */
    private static final Set<String> DECISIONS =
            Set.of("Softmax", "LogSoftmax", "Log", "Sigmoid", "Hardmax", "ArgMax", "TopK", "ai.onnx.ml.ZipMap");

    /** What probabilities and their logarithms may end with; of anything else, these are activations. */
    private static final Set<String> OF_PROBABILITIES = Set.of("Clip", "Max", "Min", "Exp");

    private static final Set<String> SHAPES =
            Set.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Cast", "Dropout");
    private static final Set<String> POOLS = Set.of("GlobalAveragePool", "GlobalMaxPool", "ReduceMean");
    private static final int LONGEST_WAY_TO_POOL = 20;
    private static final int MOST_LAYERS = 32;

    private final OnnxGraph graph;
    private final OnnxConstants constants;
    private final Origin origin;
    private final WrittenSoftmax softmax;

    private final String output;

    /** The tensor that the walk has come to. */
    private String at;

    /** Whether that tensor has a column for each sample, since a Transpose follows. */
    private boolean samplesAreColumns;

    private String logits;

    /** What was found that only probabilities end with, until a softmax shows that it was of these. */
    private Optional<String> ofProbabilities = Optional.empty();

    /** What lies between the linear map and the logits, the last first. */
    private final List<Affine> affine = new ArrayList<>();

    private HeadWalk(OnnxGraph graph, OnnxConstants constants, Origin origin, String from) {
        this.graph = graph;
        this.constants = constants;
        this.origin = origin;
        this.softmax = new WrittenSoftmax(graph);
        this.output = from;
        this.at = from;
        this.logits = from;
    }

    /**
     * Finds the linear map that makes a tensor.
     *
     * @throws FormatException if there is none, or something that cannot be part of a head comes first
     */
    static OnnxHead from(String tensor, OnnxGraph graph, OnnxConstants constants, Origin origin) throws IOException {
        return new HeadWalk(graph, constants, origin, tensor).walk();
    }

    private OnnxHead walk() throws IOException {
        for (int steps = 0; steps <= graph.nodes().size(); steps++) {
            Optional<OnnxNode> producer = graph.producer(at);
            if (producer.isEmpty()) {
                throw refuse("the input or a constant");
            }
            OnnxNode node = producer.get();
            if (ofProbabilities.isPresent() && Set.of("Gemm", "MatMul", "Conv").contains(node.op())) {
                throw expectedLinear(ofProbabilities.get());
            }
            switch (node.op()) {
                case "Gemm" -> {
                    return gemm(node);
                }
                case "MatMul" -> {
                    return matMul(node);
                }
                case "Conv" -> {
                    return convolution(node);
                }
                default -> step(node);
            }
            if (affine.size() > MOST_LAYERS) {
                throw refuse("more than " + MOST_LAYERS + " scales and shifts");
            }
        }
        throw origin.defect("graph", "operations in some order", "a cycle at " + at, 0);
    }

    private void step(OnnxNode node) throws IOException {
        if (node.op().equals("Transpose") && isOfMatrix(node)) {
            samplesAreColumns = !samplesAreColumns;
            at = node.input(0);
            logits = samplesAreColumns || !affine.isEmpty() ? logits : at;
            return;
        }
        if (Set.of("Add", "Sum", "Sub", "Mul", "Div").contains(node.op())
                && node.inputs().size() == 2
                && softmax.logits(node).isEmpty()) {
            arithmetic(node);
            return;
        }
        if (samplesAreColumns) {
            throw refuse(node.op() + " before a Transpose");
        }
        Optional<String> normalised = softmax.logits(node);
        if (normalised.isPresent()) {
            restart(normalised.get());
        } else if (DECISIONS.contains(node.op())) {
            restart(node.input(0));
        } else if (node.op().equals("Clip") && isAroundZero(node)) {
            at = node.input(0);
            logits = at;
            affine.clear();
        } else if (OF_PROBABILITIES.contains(node.op())) {
            ofProbabilities = ofProbabilities.or(() -> Optional.of(node.op() + " that makes " + at));
            at = node.input(constants.value(node.input(0)).isPresent() ? 1 : 0);
        } else if (SHAPES.contains(node.op())) {
            at = node.input(0);
            logits = affine.isEmpty() ? at : logits;
        } else if (node.op().equals("BatchNormalization")) {
            affine.add(Affine.normalising(
                    parameter(node, 1),
                    parameter(node, 2),
                    parameter(node, 3),
                    parameter(node, 4),
                    node.number("epsilon", 1e-5),
                    origin));
            at = node.input(0);
        } else {
            throw refuse(reason(node.op()));
        }
    }

    private static boolean isOfMatrix(OnnxNode node) {
        List<Long> order =
                node.attribute("perm").map(OnnxNode.Attribute::integers).orElse(List.of());
        return order.isEmpty() || order.equals(List.of(1L, 0L));
    }

    /** Limits of logits; a limit at zero is an activation's. */
    private boolean isAroundZero(OnnxNode node) throws IOException {
        return limit(node, "min", 1, Double.NEGATIVE_INFINITY) < 0
                && limit(node, "max", 2, Double.POSITIVE_INFINITY) > 0;
    }

    /** Of Clip: an attribute until opset 10, then an input; 0 if it is no constant. */
    private double limit(OnnxNode node, String name, int index, double none) throws IOException {
        if (node.input(index).isEmpty()) {
            return node.number(name, none);
        }
        return constants
                .value(node.input(index))
                .filter(value -> value.entries().length == 1)
                .map(value -> value.entries()[0])
                .orElse(0.0);
    }

    private void restart(String tensor) {
        ofProbabilities = Optional.empty();
        at = tensor;
        logits = tensor;
        affine.clear();
    }

    private void arithmetic(OnnxNode node) throws IOException {
        Optional<OnnxValue> second = constants.value(node.input(1));
        Optional<OnnxValue> first = second.isPresent() ? Optional.empty() : constants.value(node.input(0));
        OnnxValue value = perClass(second.or(() -> first)
                .orElseThrow(() -> refuse(node.op() + " of two tensors that depend on the input")));
        affine.add(
                switch (node.op()) {
                    case "Add", "Sum" -> Affine.adding(value, 1);
                    case "Sub" -> second.isPresent() ? Affine.adding(value, -1) : Affine.subtractedFrom(value);
                    case "Mul" -> Affine.multiplying(value, false);
                    default -> {
                        if (first.isPresent()) {
                            throw refuse("Div by a tensor that depends on the input");
                        }
                        yield Affine.multiplying(value, true);
                    }
                });
        at = node.input(second.isPresent() ? 0 : 1);
    }

    /** With samples as columns, numbers for classes are a column, too. */
    private OnnxValue perClass(OnnxValue value) throws FormatException {
        int last = value.dimensions() - 1;
        if (samplesAreColumns && value.entries().length != 1 && value.shape().get(last) != 1) {
            throw origin.defect("constant " + value.source(), "a column of one number for each class", value.text(), 0);
        }
        return value;
    }

    private OnnxValue parameter(OnnxNode node, int index) throws IOException {
        return constants
                .value(node.input(index))
                .orElseThrow(() -> origin.defect(
                        node.op() + " that makes " + at,
                        "constant parameters",
                        "'" + node.input(index) + "', "
                                + graph.producer(node.input(index))
                                        .map(maker -> "made by " + reason(maker.op()))
                                        .orElse("which depends on the input"),
                        0));
    }

    private OnnxValue weights(OnnxNode node, int index) throws IOException {
        OnnxValue given = parameter(node, index);
        int leading = Math.max(0, given.dimensions() - 2);
        boolean isMatrix = given.shape().stream().limit(leading).allMatch(length -> length == 1);
        OnnxValue value = isMatrix ? given.reshaped(given.shape().subList(leading, given.dimensions())) : given;
        if (value.dimensions() != 2) {
            throw origin.defect(node.op() + " that makes " + at, "a matrix of weights", value.text(), 0);
        }
        return value;
    }

    /** Whether the product is W h, with a column for each sample, instead of h W. */
    private boolean areWeightsFirst(OnnxNode node) throws IOException {
        boolean areFirst = constants.value(node.input(1)).isEmpty()
                && constants.value(node.input(0)).isPresent();
        if (areFirst != samplesAreColumns) {
            throw origin.defect(
                    "output " + output,
                    "logits with a row for each sample",
                    "a column for each, by " + node.op()
                            + (areFirst ? " of weights and features" : " and Transpose")
                            + " that makes " + at,
                    0);
        }
        return areFirst;
    }

    private OnnxHead gemm(OnnxNode node) throws IOException {
        boolean areFirst = areWeightsFirst(node);
        boolean isA = node.integer("transA", 0) == 0;
        boolean isB = node.integer("transB", 0) == 0;
        OnnxValue given = weights(node, areFirst ? 0 : 1);
        OnnxValue w = (areFirst ? isA : !isB) ? given : given.transposed();
        double alpha = node.number("alpha", 1);
        double beta = node.number("beta", 1);
        LinearHead head = linear(w, scaled(w.entries(), alpha));
        if (!node.input(2).isEmpty() && beta != 0) {
            OnnxValue c = perClass(parameter(node, 2));
            affine.add(Affine.adding(areFirst ? c : bias(c, head.weights().rows()), beta));
        }
        return head(head, node.input(areFirst ? 1 : 0), areFirst ? isB : !isA);
    }

    private static double[] scaled(double[] entries, double factor) {
        double[] scaled = entries.clone();
        for (int i = 0; factor != 1 && i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    /** A bias may be repeated for each sample of a fixed batch. */
    private static OnnxValue bias(OnnxValue c, int classes) {
        double[] entries = c.entries();
        if (entries.length > classes && entries.length % classes == 0) {
            for (int i = classes; i < entries.length; i++) {
                if (entries[i] != entries[i - classes]) {
                    return c;
                }
            }
            return new OnnxValue(c.source(), List.of((long) classes), Arrays.copyOf(entries, classes));
        }
        return c;
    }

    private OnnxHead matMul(OnnxNode node) throws IOException {
        boolean areFirst = areWeightsFirst(node);
        OnnxValue w = areFirst ? weights(node, 0) : weights(node, 1).transposed();
        return head(linear(w, w.entries()), node.input(areFirst ? 1 : 0), areFirst);
    }

    /** A 1×1 convolution after global pooling is a linear map. */
    private OnnxHead convolution(OnnxNode node) throws IOException {
        if (samplesAreColumns) {
            throw refuse("Conv before a Transpose");
        }
        OnnxValue kernel = parameter(node, 1);
        List<Long> shape = kernel.shape();
        boolean isPoint = shape.size() >= 2 && shape.stream().skip(2).allMatch(length -> length == 1);
        if (!isPoint || node.integer("group", 1) != 1 || !isAfterPooling(node.input(0))) {
            throw origin.defect(
                    "Conv that makes " + at,
                    "a linear map, or a 1×1 convolution after global pooling",
                    kernel.text(),
                    0);
        }
        OnnxValue w = kernel.reshaped(shape.subList(0, 2));
        if (!node.input(2).isEmpty()) {
            affine.add(Affine.adding(parameter(node, 2), 1));
        }
        return head(linear(w, w.entries()), node.input(0), false);
    }

    private boolean isAfterPooling(String features) throws IOException {
        String tensor = features;
        for (int steps = 0; steps < LONGEST_WAY_TO_POOL; steps++) {
            Optional<OnnxNode> producer = graph.producer(tensor);
            if (producer.isEmpty()) {
                return false;
            }
            if (POOLS.contains(producer.get().op()) || isOfVectors(producer.get())) {
                return true;
            }
            tensor = producer.get().input(0);
        }
        return false;
    }

    /** Whether an operation gives each sample's vector the form of a picture of one pixel. */
    private boolean isOfVectors(OnnxNode node) throws IOException {
        Optional<OnnxValue> shape = node.op().equals("Reshape") ? constants.value(node.input(1)) : Optional.empty();
        return shape.isPresent()
                && shape.get().entries().length > 2
                && Arrays.stream(shape.get().entries()).skip(2).allMatch(length -> length == 1);
    }

    private LinearHead linear(OnnxValue w, double[] entries) throws FormatException {
        return LinearHead.ofRows(
                entries, w.shape().get(0), w.shape().get(1), Optional.empty(), w.text(), origin.entry(w.source()));
    }

    private OnnxHead head(LinearHead bare, String features, boolean transposed) throws FormatException {
        LinearHead head = bare;
        for (int i = affine.size() - 1; i >= 0; i--) {
            head = affine.get(i).after(head, origin);
        }
        return new OnnxHead(head, features, transposed, logits, graph.inputs());
    }

    private FormatException refuse(String found) {
        return expectedLinear(found + " that makes " + at);
    }

    private FormatException expectedLinear(String found) {
        return origin.defect("output " + output, "a linear map (Gemm, MatMul or 1×1 Conv) before it", found, 0);
    }

    private static String reason(String op) {
        return switch (op) {
            case "If", "Loop", "Scan" -> op + ", a graph inside the graph,";
            case "QLinearMatMul",
                    "QLinearConv",
                    "QLinearAdd",
                    "MatMulInteger",
                    "com.microsoft.QGemm",
                    "com.microsoft.QLinearAdd",
                    "com.microsoft.MatMulNBits",
                    "com.microsoft.MatMulIntegerToFloat",
                    "com.microsoft.DynamicQuantizeMatMul",
                    "QuantizeLinear",
                    "DynamicQuantizeLinear",
                    "DequantizeLinear" -> op + " (a quantised head: export the model before quantisation)";
            case "com.microsoft.FusedMatMul", "com.microsoft.FusedGemm" ->
                op + " (of ONNX Runtime's optimiser: take the model before optimisation)";
            default -> op;
        };
    }
}
