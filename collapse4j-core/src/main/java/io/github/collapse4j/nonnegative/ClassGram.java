package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.UnitRoundOff;
import java.util.Arrays;

/**
 * {@code Γ = GᵀG}, the inner products of the columns of a gradient, one per class, where classes of a group have equal
 * entries: with each entry the largest error that rounding can have left in it.
 *
 * @param sizes m_a, the number of classes in each group
 * @param own Γ_kk for a class k of each group
 * @param between entry (a, b): Γ_jk for a class j of group a and another class k of group b
 * @param ownError bounds on the errors of {@code own}
 * @param betweenError bounds on the errors of {@code between}
 */
record ClassGram(int[] sizes, double[] own, Matrix between, double[] ownError, Matrix betweenError) {

    /** The inner products of the columns of a matrix, every class a group of its own. */
    static ClassGram of(Matrix gradient) {
        int columns = gradient.columns();
        Matrix products = LinearAlgebra.multiply(gradient, Op.TRANSPOSE, gradient, Op.NONE);
        Matrix absolute = absolute(gradient);
        Matrix errors = LinearAlgebra.multiply(absolute, Op.TRANSPOSE, absolute, Op.NONE)
                .scale((gradient.rows() + 2) * UnitRoundOff.DOUBLE);
        double[] own = new double[columns];
        double[] ownError = new double[columns];
        for (int k = 0; k < columns; k++) {
            own[k] = products.get(k, k);
            ownError[k] = errors.get(k, k);
        }
        int[] ones = new int[columns];
        Arrays.fill(ones, 1);
        return new ClassGram(ones, own, products, ownError, errors);
    }

    /**
     * The inner products of columns of a gradient by groups of classes.
     *
     * @param sizes m_a
     * @param columns {@code (G+1)×G}: column a has the entry of another class of each group, and last that of its own
     */
    static ClassGram ofGroups(int[] sizes, Matrix columns) {
        int n = sizes.length;
        double unit = (columns.rows() + 8) * UnitRoundOff.DOUBLE;
        double[] own = new double[n];
        double[] excess = new double[n];
        double[] sizesOfTerms = new double[n];
        for (int a = 0; a < n; a++) {
            double same = sizes[a] == 1 ? 0 : columns.get(a, a);
            for (int h = 0; h < n; h++) {
                double entry = columns.get(h, a);
                own[a] += (h == a ? sizes[h] - 1 : sizes[h]) * entry * entry;
            }
            own[a] += columns.get(n, a) * columns.get(n, a);
            excess[a] = columns.get(n, a) - same;
            sizesOfTerms[a] = Math.abs(columns.get(n, a)) + Math.abs(same);
        }
        Matrix errors = products(sizes, absolute(columns), sizesOfTerms).scale(unit);
        double[] ownError = Arrays.stream(own).map(square -> unit * square).toArray();
        return new ClassGram(sizes, own, products(sizes, columns, excess), ownError, errors);
    }

    /** Sums over all classes of the other entries, and the own entries' excess over those of their group. */
    private static Matrix products(int[] sizes, Matrix columns, double[] excess) {
        int n = sizes.length;
        Matrix others = Matrix.zeros(n, n);
        Matrix weighted = Matrix.zeros(n, n);
        for (int a = 0; a < n; a++) {
            for (int h = 0; h < n; h++) {
                double entry = h == a && sizes[a] == 1 ? 0 : columns.get(h, a);
                others.set(h, a, entry);
                weighted.set(h, a, sizes[h] * entry);
            }
        }
        Matrix products = LinearAlgebra.multiply(others, Op.TRANSPOSE, weighted, Op.NONE);
        for (int b = 0; b < n; b++) {
            for (int a = 0; a < n; a++) {
                products.set(a, b, products.get(a, b) + excess[a] * others.get(a, b) + excess[b] * others.get(b, a));
            }
        }
        return products;
    }

    private static Matrix absolute(Matrix matrix) {
        Matrix absolute = matrix.copy();
        Arrays.setAll(absolute.data(), i -> Math.abs(absolute.data()[i]));
        return absolute;
    }

    int groups() {
        return sizes.length;
    }

    int classes() {
        return Arrays.stream(sizes).sum();
    }

    /** The K×K matrix Γ, classes ordered by group. */
    Matrix expanded() {
        int classes = classes();
        int[] groupOf = new int[classes];
        int next = 0;
        for (int g = 0; g < sizes.length; g++) {
            Arrays.fill(groupOf, next, next + sizes[g], g);
            next += sizes[g];
        }
        Matrix gram = Matrix.zeros(classes, classes);
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < classes; j++) {
                gram.set(j, k, j == k ? own[groupOf[k]] : between.get(groupOf[j], groupOf[k]));
            }
        }
        return gram;
    }

    /** A bound on the norm of the errors of {@link #expanded}. */
    double error() {
        double largest = 0;
        for (int a = 0; a < sizes.length; a++) {
            double sum = ownError[a] - betweenError.get(a, a);
            for (int b = 0; b < sizes.length; b++) {
                sum += sizes[b] * betweenError.get(b, a);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }
}
