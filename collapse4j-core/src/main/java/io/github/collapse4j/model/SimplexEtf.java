package io.github.collapse4j.model;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import java.util.SplittableRandom;

/**
 * Simplex equiangular tight frames: K vectors of equal length with all cosines −1/(K−1), the classifier of a collapsed
 * network (Papyan, Han and Donoho 2020). They exist in every dimension from K − 1 on.
 */
public final class SimplexEtf {
    private SimplexEtf() {}

    /**
     * A frame in random position, determined by the seed: {@code W = s·√(K/(K−1))·V Qᵀ}, where V is an orthonormal
     * basis of the K-vectors of sum 0 and Q a random {@code d×(K−1)} matrix with orthonormal columns.
     *
     * @param classes K, at least 2
     * @param featureDimension d, at least K − 1
     * @param norm s, the length of the vectors
     * @return {@code K×d} with {@code WWᵀ = s²·K/(K−1)·(I − J/K)}, hence columns of sum 0
     */
    public static Matrix of(int classes, int featureDimension, double norm, long seed) {
        if (classes < 2) {
            throw new IllegalArgumentException("classes: expected at least 2, found " + classes);
        }
        if (featureDimension < classes - 1) {
            throw new IllegalArgumentException("featureDimension: expected at least K − 1 = " + (classes - 1)
                    + " for a simplex ETF, found " + featureDimension);
        }
        if (!(norm > 0) || Double.isInfinite(norm)) {
            throw new IllegalArgumentException("norm: expected a finite number above 0, found " + norm);
        }
        Matrix frame = LinearAlgebra.multiply(
                centredBasis(classes), Op.NONE, orthonormal(featureDimension, classes - 1, seed), Op.TRANSPOSE);
        return frame.scale(norm * Math.sqrt(classes / (classes - 1.0)));
    }

    /** Helmert's basis, {@code K×(K−1)}: column j has j+1 equal entries, then minus their sum, then zeros. */
    private static Matrix centredBasis(int classes) {
        Matrix basis = Matrix.zeros(classes, classes - 1);
        for (int j = 0; j < classes - 1; j++) {
            double entry = 1 / Math.sqrt((j + 1.0) * (j + 2.0));
            for (int i = 0; i <= j; i++) {
                basis.set(i, j, entry);
            }
            basis.set(j + 1, j, -(j + 1) * entry);
        }
        return basis;
    }

    /** The polar factor of a Gaussian matrix, which is unique; computed twice, because squaring costs digits. */
    private static Matrix orthonormal(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix gaussian = Matrix.zeros(rows, columns);
        for (int i = 0; i < gaussian.data().length; i++) {
            gaussian.data()[i] = random.nextGaussian();
        }
        return polarFactor(polarFactor(gaussian));
    }

    private static Matrix polarFactor(Matrix a) {
        SymmetricEigen eigen = LinearAlgebra.symmetricEigen(LinearAlgebra.multiply(a, Op.TRANSPOSE, a, Op.NONE));
        Matrix scaled = eigen.vectors().copy();
        for (int j = 0; j < scaled.columns(); j++) {
            double factor = 1 / Math.sqrt(eigen.values()[j]);
            for (int i = 0; i < scaled.rows(); i++) {
                scaled.set(i, j, scaled.get(i, j) * factor);
            }
        }
        Matrix inverseRoot = LinearAlgebra.multiply(scaled, Op.NONE, eigen.vectors(), Op.TRANSPOSE);
        return LinearAlgebra.multiply(a, inverseRoot);
    }
}
