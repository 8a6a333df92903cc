package io.github.collapse4j.linalg;

import java.util.Arrays;
import java.util.Optional;

/**
 * All dense kernels of the library. Large operands go to a native BLAS/LAPACK on all cores; small ones, and all of them
 * if no native library can be loaded, stay in Java. The path depends only on shapes, so equal input gives equal output.
 */
public final class LinearAlgebra {
    /** Minimum inner dimension for a native call: below it, copying and calling cost more than they save. */
    private static final int NATIVE_MIN_DIMENSION = 24;

    private static final int NATIVE_MIN_ORDER = 32;

    private LinearAlgebra() {}

    /** Whether an operand is transposed. */
    public enum Op {
        NONE,
        TRANSPOSE
    }

    /** Starts loading the native library in the background, for callers that do not need it yet. */
    public static void loadAhead() {
        Thread loader = new Thread(OpenBlas::isAvailable, "native library");
        loader.setDaemon(true);
        loader.start();
    }

    /** {@code a·b}, as a new matrix. */
    public static Matrix multiply(Matrix a, Matrix b) {
        return multiply(a, Op.NONE, b, Op.NONE);
    }

    /** {@code op(a)·op(b)}, as a new matrix. */
    public static Matrix multiply(Matrix a, Op opA, Matrix b, Op opB) {
        Matrix c = Matrix.zeros(opA == Op.NONE ? a.rows() : a.columns(), opB == Op.NONE ? b.columns() : b.rows());
        multiply(1, a, opA, b, opB, 0, c);
        return c;
    }

    /**
     * {@code c ← alpha·op(a)·op(b) + beta·c}. If {@code beta = 0}, the old content of {@code c} is not read. {@code c}
     * must not be one of the operands.
     *
     * @throws IllegalArgumentException naming the shapes, if they do not fit
     */
    public static void multiply(double alpha, Matrix a, Op opA, Matrix b, Op opB, double beta, Matrix c) {
        int m = opA == Op.NONE ? a.rows() : a.columns();
        int k = opA == Op.NONE ? a.columns() : a.rows();
        int kb = opB == Op.NONE ? b.rows() : b.columns();
        int n = opB == Op.NONE ? b.columns() : b.rows();
        if (k != kb || c.rows() != m || c.columns() != n) {
            throw new IllegalArgumentException("product of " + m + "×" + k + " and " + kb + "×" + n
                    + " does not fit into " + c.rows() + "×" + c.columns());
        }
        if (isNative(Math.min(m, Math.min(n, k)))) {
            OpenBlas.multiply(alpha, a, opA, b, opB, beta, c, m, n, k);
        } else {
            SmallProduct.multiply(alpha, a, opA, b, opB, beta, c, m, n, k);
        }
    }

    /** Whether products whose smallest dimension this is go to the native library. */
    static boolean isNative(int smallest) {
        return smallest >= NATIVE_MIN_DIMENSION && OpenBlas.isAvailable();
    }

    /** The Gram matrix {@code a·aᵀ} of the rows of {@code a}. */
    public static Matrix gramOfRows(Matrix a) {
        return multiply(a, Op.NONE, a, Op.TRANSPOSE);
    }

    /**
     * The eigendecomposition of a symmetric matrix. Only the lower triangle is read; the matrix is not changed.
     *
     * @throws OutOfRangeException if an entry is not finite; the same holds for the other decompositions
     */
    public static SymmetricEigen symmetricEigen(Matrix a) {
        requireSquare(a);
        requireFinite(a, true);
        return useLapack(a.rows()) ? OpenBlas.symmetricEigen(a, true) : EjmlDecompositions.symmetricEigen(a);
    }

    /** The eigenvalues of a symmetric matrix in ascending order. */
    public static double[] symmetricEigenvalues(Matrix a) {
        requireSquare(a);
        requireFinite(a, true);
        return useLapack(a.rows())
                ? OpenBlas.symmetricEigen(a, false).values()
                : EjmlDecompositions.symmetricEigen(a).values();
    }

    /** The lower factor L of a symmetric matrix {@code LLᵀ}; empty if it is not positive definite. */
    public static Optional<Matrix> cholesky(Matrix a) {
        requireSquare(a);
        requireFinite(a, true);
        Matrix factor = a.copy();
        if (!(useLapack(a.rows()) ? OpenBlas.cholesky(factor) : SmallCholesky.factorise(factor))) {
            return Optional.empty();
        }
        for (int j = 1; j < a.rows(); j++) {
            Arrays.fill(factor.data(), j * a.rows(), j * a.rows() + j, 0);
        }
        return Optional.of(factor);
    }

    /** The inverse of {@code LLᵀ} from its lower factor L, which is not changed. */
    public static Matrix inverseOfCholesky(Matrix factor) {
        int n = factor.rows();
        Matrix inverse = factor.copy();
        if (useLapack(n)) {
            OpenBlas.invertCholesky(inverse);
        } else {
            SmallCholesky.invert(inverse);
        }
        for (int j = 0; j < n; j++) {
            for (int i = j + 1; i < n; i++) {
                inverse.set(j, i, inverse.get(i, j));
            }
        }
        return inverse;
    }

    /** The thin singular value decomposition; the matrix is not changed. */
    public static Svd svd(Matrix a) {
        if (a.rows() == 0 || a.columns() == 0) {
            return new Svd(Matrix.zeros(a.rows(), 0), new double[0], Matrix.zeros(a.columns(), 0));
        }
        requireFinite(a, false);
        return useLapack(Math.min(a.rows(), a.columns())) ? OpenBlas.svd(a) : EjmlDecompositions.svd(a);
    }

    /** The singular values in descending order, without vectors, which take several times as long. */
    public static double[] singularValues(Matrix a) {
        if (!useLapack(Math.min(a.rows(), a.columns()))) {
            return svd(a).values();
        }
        requireFinite(a, false);
        return OpenBlas.singularValues(a);
    }

    private static boolean useLapack(int order) {
        return order > NATIVE_MIN_ORDER && OpenBlas.isAvailable();
    }

    /** Checks the entries that are read: for a symmetric matrix, the lower triangle. */
    private static void requireFinite(Matrix a, boolean symmetric) {
        for (int j = 0; j < a.columns(); j++) {
            for (int i = symmetric ? j : 0; i < a.rows(); i++) {
                if (!Double.isFinite(a.get(i, j))) {
                    throw new OutOfRangeException("cannot decompose a " + a.rows() + "×" + a.columns()
                            + " matrix with the entry " + a.get(i, j)
                            + ": the numbers behind it are too large for double precision");
                }
            }
        }
    }

    private static void requireSquare(Matrix a) {
        if (a.rows() != a.columns()) {
            throw new IllegalArgumentException("expected a square matrix, found " + a.rows() + "×" + a.columns());
        }
    }
}
