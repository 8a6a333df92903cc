package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import java.util.Optional;

/**
 * Centred class means on the axes along which they spread most, with the nearest simplex ETF: for M = U S Vᵀ, the one
 * of the same norm is {@code ‖M‖/√(K−1)·UVᵀ} (the polar factor, because V is orthogonal to 1).
 *
 * @param axes leading left singular vectors of M, {@code d×p}
 * @param means coordinates of the centred means, {@code p×K}
 * @param simplex coordinates of the simplex ETF; empty if the means span fewer than K − 1 dimensions
 * @param explained share of ‖M‖² on these axes
 */
public record MeansView(Matrix axes, Matrix means, Optional<Matrix> simplex, double explained) {
    private static final double NEGLIGIBLE = 1e-10;

    /** A view on at most {@code dimensions} axes; empty if all means are equal. */
    public static Optional<MeansView> of(CentredMeans centred, int dimensions) {
        Matrix m = centred.centred();
        int classes = centred.count();
        if (classes < 2 || m.rows() == 0 || !(m.norm() > 0)) {
            return Optional.empty();
        }
        Svd svd = LinearAlgebra.svd(m);
        double[] values = svd.values();
        int p = Math.min(dimensions, Math.min(classes - 1, m.rows()));
        boolean spans = m.rows() >= classes - 1 && values[classes - 2] > NEGLIGIBLE * values[0];
        Matrix axes = Matrix.zeros(m.rows(), p);
        Matrix means = Matrix.zeros(p, classes);
        Matrix simplex = Matrix.zeros(p, classes);
        double radius = m.norm() / Math.sqrt(classes - 1.0);
        double kept = 0;
        for (int a = 0; a < p; a++) {
            kept += values[a] * values[a];
            for (int i = 0; i < m.rows(); i++) {
                axes.set(i, a, svd.u().get(i, a));
            }
            for (int k = 0; k < classes; k++) {
                means.set(a, k, values[a] * svd.v().get(k, a));
                simplex.set(a, k, radius * svd.v().get(k, a));
            }
        }
        return Optional.of(new MeansView(
                axes, means, spans ? Optional.of(simplex) : Optional.empty(), kept / (m.norm() * m.norm())));
    }
}
