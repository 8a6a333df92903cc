package io.github.collapse4j.linalg;

import io.github.collapse4j.linalg.LinearAlgebra.Op;

/**
 * Products in plain Java in which one dimension is small and another large, such as a batch of features and ten
 * classes. Only loops whose arrays share their indices are vectorised by the compiler, so the long vectors get their
 * own arrays.
 */
final class SkinnyProduct {
    private static final int MIN_VOLUME = 1 << 16;
    private static final int MIN_LENGTH = 32;

    private SkinnyProduct() {}

    /**
     * Adds {@code alpha·op(a)·op(b)} to {@code c} and returns true; returns false and does nothing if the shapes do not
     * qualify.
     */
    static boolean add(double alpha, Matrix a, Op opA, Matrix b, Op opB, Matrix c, int m, int n, int k) {
        if ((long) m * n * k < MIN_VOLUME) {
            return false;
        }
        if (k <= Math.min(m, n) && m >= MIN_LENGTH) {
            combine(alpha, a, opA, b, opB, c.data(), m, n, k);
        } else if (opB == Op.TRANSPOSE && m <= n && n >= MIN_LENGTH) {
            double[][] rows = sumOverColumns(b.data(), a, opA == Op.NONE, m, n, k);
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    c.data()[j * m + i] += alpha * rows[i][j];
                }
            }
        } else if (opA == Op.NONE && n <= m && m >= MIN_LENGTH) {
            double[][] columns = sumOverColumns(a.data(), b, opB == Op.TRANSPOSE, n, m, k);
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < m; i++) {
                    c.data()[j * m + i] += alpha * columns[j][i];
                }
            }
        } else if (opB == Op.NONE && k >= MIN_LENGTH) {
            addDots(alpha, vectors(a, opA == Op.TRANSPOSE, m, k), b.data(), c.data(), n);
        } else {
            return false;
        }
        return true;
    }

    /** The columns or rows of a matrix, each as an array of the given length. */
    private static double[][] vectors(Matrix matrix, boolean columns, int count, int length) {
        double[][] vectors = new double[count][length];
        for (int v = 0; v < count; v++) {
            for (int i = 0; i < length; i++) {
                vectors[v][i] = columns ? matrix.get(i, v) : matrix.get(v, i);
            }
        }
        return vectors;
    }

    /** Each column of the result combines a few long vectors. */
    private static void combine(double alpha, Matrix a, Op opA, Matrix b, Op opB, double[] c, int m, int n, int k) {
        double[][] vectors = vectors(a, opA == Op.NONE, k, m);
        double[] factors = new double[k];
        double[] sum = new double[m];
        for (int j = 0; j < n; j++) {
            for (int l = 0; l < k; l++) {
                factors[l] = alpha * (opB == Op.NONE ? b.data()[j * k + l] : b.data()[l * n + j]);
            }
            System.arraycopy(c, j * m, sum, 0, m);
            addCombination(factors, vectors, k, sum);
            System.arraycopy(sum, 0, c, j * m, m);
        }
    }

    /** A few sums over many vectors, the columns of a {@code long×k} matrix, with a factor for each sum and column. */
    private static double[][] sumOverColumns(
            double[] columns, Matrix factors, boolean sumsAreRows, int sums, int length, int k) {
        double[][] result = new double[sums][length];
        double[][] vectors = new double[4][length];
        double[] four = new double[4];
        for (int first = 0; first < k; first += 4) {
            int count = Math.min(4, k - first);
            for (int v = 0; v < count; v++) {
                System.arraycopy(columns, (first + v) * length, vectors[v], 0, length);
            }
            for (int s = 0; s < sums; s++) {
                for (int v = 0; v < count; v++) {
                    four[v] = sumsAreRows ? factors.get(s, first + v) : factors.get(first + v, s);
                }
                addCombination(four, vectors, count, result[s]);
            }
        }
        return result;
    }

    private static void addCombination(double[] factors, double[][] vectors, int count, double[] sum) {
        int v = 0;
        for (; v + 3 < count; v += 4) {
            addFour(
                    factors[v],
                    vectors[v],
                    factors[v + 1],
                    vectors[v + 1],
                    factors[v + 2],
                    vectors[v + 2],
                    factors[v + 3],
                    vectors[v + 3],
                    sum);
        }
        for (; v < count; v++) {
            double factor = factors[v];
            double[] x = vectors[v];
            for (int i = 0; i < sum.length; i++) {
                sum[i] += factor * x[i];
            }
        }
    }

    private static void addFour(
            double f0,
            double[] x0,
            double f1,
            double[] x1,
            double f2,
            double[] x2,
            double f3,
            double[] x3,
            double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += (f0 * x0[i] + f1 * x1[i]) + (f2 * x2[i] + f3 * x3[i]);
        }
    }

    /**
     * Inner products of a few rows with many columns, four rows at a time, so that each column entry is loaded once for
     * all four.
     */
    private static void addDots(double alpha, double[][] rows, double[] b, double[] c, int n) {
        int m = rows.length;
        int k = rows[0].length;
        for (int j = 0; j < n; j++) {
            int i = 0;
            for (; i + 3 < m; i += 4) {
                addFourDots(alpha, rows, i, b, j * k, c, j * m + i);
            }
            for (; i < m; i++) {
                c[j * m + i] += alpha * dot(rows[i], b, j * k);
            }
        }
    }

    private static void addFourDots(
            double alpha, double[][] rows, int first, double[] b, int column, double[] c, int target) {
        double[] row0 = rows[first];
        double[] row1 = rows[first + 1];
        double[] row2 = rows[first + 2];
        double[] row3 = rows[first + 3];
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        for (int l = 0; l < row0.length; l++) {
            double x = b[column + l];
            s0 += row0[l] * x;
            s1 += row1[l] * x;
            s2 += row2[l] * x;
            s3 += row3[l] * x;
        }
        c[target] += alpha * s0;
        c[target + 1] += alpha * s1;
        c[target + 2] += alpha * s2;
        c[target + 3] += alpha * s3;
    }

    private static double dot(double[] row, double[] b, int column) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int l = 0;
        for (; l + 3 < row.length; l += 4) {
            s0 += row[l] * b[column + l];
            s1 += row[l + 1] * b[column + l + 1];
            s2 += row[l + 2] * b[column + l + 2];
            s3 += row[l + 3] * b[column + l + 3];
        }
        for (; l < row.length; l++) {
            s0 += row[l] * b[column + l];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
