package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.head.LinearHead;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the weights of a linear map, and where its features come from.
 *
 * @param node the operation
 * @param at the tensor that it makes
 * @param samplesAreColumns whether that has a column for each sample, since a Transpose follows
 * @param output of the model, for messages
 * @param constants the weights among them
 */
record LinearOperation(OnnxNode node, String at, boolean samplesAreColumns, String output, OnnxConstants constants) {
    private static final Set<String> OPERATIONS = Set.of("Gemm", "MatMul", "Conv", "Einsum");
    private static final Set<String> POOLS = Set.of("GlobalAveragePool", "GlobalMaxPool", "ReduceMean");
    private static final int MAX_STEPS_TO_POOL = 20;

    /** The indices of two operands and of their product. */
    private static final Pattern EQUATION = Pattern.compile("([\\w…]+),([\\w…]+)->([\\w…]+)");

    static boolean isLinear(OnnxNode node) {
        return OPERATIONS.contains(node.op());
    }

    /**
     * Reads the map.
     *
     * @throws FormatException if its weights are not constant, or it maps something else than features
     */
    LinearMap map() throws IOException {
        return switch (node.op()) {
            case "Gemm" -> gemm();
            case "MatMul" -> {
                boolean areFirst = areWeightsFirst();
                requireColumns(areFirst, areFirst ? " of weights and features" : " and Transpose");
                OnnxValue w = weights(areFirst ? 0 : 1);
                yield map(areFirst ? w : w.transposed(), node.input(areFirst ? 1 : 0), areFirst);
            }
            case "Einsum" -> einsum();
            default -> convolution();
        };
    }

    /** Whether the product is W h instead of h W. */
    private boolean areWeightsFirst() {
        return !constants.isConstant(node.input(1)) && constants.isConstant(node.input(0));
    }

    private void requireColumns(boolean areColumns, String found) throws FormatException {
        if (areColumns != samplesAreColumns) {
            throw constants
                    .origin()
                    .defect(
                            "output " + output,
                            "logits with a row for each sample",
                            "a column for each, by " + node.op() + found + " that makes " + at,
                            0);
        }
    }

    private FormatException defect(String expected, String found) {
        return constants.origin().defect(node.op() + " that makes " + at, expected, found, 0);
    }

    private OnnxValue weights(int index) throws IOException {
        OnnxValue given = constants.parameter(node, index, at);
        int leading = Math.max(0, given.dimensions() - 2);
        boolean isMatrix = given.shape().stream().limit(leading).allMatch(length -> length == 1);
        OnnxValue value = isMatrix ? given.reshaped(given.shape().subList(leading, given.dimensions())) : given;
        if (value.dimensions() != 2) {
            throw defect("a matrix of weights", value.text());
        }
        return value;
    }

    private LinearMap map(OnnxValue w, String features, boolean transposed) throws FormatException {
        LinearHead head = LinearHead.ofRows(
                w.entries(),
                w.shape().get(0),
                w.shape().get(1),
                Optional.empty(),
                w.text(),
                constants.origin().entry(w.source()));
        return new LinearMap(head, Optional.empty(), features, transposed);
    }

    private LinearMap gemm() throws IOException {
        boolean areFirst = areWeightsFirst();
        requireColumns(areFirst, areFirst ? " of weights and features" : " and Transpose");
        boolean isA = node.integer("transA", 0) == 0;
        boolean isB = node.integer("transB", 0) == 0;
        OnnxValue given = weights(areFirst ? 0 : 1);
        OnnxValue w = (areFirst ? isA : !isB) ? given : given.transposed();
        double alpha = node.number("alpha", 1);
        double beta = node.number("beta", 1);
        if (alpha != 1) {
            w.mapped(entry -> alpha * entry, OnnxType.DOUBLE);
        }
        LinearMap map = map(w, node.input(areFirst ? 1 : 0), areFirst ? isB : !isA);
        if (node.input(2).isEmpty() || beta == 0) {
            return map;
        }
        OnnxValue c = constants.parameter(node, 2, at);
        if (areFirst && c.entries().length != 1 && c.shape().get(c.dimensions() - 1) != 1) {
            throw constants
                    .origin()
                    .defect("constant " + c.source(), "a column of one number for each class", c.text(), 0);
        }
        OnnxValue bias = areFirst ? c : repeated(c, map.head().weights().rows());
        return new LinearMap(map.head(), Optional.of(Affine.adding(bias, beta)), map.features(), map.transposed());
    }

