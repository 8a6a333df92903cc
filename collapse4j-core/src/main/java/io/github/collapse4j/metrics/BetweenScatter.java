package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.linalg.SymmetricEigen;
import org.jspecify.annotations.Nullable;

/**
 * Σ_B = M Mᵀ/K on its own span. Its rank is exactly min(d, K − 1) in general: the K-th eigenvalue is round-off and is
 * never used. Directions are left out only if they vanish relative to the largest (equal or dependent class means).
 *
 * @param eigenvalues the r eigenvalues of Σ_B, descending
 * @param directions their eigenvectors, {@code d×r}
 * @param expectedRank min(d, K − 1); r is smaller for dependent class means
 */
public record BetweenScatter(double[] eigenvalues, Matrix directions, int expectedRank) {
    /** Singular values of M below this fraction of the largest are round-off of the means, not directions. */
    private static final double NEGLIGIBLE = 1e-13;

    /** Below this condition, squaring M would cost more than half of the digits, and M itself is decomposed. */
    private static final double SQUARED_CONDITION = 1e-5;

    /** Decomposes M, {@code d×K} (Papyan, Han and Donoho 2020; docs/theory.md §9). */
    public static BetweenScatter of(CentredMeans means) {
        Matrix m = means.centred();
        int classes = means.count();
        int rank = Math.max(0, Math.min(m.rows(), classes - 1));
        if (rank == 0) {
            return new BetweenScatter(new double[0], Matrix.zeros(m.rows(), 0), rank);
        }
        BetweenScatter squared = ofGram(m, classes, rank);
        return squared != null ? squared : ofSvd(m, classes, rank);
    }

    private static @Nullable BetweenScatter ofGram(Matrix m, int classes, int rank) {
        boolean wide = m.columns() > m.rows();
        Matrix gram = wide
                ? LinearAlgebra.multiply(m, Op.NONE, m, Op.TRANSPOSE)
                : LinearAlgebra.multiply(m, Op.TRANSPOSE, m, Op.NONE);
        SymmetricEigen eigen = LinearAlgebra.symmetricEigen(gram);
        int n = gram.rows();
        double largest = eigen.values()[n - 1];
        double smallest = eigen.values()[n - rank];
        if (!(largest > 1e-200) || !(largest < 1e200) || smallest < SQUARED_CONDITION * largest) {
            return null;
        }
        double[] values = new double[rank];
        Matrix vectors = Matrix.zeros(n, rank);
        for (int i = 0; i < rank; i++) {
            values[i] = eigen.values()[n - 1 - i] / classes;
            System.arraycopy(eigen.vectors().data(), (n - 1 - i) * n, vectors.data(), i * n, n);
        }
        if (wide) {
            return new BetweenScatter(values, vectors, rank);
        }
        Matrix directions = LinearAlgebra.multiply(m, vectors);
        for (int i = 0; i < rank; i++) {
            double factor = 1 / Math.sqrt(values[i] * classes);
            for (int j = i * m.rows(); j < (i + 1) * m.rows(); j++) {
                directions.data()[j] *= factor;
            }
        }
        return new BetweenScatter(values, directions, rank);
    }

    private static BetweenScatter ofSvd(Matrix m, int classes, int expected) {
        Svd svd = LinearAlgebra.svd(m);
        int rank = 0;
        while (rank < expected && svd.values()[rank] > NEGLIGIBLE * svd.values()[0]) {
            rank++;
        }
        double[] values = new double[rank];
        for (int i = 0; i < rank; i++) {
            values[i] = svd.values()[i] * svd.values()[i] / classes;
        }
        Matrix directions = Matrix.zeros(m.rows(), rank);
        System.arraycopy(svd.u().data(), 0, directions.data(), 0, m.rows() * rank);
        return new BetweenScatter(values, directions, expected);
    }

    /** r. */
    public int rank() {
        return eigenvalues.length;
    }
}
