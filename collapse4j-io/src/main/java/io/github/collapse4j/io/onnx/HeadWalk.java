package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.io.head.LinearHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Walks back from an output of a model, through whatever does not change its decisions, to the last linear map. What is
 * linear itself is folded into that map.
 */
final class HeadWalk {
    /** Functions of logits that a classifier may end with. */
    private static final Set<String> DECISIONS =
            Set.of("Softmax", "LogSoftmax", "Log", "Sigmoid", "Hardmax", "ArgMax", "TopK", "ai.onnx.ml.ZipMap");

    private static final Set<String> SHAPES =
            Set.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Cast", "Dropout");

    /** What works on labels and probabilities alone. */
    private static final Set<String> OF_LABELS =
            Set.of("ai.onnx.ml.ArrayFeatureExtractor", "ai.onnx.ml.LabelEncoder", "ai.onnx.ml.Normalizer");

    private static final int MAX_LAYERS = 32;

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

    /** What was found that logits do not end with, until a softmax or the like shows that they come before it. */
    private Optional<String> obstacle = Optional.empty();

    /** What lies between the linear map and the logits, the last first. */
    private final List<LogitStep> between = new ArrayList<>();

    private HeadWalk(OnnxConstants constants, String from) {
        this.graph = constants.graph();
        this.constants = constants;
        this.origin = constants.origin();
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
    static OnnxHead from(String tensor, OnnxConstants constants) throws IOException {
        return new HeadWalk(constants, tensor).walk();
    }

    private OnnxHead walk() throws IOException {
        for (int steps = 0; steps <= graph.nodes().size(); steps++) {
            Optional<OnnxNode> producer = graph.producer(at);
            if (producer.isEmpty()) {
                throw refuse("the input or a constant");
            }
            OnnxNode node = producer.get();
            if (LinearOperation.isLinear(node)) {
                if (obstacle.isPresent()) {
                    boolean isHead = constants.variable(node).size() == 1;
                    throw expectedLinear(obstacle.get() + (isHead ? ", after the linear map that makes " + at : ""));
                }
                return head(new LinearOperation(node, at, samplesAreColumns, output, constants).map());
            }
            step(node);
            if (between.size() > MAX_LAYERS) {
                throw refuse("more than " + MAX_LAYERS + " scales and shifts");
            }
        }
        throw origin.defect("graph", "operations in some order", "a cycle at " + at, 0);
    }

    private void step(OnnxNode node) throws IOException {
        Optional<String> normalised = softmax.logits(node);
        if (node.op().equals("Transpose") && isOfMatrix(node)) {
            samplesAreColumns = !samplesAreColumns;
            goOn(node.input(0));
        } else if (isArithmetic(node) && normalised.isEmpty()) {
            arithmetic(node);
        } else if (ClassChoice.OPERATIONS.contains(node.op()) && isChoiceOfClasses(node)) {
            choice(node);
        } else if (node.op().equals("Neg")) {
            between.add(Affine.negating());
            at = node.input(0);
        } else if (samplesAreColumns) {
            throw refuse(node.op() + " before a Transpose");
        } else if (normalised.isPresent()) {
            restart(normalised.get());
        } else if (DECISIONS.contains(node.op()) || (node.op().equals("Clip") && isAroundZero(node))) {
            restart(node.input(0));
        } else if (SHAPES.contains(node.op()) || (node.op().equals("Transpose") && isWithinSamples(node))) {
            goOn(node.input(0));
        } else if (node.op().equals("BatchNormalization")) {
            between.add(Affine.normalising(
                    constants.parameter(node, 1, at),
                    constants.parameter(node, 2, at),
                    constants.parameter(node, 3, at),
                    constants.parameter(node, 4, at),
                    node.number("epsilon", 1e-5),
                    origin));
            at = node.input(0);
        } else {
            passBy(node);
        }
    }

    private void goOn(String tensor) {
        at = tensor;
        logits = samplesAreColumns || !between.isEmpty() ? logits : at;
    }

    private void restart(String tensor) {
        obstacle = Optional.empty();
        at = tensor;
        logits = tensor;
        between.clear();
    }

    /** Goes on before an operation on one tensor, to see whether it is one on logits or on what a softmax made of them. */
    private void passBy(OnnxNode node) throws FormatException {
        List<String> variable = constants.variable(node);
        boolean isOpaque = Unsupported.isOpaque(node.op()) && !OF_LABELS.contains(node.op());
        if (isOpaque) {
            throw expectedLinear(Unsupported.reason(node.op()) + " that makes " + at);
        }
        if (variable.isEmpty()) {
            throw refuse(node.op());
        }
        if (variable.size() > 1) {
            throw refuse(node.op() + " of " + variable.size() + " tensors that depend on the input");
        }
        obstacle = obstacle.or(() -> Optional.of(node.op() + " that makes " + at));
        at = variable.get(0);
    }

    private static boolean isOfMatrix(OnnxNode node) {
        return order(node).isEmpty() || order(node).equals(List.of(1L, 0L));
    }

    /** Whether only axes that logits have of length 1 change places with that of the classes. */
    private static boolean isWithinSamples(OnnxNode node) {
        return order(node).size() > 2 && order(node).get(0) == 0;
    }

    private static List<Long> order(OnnxNode transpose) {
        return transpose.attribute("perm").map(OnnxNode.Attribute::integers).orElse(List.of());
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

    private static boolean isArithmetic(OnnxNode node) {
        return Set.of("Add", "Sum", "Sub", "Mul", "Div").contains(node.op())
                && node.inputs().size() == 2;
    }

    private void arithmetic(OnnxNode node) throws IOException {
        boolean isSecond = constants.isConstant(node.input(1));
        if (!isSecond && !constants.isConstant(node.input(0))) {
            throw refuse(node.op() + " of two tensors that depend on the input");
        }
        if (!isSecond && node.op().equals("Div")) {
            throw refuse("Div by a tensor that depends on the input");
        }
        OnnxValue value = perClass(constants.parameter(node, isSecond ? 1 : 0, at));
        between.add(
                switch (node.op()) {
                    case "Add", "Sum" -> Affine.adding(value, 1);
                    case "Sub" -> isSecond ? Affine.adding(value, -1) : Affine.subtractedFrom(value);
                    default -> Affine.multiplying(value, node.op().equals("Div"));
                });
        at = node.input(isSecond ? 0 : 1);
    }

    /** With samples as columns, numbers for classes are a column, too. */
    private OnnxValue perClass(OnnxValue value) throws FormatException {
        int last = value.dimensions() - 1;
        if (samplesAreColumns && value.entries().length != 1 && value.shape().get(last) != 1) {
            throw origin.defect("constant " + value.source(), "a column of one number for each class", value.text(), 0);
        }
        return value;
    }

    private boolean isChoiceOfClasses(OnnxNode node) {
        return constants.variable(node).equals(List.of(node.input(0)));
    }

    private void choice(OnnxNode node) throws IOException {
        List<Optional<OnnxValue>> parameters = new ArrayList<>();
        for (String input : node.inputs().subList(1, node.inputs().size())) {
            parameters.add(constants.value(input));
        }
        between.add(new ClassChoice(node, at, parameters, samplesAreColumns));
        at = node.input(0);
    }

    private OnnxHead head(LinearMap map) throws FormatException {
        map.bias().ifPresent(between::add);
        LinearHead head = map.head();
        for (int i = between.size() - 1; i >= 0; i--) {
            head = between.get(i).after(head, origin);
        }
        return new OnnxHead(head, map.features(), map.transposed(), logits, graph.inputs());
    }

    private FormatException refuse(String found) {
        return expectedLinear(obstacle.orElse(found + " that makes " + at));
    }

    private FormatException expectedLinear(String found) {
        return origin.defect("output " + output, "a linear map (Gemm, MatMul, Einsum or 1×1 Conv) before it", found, 0);
    }
}
