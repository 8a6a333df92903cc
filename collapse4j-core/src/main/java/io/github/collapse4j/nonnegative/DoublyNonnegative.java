package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;

/**
 * An upper bound on {@code max hᵀΓh}, h ≥ 0: λ_max(P) for a matrix P that is Γ on the diagonal and nowhere below it, as
 * small as alternating directions make it (Boyd et al. 2011, §5, for the dual: maximise ⟨Γ, Y⟩ over positive
 * semidefinite Y of trace 1 without negative entries). Every multiplier on the way gives a valid bound.
 */
final class DoublyNonnegative {
    private static final int ITERATIONS = 400;

    private DoublyNonnegative() {}

    /**
     * The bound, without an allowance for round-off.
     *
     * @param goal a value of {@code hᵀΓh}: no bound is below it, so that the iteration ends there
     */
    static double bound(Matrix gram, double goal) {
        int n = gram.rows();
        double scale = Math.max(goal, Double.MIN_NORMAL);
        Matrix target = gram.copy().scale(1 / scale);
        double step = 1;
        Matrix y = Matrix.identity(n).scale(1.0 / n);
        Matrix multiplier = Matrix.zeros(n, n);
        double best = Double.POSITIVE_INFINITY;
        for (int iteration = 0; iteration < ITERATIONS && best > 1 + 1e-12; iteration++) {
            // X = projection of Y − U + step·Γ on {X ⪰ 0, tr X = 1}; Y = max(0, X + U); U += X − Y.
            Matrix x = onSpectrahedron(y.copy().add(-1, multiplier).add(step, target));
            Matrix sum = x.copy().add(1, multiplier);
            y = sum.copy();
            for (int i = 0; i < y.data().length; i++) {
                y.data()[i] = Math.max(0, y.data()[i]);
            }
            multiplier = sum.add(-1, y);
            best = Math.min(best, valueOf(target, multiplier, step));
        }
        return best * scale;
    }

    /** λ_max(Γ + N) with N = −U/step off the diagonal, which is not negative. */
    private static double valueOf(Matrix target, Matrix multiplier, double step) {
        int n = target.rows();
        Matrix p = target.copy();
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                if (i != j) {
                    double u = (multiplier.get(i, j) + multiplier.get(j, i)) / 2;
                    p.set(i, j, p.get(i, j) + Math.max(0, -u / step));
                }
            }
        }
        double[] values = LinearAlgebra.symmetricEigenvalues(p);
        return values[n - 1];
    }

    private static Matrix onSpectrahedron(Matrix matrix) {
        int n = matrix.rows();
        SymmetricEigen eigen = LinearAlgebra.symmetricEigen(matrix);
        double[] values = eigen.values();
        double shift = 0;
        double sum = 0;
        for (int count = 1; count <= n; count++) {
            sum += values[n - count];
            double next = (sum - 1) / count;
            if (values[n - count] - next <= 0) {
                break;
            }
            shift = next;
        }
        Matrix roots = eigen.vectors().copy();
        for (int j = 0; j < n; j++) {
            double root = Math.sqrt(Math.max(0, values[j] - shift));
            for (int i = 0; i < n; i++) {
                roots.set(i, j, roots.get(i, j) * root);
            }
        }
        return LinearAlgebra.gramOfRows(roots);
    }
}
