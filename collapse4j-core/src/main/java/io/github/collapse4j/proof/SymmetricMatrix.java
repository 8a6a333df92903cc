package io.github.collapse4j.proof;

import java.util.Arrays;

/** A symmetric matrix of intervals, stored as its lower triangle; initially zero. Mutable. */
final class SymmetricMatrix {
    private final Interval[][] lower;

    SymmetricMatrix(int order) {
        lower = new Interval[order][];
        for (int i = 0; i < order; i++) {
            lower[i] = new Interval[i + 1];
            Arrays.fill(lower[i], Interval.ZERO);
        }
    }

    int order() {
        return lower.length;
    }

    Interval get(int i, int j) {
        return i >= j ? lower[i][j] : lower[j][i];
    }

    /** Sets entries (i, j) and (j, i), which are one. */
    void set(int i, int j, Interval value) {
        lower[Math.max(i, j)][Math.min(i, j)] = value;
    }

    /** Adds to entries (i, j) and (j, i), which are one. */
    void add(int i, int j, Interval value) {
        set(i, j, get(i, j).plus(value));
    }

    /** The lower triangle by rows, in doubles near the lower ends. */
    double[][] approximately() {
        double[][] rows = new double[order()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                rows[i][j] = lower[i][j].approximately();
            }
        }
        return rows;
    }

    /** {@code A²}. */
    SymmetricMatrix square() {
        Interval[][] rows = new Interval[order()][order()];
        for (int i = 0; i < order(); i++) {
            for (int j = 0; j < order(); j++) {
                rows[i][j] = get(i, j);
            }
        }
        return gram(rows);
    }

    /** {@code XXᵀ}, from the rows of X. */
    static SymmetricMatrix gram(Interval[][] rows) {
        SymmetricMatrix gram = new SymmetricMatrix(rows.length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j <= i; j++) {
                gram.set(i, j, ProductSum.dot(rows[i], rows[j]));
            }
        }
        return gram;
    }
}
