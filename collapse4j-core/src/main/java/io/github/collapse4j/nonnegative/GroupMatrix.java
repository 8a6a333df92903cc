package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;

/**
 * A K×K matrix that exchanging classes of a group does not change: entry (j, k) is {@code between(a, b)} for classes of
 * groups a and b, and {@code excess[a]} more if j = k. Products have the same form.
 *
 * @param between G×G
 * @param excess of the diagonal
 */
record GroupMatrix(Matrix between, double[] excess) {
    /** From a {@code (G+1)×G} matrix: the entries of one column of each group, last that on the diagonal. */
    static GroupMatrix ofColumns(int[] sizes, Matrix columns) {
        int n = sizes.length;
        Matrix between = Matrix.zeros(n, n);
        double[] excess = new double[n];
        for (int a = 0; a < n; a++) {
            for (int h = 0; h < n; h++) {
                between.set(h, a, h == a && sizes[a] == 1 ? 0 : columns.get(h, a));
            }
            excess[a] = columns.get(n, a) - between.get(a, a);
        }
        return new GroupMatrix(between, excess);
    }

    /** The entries of one column of each group, {@code (G+1)×G}. */
    Matrix columns() {
        int n = excess.length;
        Matrix columns = Matrix.zeros(n + 1, n);
        for (int a = 0; a < n; a++) {
            for (int h = 0; h < n; h++) {
                columns.set(h, a, between.get(h, a));
            }
            columns.set(n, a, between.get(a, a) + excess[a]);
        }
        return columns;
    }

    GroupMatrix transpose() {
        return new GroupMatrix(between.transpose(), excess);
    }

    /** The matrix product. */
    GroupMatrix times(GroupMatrix other, int[] sizes) {
        int n = excess.length;
        Matrix weighted = other.between.copy();
        double[] product = new double[n];
        for (int a = 0; a < n; a++) {
            product[a] = excess[a] * other.excess[a];
            for (int h = 0; h < n; h++) {
                weighted.set(h, a, sizes[h] * weighted.get(h, a));
            }
        }
        Matrix result = LinearAlgebra.multiply(between, Op.NONE, weighted, Op.NONE);
        for (int a = 0; a < n; a++) {
            for (int h = 0; h < n; h++) {
                double mixed = between.get(h, a) * other.excess[a] + excess[h] * other.between.get(h, a);
                result.set(h, a, result.get(h, a) + mixed);
            }
        }
        return new GroupMatrix(result, product);
    }

    GroupMatrix plus(GroupMatrix other) {
        double[] sum = excess.clone();
        for (int a = 0; a < sum.length; a++) {
            sum[a] += other.excess[a];
        }
        return new GroupMatrix(between.copy().add(1, other.between), sum);
    }
}
