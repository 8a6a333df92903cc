package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;

/**
 * The dimension of the set of points of equal value next to a point on its face of H ≥ 0: rotations {@code (WAᵀ, AH)}, A
 * skew, that leave the entries at zero there, and a common shift of a free bias where it does not matter.
 */
final class FaceSymmetry {
    private static final double RANK = 1e-9;

    private FaceSymmetry() {}

    /** The dimension, for variables {@code [W | H | b]} of which {@code free} ones are not at zero. */
    static int dimension(UfmProblem problem, UfmPoint point, boolean[] free) {
        int shift = problem.bias() instanceof Bias.Free && problem.loss().isShiftInvariant() ? 1 : 0;
        int d = problem.featureDimension();
        int pairs = d * (d - 1) / 2;
        if (pairs == 0) {
            return shift;
        }
        int sizeW = problem.classes() * d;
        int sizeH = d * problem.groups();
        Matrix moved = Matrix.zeros(sizeW + sizeH, pairs);
        Matrix fixed = Matrix.zeros(sizeH, pairs);
        int column = 0;
        for (int p = 0; p < d; p++) {
            for (int q = p + 1; q < d; q++) {
                for (int k = 0; k < problem.classes(); k++) {
                    moved.set(
                            p * problem.classes() + k,
                            column,
                            point.classifier().get(k, q));
                    moved.set(
                            q * problem.classes() + k,
                            column,
                            -point.classifier().get(k, p));
                }
                for (int m = 0; m < problem.groups(); m++) {
                    put(
                            moved,
                            fixed,
                            free,
                            sizeW,
                            m * d + p,
                            column,
                            point.features().get(q, m));
                    put(
                            moved,
                            fixed,
                            free,
                            sizeW,
                            m * d + q,
                            column,
                            -point.features().get(p, m));
                }
                column++;
            }
        }
        return rank(moved) - rank(fixed) + shift;
    }

    private static void put(
            Matrix moved, Matrix fixed, boolean[] free, int sizeW, int entry, int column, double value) {
        moved.set(sizeW + entry, column, value);
        if (!free[sizeW + entry]) {
            fixed.set(entry, column, value);
        }
    }

    private static int rank(Matrix matrix) {
        double[] values = LinearAlgebra.svd(matrix).values();
        int rank = 0;
        while (rank < values.length && values[rank] > RANK * Math.max(values[0], 1)) {
            rank++;
        }
        return rank;
    }
}
