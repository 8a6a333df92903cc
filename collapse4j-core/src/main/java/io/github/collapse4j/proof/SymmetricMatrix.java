package io.github.collapse4j.proof;

import java.util.Arrays;

/** A symmetric matrix of intervals, of which the lower triangle is stored; zeros at first. Mutable. */
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

    /** Sets entry (i, j), which is entry (j, i). */
    void set(int i, int j, Interval value) {
        lower[Math.max(i, j)][Math.min(i, j)] = value;
    }

    /** Adds to entry (i, j), which is entry (j, i). */
    void add(int i, int j, Interval value) {
        set(i, j, get(i, j).plus(value));
    }

    /** The lower triangle, row by row, near the lower ends. */
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

    /** {@code XXᵀ} of the rows of X. */
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
