package io.github.collapse4j.io.head;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;
import java.util.Optional;

/**
 * The last linear map of a classifier, which makes its logits.
 *
 * @param weights W, {@code K×d}, whatever the orientation in the file
 * @param bias b, K entries, if there is one
 * @param description the arrays it is made of, with their shapes, such as {@code fc.weight (10×64), fc.bias}
 * @param folded whether it includes more than one layer, such as a BatchNorm
 */
public record LinearHead(Matrix weights, Optional<double[]> bias, String description, boolean folded) {
    /**
     * Scales and shifts the logits, as a BatchNorm after the linear map does.
     *
     * @param scale K factors
     * @param shift K terms, added after scaling
     * @param layer the name of the layer that does so
     */
    public LinearHead then(double[] scale, double[] shift, String layer) {
        Matrix scaled = weights.copy();
        double[] sum = shift.clone();
        for (int k = 0; k < weights.rows(); k++) {
            for (int j = 0; j < weights.columns(); j++) {
                scaled.set(k, j, scale[k] * weights.get(k, j));
            }
            if (bias.isPresent()) {
                sum[k] += scale[k] * bias.get()[k];
            }
        }
        return new LinearHead(scaled, Optional.of(sum), description + ", " + layer + " folded in", true);
    }

    /**
     * Keeps some of the classes.
     *
     * @param classes their indices, in the order that they then have
     * @param layer the name of the layer that does so
     */
    public LinearHead choosing(int[] classes, String layer) {
        Matrix chosen = Matrix.zeros(classes.length, weights.columns());
        for (int k = 0; k < classes.length; k++) {
            for (int j = 0; j < weights.columns(); j++) {
                chosen.set(k, j, weights.get(classes[k], j));
            }
        }
        return new LinearHead(
                chosen,
                bias.map(b -> Arrays.stream(classes).mapToDouble(k -> b[k]).toArray()),
                description + ", " + classes.length + " classes by " + layer,
                true);
    }

    /** Returns the linear map of a matrix by rows, after checking its size. */
    public static LinearHead ofRows(
            double[] rows, long classes, long features, Optional<double[]> bias, String description, Origin origin)
            throws FormatException {
        return new LinearHead(matrix(rows, classes, features, origin), bias, description, false);
    }

    private static Matrix matrix(double[] rows, long classes, long features, Origin origin) throws FormatException {
        if (classes < 2 || features < 1 || classes * features != rows.length) {
            String hint = classes == 1 ? " (the single logit of a sigmoid: save the rows 0 and w as weights)" : "";
            throw origin.defect("weights", "K×d with at least 2 classes", classes + "×" + features + hint, 0);
        }
        return Matrix.wrap((int) features, (int) classes, rows).transpose();
    }
}