    /** A bias may be repeated for each sample of a fixed batch. */
    private static OnnxValue repeated(OnnxValue c, int classes) {
        double[] entries = c.entries();
        if (entries.length > classes && entries.length % classes == 0) {
            for (int i = classes; i < entries.length; i++) {
                if (entries[i] != entries[i - classes]) {
                    return c;
                }
            }
            return new OnnxValue(c.source(), c.type(), List.of((long) classes), Arrays.copyOf(entries, classes));
        }
        return c;
    }

    /** One index of the weights is that of the features, the other that of the classes. */
    private LinearMap einsum() throws IOException {
        int index = areWeightsFirst() ? 0 : 1;
        OnnxValue given = weights(index);
        Matcher terms = EQUATION.matcher(node.text("equation").replace(" ", "").replace("...", "…"));
        if (!terms.matches() || terms.group(1 + index).length() != 2) {
            throw noLinearEquation();
        }
        String w = terms.group(1 + index);
        String h = terms.group(2 - index);
        String z = terms.group(3);
        boolean areClassesFirst = h.contains(w.substring(1));
        String d = w.substring(areClassesFirst ? 1 : 0).substring(0, 1);
        String k = w.substring(areClassesFirst ? 0 : 1).substring(0, 1);
        boolean isTransposed = h.length() == 2 && h.startsWith(d);
        boolean areColumns = z.length() == 2 && z.startsWith(k);
        String samples = h.replace(d, "");
        boolean isProduct = !samples.contains(k)
                && samples.equals(z.replace(k, ""))
                && h.length() == samples.length() + 1
                && z.length() == samples.length() + 1;
        if (!isProduct || !(isTransposed || h.endsWith(d)) || !(areColumns || z.endsWith(k))) {
            throw noLinearEquation();
        }
        requireColumns(areColumns, " " + terms.group());
        return map(areClassesFirst ? given : given.transposed(), node.input(1 - index), isTransposed);
    }

    private FormatException noLinearEquation() {
        return defect("an equation such as bd,kd->bk", node.text("equation"));
    }

    /** A 1×1 convolution after global pooling is a linear map. */
    private LinearMap convolution() throws IOException {
        if (samplesAreColumns) {
            throw defect("logits with a row for each sample", "a Transpose after it");
        }
        OnnxValue kernel = constants.parameter(node, 1, at);
        List<Long> shape = kernel.shape();
        boolean isPoint = shape.size() >= 2 && shape.stream().skip(2).allMatch(length -> length == 1);
        if (!isPoint || node.integer("group", 1) != 1 || !isAfterPooling(node.input(0))) {
            throw defect("a linear map, or a 1×1 convolution after global pooling", kernel.text());
        }
        LinearMap map = map(kernel.reshaped(shape.subList(0, 2)), node.input(0), false);
        return node.input(2).isEmpty()
                ? map
                : new LinearMap(
                        map.head(),
                        Optional.of(Affine.adding(constants.parameter(node, 2, at), 1)),
                        map.features(),
                        false);
    }

    private boolean isAfterPooling(String features) throws IOException {
        String tensor = features;
        for (int steps = 0; steps < MAX_STEPS_TO_POOL; steps++) {
            Optional<OnnxNode> producer = constants.graph().producer(tensor);
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
    private boolean isOfVectors(OnnxNode reshape) throws IOException {
        Optional<OnnxValue> shape =
                reshape.op().equals("Reshape") ? constants.value(reshape.input(1)) : Optional.empty();
        return shape.isPresent()
                && shape.get().entries().length > 2
                && Arrays.stream(shape.get().entries()).skip(2).allMatch(length -> length == 1);
    }
}
