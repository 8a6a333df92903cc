package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.Vectors;
import java.util.SplittableRandom;

/**
 * σ_max of residuals that arrive batch by batch, each {@code K×n}. Up to a thousand classes, their K×K Gram matrix is
 * summed. With more, A = EEᵀ is only multiplied by a few random vectors Ω: {@code AΩ(ΩᵀAΩ)⁻¹ΩᵀA} is never above A
 * (Nyström approximation; Halko, Martinsson and Tropp 2011, §5.4), so its largest eigenvalue is a lower bound on that
 * of A.
 */
final class GradientNorm {
    /** Maximum number of classes for which the Gram matrix costs less than the pass itself. */
    static final int GRAM_CLASSES = 1000;

    private static final int SKETCH = 24;
    private static final double RELATIVE_ZERO = 1e-12;

    private final Matrix vectors;

    GradientNorm(int classes) {
        boolean whole = classes <= GRAM_CLASSES;
        this.vectors = Matrix.zeros(classes, whole ? 0 : SKETCH);
        SplittableRandom random = new SplittableRandom(0);
        for (int i = 0; i < vectors.data().length; i++) {
            vectors.data()[i] = random.nextGaussian();
        }
    }

    /** Whether the value is σ_max itself, not just a lower bound. */
    boolean isExact() {
        return vectors.columns() == 0;
    }

    /**
     * Ω, {@code K×24}, for which the caller sums EEᵀΩ along with its other products; {@code K×0} if it is not needed.
     */
    Matrix vectors() {
        return vectors;
    }

    /**
     * σ_max of all residuals together.
     *
     * @param sum EEᵀ where that is exact, else EEᵀΩ, summed over them
     */
    double value(Matrix sum) {
        return Math.sqrt(Math.max(0, isExact() ? largest(sum) : nystroem(sum)));
    }

    private double nystroem(Matrix images) {
        if (!Vectors.isFinite(images.data(), images.data().length)) {
            return Double.POSITIVE_INFINITY;
        }
        Matrix small = LinearAlgebra.multiply(vectors, Op.TRANSPOSE, images, Op.NONE);
        SymmetricEigen eigen = LinearAlgebra.symmetricEigen(small);
        double largest = eigen.values()[SKETCH - 1];
        Matrix basis = eigen.vectors().copy();
        for (int j = 0; j < SKETCH; j++) {
            double value = eigen.values()[j];
            double factor = value > RELATIVE_ZERO * largest ? 1 / Math.sqrt(value) : 0;
            for (int i = 0; i < SKETCH; i++) {
                basis.set(i, j, factor * basis.get(i, j));
            }
        }
        Matrix root = LinearAlgebra.multiply(images, basis);
        return largest(LinearAlgebra.multiply(root, Op.TRANSPOSE, root, Op.NONE));
    }

    /** Infinite if logits or residuals overflow; the loss is then not finite either. */
    private static double largest(Matrix symmetric) {
        if (!Vectors.isFinite(symmetric.data(), symmetric.data().length)) {
            return Double.POSITIVE_INFINITY;
        }
        double[] ascending = LinearAlgebra.symmetricEigenvalues(symmetric);
        return ascending[ascending.length - 1];
    }
}
