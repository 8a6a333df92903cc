package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.Vectors;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Local maxima of {@code hᵀΓh} over unit vectors h ≥ 0: projected power steps, each of which increases the quotient of
 * a positive semidefinite matrix, and then the exact eigenvector on the support.
 */
final class ConeAscent {
    private static final int STEPS = 60;

    private ConeAscent() {}

    static double quotient(Matrix gram, double[] h) {
        return Vectors.dot(h, times(gram, h)) / Vectors.dot(h, h);
    }

    /** The best local maximum from each single class, from pairs that it gains with, and from the leading vector. */
    static double[] best(Matrix gram) {
        int n = gram.rows();
        double[] leading = Polar.leading(LinearAlgebra.symmetricEigen(gram));
        double[] best = ascend(gram, clip(leading));
        double value = quotient(gram, best);
        for (int k = 0; k < n; k++) {
            double[] start = new double[n];
            for (int j = 0; j < n; j++) {
                start[j] = Math.max(0, gram.get(j, k));
            }
            double[] found = ascend(gram, start);
            double ofFound = quotient(gram, found);
            if (ofFound > value) {
                value = ofFound;
                best = found;
            }
        }
        return best;
    }

    /** The local maximum that power steps from a vector h ≥ 0 lead to; a single class if h vanishes. */
    private static double[] ascend(Matrix gram, double[] start) {
        double[] h = start;
        if (Vectors.maxAbs(h) == 0) {
            h = new double[gram.rows()];
            h[0] = 1;
        }
        for (int step = 0; step < STEPS; step++) {
            double[] next = clip(times(gram, h));
            double norm = Vectors.norm(next);
            if (norm == 0) {
                return h;
            }
            Arrays.setAll(next, i -> next[i] / norm);
            h = next;
        }
        double[] polished = onSupport(gram, h);
        return quotient(gram, polished) > quotient(gram, h) ? polished : h;
    }

    /** The leading eigenvector on the support of h if it is positive there, otherwise h. */
    private static double[] onSupport(Matrix gram, double[] h) {
        double cut = 1e-6 * Vectors.maxAbs(h);
        int[] support = IntStream.range(0, h.length).filter(i -> h[i] > cut).toArray();
        double[] vector = leadingOn(gram, support);
        for (int i : support) {
            if (!(vector[i] > 0)) {
                return h;
            }
        }
        return vector;
    }

    /** The leading eigenvector of a principal submatrix, zero elsewhere. */
    static double[] leadingOn(Matrix gram, int[] support) {
        Matrix part = Matrix.zeros(support.length, support.length);
        for (int j = 0; j < support.length; j++) {
            for (int i = 0; i < support.length; i++) {
                part.set(i, j, gram.get(support[i], support[j]));
            }
        }
        SymmetricEigen eigen = LinearAlgebra.symmetricEigen(part);
        double[] vector = Polar.leading(eigen);
        double[] whole = new double[gram.rows()];
        for (int i = 0; i < support.length; i++) {
            whole[support[i]] = vector[i];
        }
        return whole;
    }

    private static double[] clip(double[] vector) {
        double[] clipped = vector.clone();
        for (int i = 0; i < clipped.length; i++) {
            clipped[i] = Math.max(0, clipped[i]);
        }
        return clipped;
    }

    private static double[] times(Matrix gram, double[] h) {
        double[] image = new double[h.length];
        for (int j = 0; j < h.length; j++) {
            if (h[j] != 0) {
                Vectors.add(h[j], gram.column(j), image);
            }
        }
        return image;
    }
}
