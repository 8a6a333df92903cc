package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.linalg.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Features reduced to the part that the logits depend on, their projection onto the row space of W (docs/theory.md §8),
 * with W reduced to match: {@code W h + b = W' (P h) + b}. The rest of the features affects no prediction.
 *
 * @param projection P, {@code r×d} with orthonormal rows, where r is the rank of what is kept
 * @param classifier W', {@code K×r}
 */
public record LogitProjection(Matrix projection, Matrix classifier) {
    /** Zero tolerance relative to the largest singular value; float32 weights are accurate only to 6e-8. */
    private static final double RELATIVE_ZERO = 1e-12;

    /** Keeps the logits: r ≤ min(d, K). */
    public static LogitProjection ofLogits(Matrix classifier) {
        return of(classifier, classifier.rows(), classifier);
    }

    /**
     * Keeps the centred logits, {@code z − mean(z)}, and thus softmax probabilities and predictions: r ≤ min(d, K − 1).
     */
    public static LogitProjection ofCentredLogits(Matrix classifier) {
        return of(centred(classifier), Math.max(0, classifier.rows() - 1), classifier);
    }

    /** The rows less their mean. */
    static Matrix centred(Matrix classifier) {
        int classes = classifier.rows();
        Matrix centred = classifier.copy();
        for (int a = 0; a < centred.columns(); a++) {
            // Nearly equal rows may differ by less than the rounding of their mean, so differences are taken first;
            // they are then exact.
            double mean = 0;
            for (int k = 0; k < classes; k++) {
                mean += (classifier.get(k, a) - classifier.get(0, a)) / classes;
            }
            for (int k = 0; k < classes; k++) {
                centred.set(k, a, classifier.get(k, a) - classifier.get(0, a) - mean);
            }
        }
        return centred;
    }

    /** Rows that are equal in the original stay equal, so that ties remain ties. */
    private static LogitProjection of(Matrix kept, int mostDimensions, Matrix original) {
        Svd svd = LinearAlgebra.svd(kept);
        int rank = 0;
        while (rank < Math.min(mostDimensions, svd.values().length)
                && svd.values()[rank] > RELATIVE_ZERO * svd.values()[0]) {
            rank++;
        }
        int classes = kept.rows();
        int d = kept.columns();
        Matrix projection = Matrix.zeros(rank, d);
        Matrix folded = Matrix.zeros(classes, rank);
        int[] firstEqual = firstEqualRows(original);
        for (int r = 0; r < rank; r++) {
            for (int a = 0; a < d; a++) {
                projection.set(r, a, svd.v().get(a, r));
            }
            for (int k = 0; k < classes; k++) {
                folded.set(k, r, svd.values()[r] * svd.u().get(firstEqual[k], r));
            }
        }
        return new LogitProjection(projection, folded);
    }

    private static int[] firstEqualRows(Matrix matrix) {
        Map<List<Double>, Integer> first = new HashMap<>();
        int[] firstEqual = new int[matrix.rows()];
        for (int k = 0; k < matrix.rows(); k++) {
            List<Double> row = new ArrayList<>(matrix.columns());
            for (int a = 0; a < matrix.columns(); a++) {
                row.add(matrix.get(k, a) + 0.0); // −0 becomes 0
            }
            Integer before = first.putIfAbsent(row, k);
            firstEqual[k] = before == null ? k : before;
        }
        return firstEqual;
    }

    /** r, the new feature dimension. */
    public int featureDimension() {
        return projection.rows();
    }

    /** Whether all of the features is kept: P is orthogonal. */
    boolean isWhole() {
        return projection.rows() == projection.columns();
    }

    /** The singular values of W', descending: the norms of its columns, as {@code W' = UΣ}. */
    double[] singularValues() {
        return IntStream.range(0, featureDimension())
                .mapToDouble(r -> Vectors.norm(classifier.column(r)))
                .toArray();
    }

    /** {@code Σ⁻¹Uᵀ}, {@code r×K}: maps {@code Wh} to {@code Ph}, as {@code W' = UΣ}; W' determines Ph, whatever W adds to it. */
    Matrix fromLogits() {
        Matrix inverse = classifier.transpose();
        for (int r = 0; r < inverse.rows(); r++) {
            double square = Vectors.squares(classifier.data(), r * classifier.rows(), (r + 1) * classifier.rows());
            for (int k = 0; k < inverse.columns(); k++) {
                inverse.set(r, k, inverse.get(r, k) / square);
            }
        }
        return inverse;
    }

    /** {@code P·H}: maps features {@code d×n} to {@code r×n}. */
    public Matrix project(Matrix features) {
        return LinearAlgebra.multiply(projection, Op.NONE, features, Op.NONE);
    }
}
