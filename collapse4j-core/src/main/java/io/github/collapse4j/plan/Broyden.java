package io.github.collapse4j.plan;

import io.github.collapse4j.linalg.Vectors;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Broyden's method for a root of n functions of n variables: from a multiple of the identity as the inverse of the
 * Jacobian, each evaluation corrects it along the step that led there (Broyden 1965, the good update).
 *
 * @param maxSteps maximum number of evaluations
 * @param tolerance the largest magnitude of a function at a root
 */
record Broyden(int maxSteps, double tolerance) {
    /** Logarithms of weights: no step changes a weight by more than a factor of e. */
    private static final double MAX_STEP = 1;

    /** A root; empty if none was found. */
    Optional<double[]> solve(UnaryOperator<double[]> functions, double[] start) {
        int n = start.length;
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            inverse[i][i] = 1;
        }
        double[] x = start.clone();
        double[] f = functions.apply(x);
        for (int evaluation = 1; evaluation < maxSteps; evaluation++) {
            if (Vectors.maxAbs(f) <= tolerance) {
                return Optional.of(x);
            }
            double[] step = times(inverse, f);
            double factor = -Math.min(1, MAX_STEP / Vectors.maxAbs(step));
            double[] next = x.clone();
            for (int i = 0; i < n; i++) {
                step[i] *= factor;
                next[i] += step[i];
            }
            double[] value = functions.apply(next);
            double[] change = value.clone();
            Vectors.add(-1, f, change);
            if (evaluation == 1) {
                scale(inverse, Vectors.dot(step, step) / Math.max(Double.MIN_NORMAL, Vectors.dot(step, change)));
            }
            update(inverse, step, change);
            x = next;
            f = value;
        }
        return Optional.empty();
    }

    /** A first step that went the wrong way says nothing about the size of the Jacobian. */
    private static void scale(double[][] inverse, double slope) {
        if (slope < 1e6) {
            for (int i = 0; i < inverse.length; i++) {
                inverse[i][i] = slope;
            }
        }
    }

    /** {@code B += (s − By)(sᵀB)/(sᵀBy)}. */
    private static void update(double[][] inverse, double[] step, double[] change) {
        int n = step.length;
        double[] image = times(inverse, change);
        double[] row = new double[n];
        for (int i = 0; i < n; i++) {
            Vectors.add(step[i], inverse[i], row);
        }
        double size = Vectors.dot(step, image);
        if (size == 0) {
            return;
        }
        for (int i = 0; i < n; i++) {
            Vectors.add((step[i] - image[i]) / size, row, inverse[i]);
        }
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = Vectors.dot(matrix[i], vector);
        }
        return product;
    }
}
