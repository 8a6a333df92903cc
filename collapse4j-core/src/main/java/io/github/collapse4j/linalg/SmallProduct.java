package io.github.collapse4j.linalg;

import io.github.collapse4j.linalg.LinearAlgebra.Op;
import java.util.Arrays;

/** Matrix products in plain Java: loops over contiguous columns. */
final class SmallProduct {
    private SmallProduct() {}

    static void multiply(double alpha, Matrix a, Op opA, Matrix b, Op opB, double beta, Matrix c, int m, int n, int k) {
        double[] result = c.data();
        if (beta == 0) {
            Arrays.fill(result, 0);
        } else if (beta != 1) {
            c.scale(beta);
        }
        if (SkinnyProduct.add(alpha, a, opA, b, opB, c, m, n, k)) {
            return;
        }
        if (opA == Op.NONE) {
            addColumnCombinations(alpha, a.data(), b.data(), opB, result, m, n, k);
        } else if (opB == Op.NONE) {
            addColumnDots(alpha, a.data(), b.data(), result, m, n, k);
        } else {
            addColumnDots(alpha, a.data(), b.transpose().data(), result, m, n, k);
        }
    }

    /** Column j of the result is a combination of the columns of A. */
    private static void addColumnCombinations(
            double alpha, double[] a, double[] b, Op opB, double[] c, int m, int n, int k) {
        for (int j = 0; j < n; j++) {
            int cj = j * m;
            for (int l = 0; l < k; l++) {
                double factor = alpha * (opB == Op.NONE ? b[j * k + l] : b[l * n + j]);
                int al = l * m;
                for (int i = 0; i < m; i++) {
                    c[cj + i] += factor * a[al + i];
                }
            }
        }
    }

    /** Entry (i, j) of the result is the inner product of column i of A and column j of B. */
    private static void addColumnDots(double alpha, double[] a, double[] b, double[] c, int m, int n, int k) {
        for (int j = 0; j < n; j++) {
            int bj = j * k;
            for (int i = 0; i < m; i++) {
                int ai = i * k;
                double s0 = 0;
                double s1 = 0;
                int l = 0;
                for (; l + 1 < k; l += 2) {
                    s0 += a[ai + l] * b[bj + l];
                    s1 += a[ai + l + 1] * b[bj + l + 1];
                }
                if (l < k) {
                    s0 += a[ai + l] * b[bj + l];
                }
                c[j * m + i] += alpha * (s0 + s1);
            }
        }
    }

    /** {@code C = A·B} for the first n columns; the arrays may be longer. */
    static void multiplyColumns(double[] a, double[] b, double[] c, int m, int n, int k) {
        Arrays.fill(c, 0, m * n, 0);
        for (int j = 0; j < n; j++) {
            for (int l = 0; l < k; l++) {
                double factor = b[j * k + l];
                for (int i = 0; i < m; i++) {
                    c[j * m + i] += factor * a[l * m + i];
                }
            }
        }
    }

    /** {@code C = A·B} for the first n columns; the arrays may be longer. */
    static void multiplyColumns(float[] a, float[] b, float[] c, int m, int n, int k) {
        Arrays.fill(c, 0, m * n, 0);
        for (int j = 0; j < n; j++) {
            for (int l = 0; l < k; l++) {
                float factor = b[j * k + l];
                for (int i = 0; i < m; i++) {
                    c[j * m + i] += factor * a[l * m + i];
                }
            }
        }
    }

    /** The lower triangle of {@code S ← S + factor·B·Bᵀ} for the first k columns of B, which have length n. */
    static void addScatter(double factor, double[] b, double[] s, int n, int k) {
        for (int l = 0; l < k; l++) {
            for (int j = 0; j < n; j++) {
                double scaled = factor * b[l * n + j];
                for (int i = j; i < n; i++) {
                    s[j * n + i] += scaled * b[l * n + i];
                }
            }
        }
    }
}
