package io.github.collapse4j.proof;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The tangents T̄ of the symmetry orbit at a point: {@code (WA, −AĤ, 0)} with {@code A = E_ij − E_ji} for i > j, and, for
 * cross-entropy with a free bias, the shift (0, 0, 1).
 */
final class Tangents {
    private final Interval[][] columns;
    private final int unknowns;

    Tangents(ExactModel model, ExactPoint point, Derivatives at) {
        int d = point.dimension();
        int classes = point.classes();
        this.unknowns = at.unknowns();
        int rotations = d * (d - 1) / 2;
        columns = new Interval[model.hasShift() ? rotations + 1 : rotations][unknowns];
        for (Interval[] column : columns) {
            Arrays.fill(column, Interval.ZERO);
        }
        int next = 0;
        for (int i = 1; i < d; i++) {
            for (int j = 0; j < i; j++) {
                Interval[] column = columns[next++];
                for (int k = 0; k < classes; k++) {
                    column[at.indexOfW(k, j)] = Interval.of(point.w()[k][i]);
                    column[at.indexOfW(k, i)] = Interval.of(-point.w()[k][j]);
                }
                for (int k = 0; k < model.groups(); k++) {
                    column[at.indexOfH(i, k)] = Interval.of(-point.h()[j][k]);
                    column[at.indexOfH(j, k)] = Interval.of(point.h()[i][k]);
                }
            }
        }
        if (model.hasShift()) {
            Arrays.fill(columns[rotations], unknowns - classes, unknowns, Interval.ONE);
        }
    }

    /** The number of tangents. */
    int count() {
        return columns.length;
    }

    /** Adds {@code c T̄T̄ᵀ}. */
    void addTo(SymmetricMatrix hessian, Interval c) {
        for (Interval[] column : columns) {
            int[] support = support(column);
            for (int i = 0; i < support.length; i++) {
                Interval factor = c.times(column[support[i]]);
                for (int j = 0; j <= i; j++) {
                    hessian.add(support[i], support[j], factor.times(column[support[j]]));
                }
            }
        }
    }

    /** {@code T̄ᵀT̄}. */
    SymmetricMatrix gram() {
        SymmetricMatrix gram = new SymmetricMatrix(columns.length);
        for (int i = 0; i < columns.length; i++) {
            int[] support = support(columns[i]);
            for (int j = 0; j <= i; j++) {
                ProductSum sum = new ProductSum();
                for (int at : support) {
                    sum.add(columns[i][at], columns[j][at]);
                }
                gram.set(i, j, sum.value());
            }
        }
        return gram;
    }

    private int[] support(Interval[] column) {
        return IntStream.range(0, unknowns).filter(i -> !column[i].isZero()).toArray();
    }
}
