package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.UnitRoundOff;
import java.util.Arrays;

/**
 * The maximum of {@code hᵀΓh} over unit vectors h ≥ 0 by a search through supports (docs/theory.md §14). A maximiser of
 * smallest support S is the positive eigenvector of the largest eigenvalue of Γ_SS, and every smaller support has a
 * smaller one: supports whose largest eigenvalue exceeds an upper bound of the maximum cannot grow to S, and those whose
 * largest eigenvalue is below the best value known cannot be S. Both are tested by a Cholesky factor that grows by a
 * row.
 */
final class SupportSearch {
    private final Matrix gram;
    private final int order;
    private final double ceiling;
    private final double slack;
    private final int[] support;
    private double[] maximiser;
    private double best;

    /**
     * A search that starts with a known vector.
     *
     * @param upper an upper bound on the maximum
     * @param known a unit vector h ≥ 0
     */
    SupportSearch(Matrix gram, double upper, double[] known) {
        this.gram = gram;
        this.order = gram.rows();
        this.slack = 64 * order * UnitRoundOff.DOUBLE * upper;
        this.ceiling = upper + slack;
        this.support = new int[order];
        this.maximiser = known;
        this.best = ConeAscent.quotient(gram, known);
    }

    double[] maximiser() {
        grow(0, 0, new double[order][order], true);
        return maximiser;
    }

    /**
     * Tries every support that adds classes from {@code first} on to the first {@code size} ones.
     *
     * @param factor rows of the Cholesky factor of {@code ceiling·I − Γ} on the support
     * @param below whether the support's largest eigenvalue is known to be below {@link #best}
     */
    private void grow(int size, int first, double[][] factor, boolean below) {
        for (int k = first; k < order; k++) {
            support[size] = k;
            if (!append(factor, size, ceiling)) {
                continue;
            }
            if (!below || !isBelowBest(size + 1)) {
                consider(size + 1);
                grow(size + 1, k + 1, factor, false);
            } else {
                grow(size + 1, k + 1, factor, true);
            }
        }
    }

    private boolean isBelowBest(int size) {
        double[][] factor = new double[size][size];
        for (int row = 0; row < size; row++) {
            if (!append(factor, row, best - slack)) {
                return false;
            }
        }
        return true;
    }

    /** Adds a row to the factor of {@code shift·I − Γ}; false if the matrix is not positive definite. */
    private boolean append(double[][] factor, int row, double shift) {
        double diagonal = shift - gram.get(support[row], support[row]);
        for (int j = 0; j < row; j++) {
            double entry = -gram.get(support[row], support[j]);
            for (int i = 0; i < j; i++) {
                entry -= factor[row][i] * factor[j][i];
            }
            factor[row][j] = entry / factor[j][j];
            diagonal -= factor[row][j] * factor[row][j];
        }
        if (!(diagonal > 0)) {
            return false;
        }
        factor[row][row] = Math.sqrt(diagonal);
        return true;
    }

    private void consider(int size) {
        int[] candidate = Arrays.copyOf(support, size);
        double[] vector = ConeAscent.leadingOn(gram, candidate);
        for (int k : candidate) {
            if (!(vector[k] > 0)) {
                return;
            }
        }
        double value = ConeAscent.quotient(gram, vector);
        if (value > best) {
            best = value;
            maximiser = vector;
        }
    }
}
