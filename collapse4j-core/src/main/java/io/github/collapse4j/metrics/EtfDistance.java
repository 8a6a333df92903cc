package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import java.util.OptionalDouble;

/**
 * ‖A/‖A‖ − (I − J/K)/√(K−1)‖_F, the distance of A = X Yᵀ to the Gram matrix of a simplex ETF: NC2 for X = Y = Mᵀ and
 * X = Y = W, NC3 for X = W, Y = Mᵀ (Zhu et al. 2021, arXiv 2105.02375).
 */
public final class EtfDistance {
    private static final int TILE = 1024;

    private EtfDistance() {}

    /** For class means M, {@code d×K}: A = MᵀM. */
    public static OptionalDouble ofMeans(Matrix centredMeans) {
        Matrix rows = centredMeans.transpose();
        return of(rows, rows);
    }

    /** For classifier rows W, {@code K×d}: A = WWᵀ. */
    public static OptionalDouble ofWeights(Matrix weights) {
        return of(weights, weights);
    }

    /** For classifier rows W, {@code K×d}, and class means M, {@code d×K}: A = W M, self-duality. */
    public static OptionalDouble between(Matrix weights, Matrix centredMeans) {
        return of(weights, centredMeans.transpose());
    }

    /**
     * For A = X Yᵀ with {@code K×d} matrices X and Y.
     *
     * @return empty if K &lt; 2 or A = 0
     */
    private static OptionalDouble of(Matrix x, Matrix y) {
        int classes = x.rows();
        double xNorm = x.norm();
        double yNorm = y.norm();
        if (classes < 2 || !(xNorm > 0) || !(yNorm > 0)) {
            return OptionalDouble.empty();
        }
        Matrix left = x.copy().scale(1 / xNorm);
        Matrix right = y.copy().scale(1 / yNorm);
        return classes > x.columns() + 1 ? small(left, right) : tiled(left, right);
    }

    /**
     * Uses d×d matrices: ‖A‖² = ⟨XᵀX, YᵀY⟩, and ⟨A, E⟩ from the trace and the sums. The difference does not cancel: A
     * has rank at most d, E has rank K − 1 &gt; d, so the distance is at least about √(1/K).
     */
    private static OptionalDouble small(Matrix x, Matrix y) {
        int classes = x.rows();
        double norm = Math.sqrt(Math.max(
                0,
                LinearAlgebra.multiply(x, Op.TRANSPOSE, x, Op.NONE)
                        .dot(LinearAlgebra.multiply(y, Op.TRANSPOSE, y, Op.NONE))));
        double sums = 0;
        for (int i = 0; i < x.columns(); i++) {
            double a = 0;
            double b = 0;
            for (int k = 0; k < classes; k++) {
                a += x.get(k, i);
                b += y.get(k, i);
            }
            sums += a * b;
        }
        if (!(norm > 0)) {
            return OptionalDouble.empty();
        }
        double product = (x.dot(y) - sums / classes) / Math.sqrt(classes - 1.0);
        return OptionalDouble.of(Math.sqrt(Math.max(0, 2 - 2 * product / norm)));
    }

    /** Uses K×K entries, a few columns at a time: first the norm, then the difference. */
    private static OptionalDouble tiled(Matrix x, Matrix y) {
        int classes = x.rows();
        double squares = 0;
        Matrix tile = Matrix.zeros(0, 0);
        for (int first = 0; first < classes; first += TILE) {
            tile = columns(x, y, first);
            squares += tile.dot(tile);
        }
        if (!(squares > 0)) {
            return OptionalDouble.empty();
        }
        double norm = Math.sqrt(squares);
        double scale = 1 / Math.sqrt(classes - 1.0);
        double distance = 0;
        for (int first = 0; first < classes; first += TILE) {
            if (classes > TILE) {
                tile = columns(x, y, first);
            }
            for (int j = 0; j < tile.columns(); j++) {
                for (int i = 0; i < classes; i++) {
                    double ideal = scale * ((i == first + j ? 1 : 0) - 1.0 / classes);
                    double difference = tile.get(i, j) / norm - ideal;
                    distance += difference * difference;
                }
            }
        }
        return OptionalDouble.of(Math.sqrt(distance));
    }

    private static Matrix columns(Matrix x, Matrix y, int first) {
        int count = Math.min(TILE, y.rows() - first);
        Matrix some = Matrix.zeros(count, y.columns());
        for (int j = 0; j < y.columns(); j++) {
            System.arraycopy(y.data(), j * y.rows() + first, some.data(), j * count, count);
        }
        return LinearAlgebra.multiply(x, Op.NONE, some, Op.TRANSPOSE);
    }
}
