package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;

/**
 * Features reduced to what the logits depend on, their projection on the row space of W (docs/theory.md §8), with W folded to
 * match: {@code W h + b = W' (P h) + b}. Everything else in the features changes no prediction.
 *
 * @param projection P, {@code r×d} with orthonormal rows, r the rank of what is kept
 * @param classifier W', {@code K×r}
 */
public record LogitProjection(Matrix projection, Matrix classifier) {
    /** Relative to the largest singular value, what counts as zero; float32 weights are known to 6e-8 only. */
    private static final double RELATIVE_ZERO = 1e-12;

    /** Keeps the logits: r ≤ min(d, K). */
    public static LogitProjection ofLogits(Matrix classifier) {
        return of(classifier);
    }

    /**
     * Keeps the centred logits, {@code z − mean(z)}, and with them softmax probabilities and predictions: r ≤ min(d, K − 1).
     */
    public static LogitProjection ofCentredLogits(Matrix classifier) {
        Matrix centred = classifier.copy();
        for (int a = 0; a < centred.columns(); a++) {
            double mean = 0;
            for (int k = 0; k < centred.rows(); k++) {
                mean += classifier.get(k, a) / centred.rows();
            }
            for (int k = 0; k < centred.rows(); k++) {
                centred.set(k, a, classifier.get(k, a) - mean);
            }
        }
        return of(centred);
    }

    private static LogitProjection of(Matrix classifier) {
        Svd svd = LinearAlgebra.svd(classifier);
        int rank = 0;
        while (rank < svd.values().length && svd.values()[rank] > RELATIVE_ZERO * svd.values()[0]) {
            rank++;
        }
        int classes = classifier.rows();
        int d = classifier.columns();
        Matrix projection = Matrix.zeros(rank, d);
        Matrix folded = Matrix.zeros(classes, rank);
        for (int r = 0; r < rank; r++) {
            for (int a = 0; a < d; a++) {
                projection.set(r, a, svd.v().get(a, r));
            }
            for (int k = 0; k < classes; k++) {
                folded.set(k, r, svd.values()[r] * svd.u().get(k, r));
            }
        }
        return new LogitProjection(projection, folded);
    }

    /** r, the new feature dimension. */
    public int featureDimension() {
        return projection.rows();
    }

    /** {@code P·H}: features {@code d×n} to {@code r×n}. */
    public Matrix project(Matrix features) {
        return LinearAlgebra.multiply(projection, Op.NONE, features, Op.NONE);
    }
}
