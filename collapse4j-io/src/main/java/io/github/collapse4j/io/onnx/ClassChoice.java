package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.io.head.LinearHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Some of the classes, in some order, as Slice, Gather and Split choose them.
 *
 * @param node the operation
 * @param output the one of its outputs that is used
 * @param parameters its inputs after the logits
 * @param isOfRows whether classes are rows, since a Transpose follows
 */
record ClassChoice(OnnxNode node, String output, List<Optional<OnnxValue>> parameters, boolean isOfRows)
        implements LogitStep {
    static final List<String> OPERATIONS = List.of("Slice", "Gather", "Split");

    @Override
    public LinearHead after(LinearHead head, Origin origin) throws FormatException {
        int classes = head.weights().rows();
        int[] chosen = chosen(classes, 2, origin);
        chosen(classes, 3, origin); // of another number of samples, all must be left, too
        return head.choosing(chosen, node.op());
    }

    /** The operation itself tells which classes it chooses: it is applied to their numbers, the same for each sample. */
    private int[] chosen(int classes, int samples, Origin origin) throws FormatException {
        double[] numbers = new double[samples * classes];
        Arrays.setAll(numbers, i -> isOfRows ? i / samples : i % classes);
        List<Long> shape = isOfRows ? List.of((long) classes, (long) samples) : List.of((long) samples, (long) classes);
        List<Optional<OnnxValue>> operands = new ArrayList<>();
        operands.add(Optional.of(new OnnxValue("classes", OnnxType.INT64, shape, numbers)));
        operands.addAll(parameters);
        ConstantNode operation = new ConstantNode(node, output, operands, new Allowance(origin), origin);
        OnnxValue found = new Rearrangement(operation).value();
        operation.require(
                found.dimensions() == 2
                        && found.shape().get(isOfRows ? 1 : 0) == samples
                        && found.entries().length > samples,
                "a choice of two or more of " + classes + " classes, for all samples",
                samples + " samples to become " + found.shape());
        double[] rows = (isOfRows ? found.transposed() : found).entries();
        return IntStream.range(0, rows.length / samples).map(i -> (int) rows[i]).toArray();
    }
}
