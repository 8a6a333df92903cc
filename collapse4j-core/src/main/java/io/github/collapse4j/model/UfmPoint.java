package io.github.collapse4j.model;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;

/**
 * A point of the model. The features are those of a {@link UfmModel}: one column per sample (full model) or, scaled by
 * √n_k, one per class (reduced model).
 *
 * @param classifier W, {@code K×d}
 * @param features H {@code d×N} or Ĥ {@code d×K}
 * @param bias b, K entries; zeros if the model has no bias
 */
public record UfmPoint(Matrix classifier, Matrix features, double[] bias) {
    public UfmPoint {
        if (classifier.columns() != features.rows()) {
            throw new IllegalArgumentException("feature dimensions differ: classifier " + classifier.rows() + "×"
                    + classifier.columns() + ", features " + features.rows() + "×" + features.columns());
        }
        if (bias.length != classifier.rows()) {
            throw new IllegalArgumentException(
                    "bias: expected " + classifier.rows() + " entries, found " + bias.length);
        }
    }

    /** The same point in a model of larger feature dimension: appends zero columns to W and zero rows to H (§7). */
    public UfmPoint padTo(int featureDimension) {
        int d = classifier.columns();
        if (featureDimension < d) {
            throw new IllegalArgumentException(
                    "featureDimension: expected at least " + d + ", found " + featureDimension);
        }
        Matrix w = Matrix.zeros(classifier.rows(), featureDimension);
        System.arraycopy(classifier.data(), 0, w.data(), 0, classifier.data().length);
        Matrix h = Matrix.zeros(featureDimension, features.columns());
        for (int j = 0; j < features.columns(); j++) {
            System.arraycopy(features.data(), j * d, h.data(), j * featureDimension, d);
        }
        return new UfmPoint(w, h, bias.clone());
    }

    /** {@code WH}, without the bias. */
    public Matrix product() {
        return LinearAlgebra.multiply(classifier, features);
    }

    /** The shapes and the bias. */
    @Override
    public String toString() {
        return "W " + classifier.rows() + "×" + classifier.columns() + ", H " + features.rows() + "×"
                + features.columns() + ", b " + Arrays.toString(bias);
    }
}
