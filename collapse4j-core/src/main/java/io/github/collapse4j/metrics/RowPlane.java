package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;

/**
 * The plane of the first three rows of a classifier, minus their mean. Its axes are unit vectors along w₀ − w₁ and
 * w₀ + w₁ − 2w₂, which are orthogonal if the rows have equal lengths and angles.
 *
 * @param x the first axis, of length d
 * @param y the second axis
 */
public record RowPlane(double[] x, double[] y) {
    /** The plane of a {@code K×d} classifier of at least three classes. */
    public static RowPlane of(Matrix classifier) {
        return new RowPlane(axis(classifier, 1, -1, 0), axis(classifier, 1, 1, -2));
    }

    private static double[] axis(Matrix classifier, double... factors) {
        double[] axis = new double[classifier.columns()];
        for (int j = 0; j < axis.length; j++) {
            for (int k = 0; k < factors.length; k++) {
                axis[j] += factors[k] * classifier.get(k, j);
            }
        }
        double norm = Vectors.norm(axis);
        for (int j = 0; j < axis.length; j++) {
            axis[j] /= norm;
        }
        return axis;
    }

    /** The two coordinates of a vector of length d. */
    public double[] project(double[] vector) {
        return new double[] {Vectors.dot(x, vector), Vectors.dot(y, vector)};
    }
}
