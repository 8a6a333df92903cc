package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.io.head.LinearHead;
import java.util.Arrays;
import java.util.Optional;

/**
 * A scale and a shift of logits by constants.
 *
 * @param layer its name in messages
 * @param scale one factor, or one for each class
 * @param shift one term, or one for each class, added after scaling
 * @param isBias whether it is only the bias of the linear map before it
 */
record Affine(String layer, double[] scale, double[] shift, boolean isBias) implements LogitStep {
    private static final double[] ONE = {1};
    private static final double[] ZERO = {0};

    static Affine adding(OnnxValue value, double sign) {
        double[] shift =
                Arrays.stream(value.entries()).map(entry -> sign * entry).toArray();
        return new Affine(value.source(), ONE, shift, true);
    }

    static Affine multiplying(OnnxValue value, boolean divides) {
        double[] scale = Arrays.stream(value.entries())
                .map(entry -> divides ? 1 / entry : entry)
                .toArray();
        return new Affine(value.source(), scale, ZERO, false);
    }

    static Affine negating() {
        return new Affine("Neg", new double[] {-1}, ZERO, false);
    }

    /** {@code value − logits}. */
    static Affine subtractedFrom(OnnxValue value) {
        return new Affine(value.source(), new double[] {-1}, value.entries(), false);
    }

    /** Batch normalisation with fixed statistics. */
    static Affine normalising(
            OnnxValue gamma, OnnxValue beta, OnnxValue mean, OnnxValue variance, double epsilon, Origin origin)
            throws FormatException {
        int n = gamma.entries().length;
        if (beta.entries().length != n || mean.entries().length != n || variance.entries().length != n) {
            throw origin.defect("BatchNormalization", "four vectors of length " + n, "other lengths", 0);
        }
        double[] scale = new double[n];
        double[] shift = new double[n];
        for (int k = 0; k < n; k++) {
            scale[k] = gamma.entries()[k] / Math.sqrt(variance.entries()[k] + epsilon);
            shift[k] = beta.entries()[k] - mean.entries()[k] * scale[k];
        }
        return new Affine(gamma.source() + " (BatchNormalization)", scale, shift, false);
    }

    @Override
    public LinearHead after(LinearHead head, Origin origin) throws FormatException {
        int classes = head.weights().rows();
        double[] factors = spread(scale, classes, origin);
        double[] terms = spread(shift, classes, origin);
        if (isBias && head.bias().isEmpty()) {
            return new LinearHead(head.weights(), Optional.of(terms), head.description() + ", " + layer, head.folded());
        }
        return head.then(factors, terms, layer);
    }

    private double[] spread(double[] entries, int classes, Origin origin) throws FormatException {
        if (entries.length == classes) {
            return entries;
        }
        if (entries.length == 1) {
            double[] same = new double[classes];
            Arrays.fill(same, entries[0]);
            return same;
        }
        throw origin.defect(
                "constant " + layer, "1 or " + classes + " entries, one for each class", entries.length + "", 0);
    }
}
