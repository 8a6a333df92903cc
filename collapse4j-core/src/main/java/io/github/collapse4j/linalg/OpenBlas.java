package io.github.collapse4j.linalg;

import io.github.collapse4j.linalg.LinearAlgebra.Op;
import java.util.stream.Stream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_full;

/**
 * The native path: OpenBLAS through one library (BLAS and LAPACK together), loaded on first use. A call runs on the
 * calling thread unless the user has configured OpenBLAS's own threads; {@link TiledProduct} makes several calls in
 * parallel.
 */
final class OpenBlas {
    private static final int COLUMN_MAJOR = openblas_full.LAPACK_COL_MAJOR;

    /** Whether the user has set OpenBLAS's number of threads through one of its environment variables. */
    private static final boolean USERS_THREADS = Stream.of(
                    "OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS")
            .anyMatch(name -> System.getenv(name) != null);

    private OpenBlas() {}

    /** Loads the library once; if that fails, the Java path is used. */
    private static final class Library {
        static final boolean AVAILABLE = load();

        private Library() {}

        private static boolean load() {
            try {
                if (!UnpackedLibrary.load()) {
                    Loader.load(openblas_full.class);
                }
                if (!USERS_THREADS) {
                    openblas_full.openblas_set_num_threads(1);
                }
                return true;
            } catch (LinkageError | RuntimeException e) {
                System.getLogger(OpenBlas.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "no native BLAS, using Java, which takes longer on large layers: add the artifacts"
                                        + " org.bytedeco:openblas and org.bytedeco:javacpp with classifier "
                                        + Loader.getPlatform() + " (" + e.getMessage() + ")");
                return false;
            }
        }
    }

    static boolean isAvailable() {
        return Library.AVAILABLE;
    }

    /** Whether OpenBLAS uses the threads that the user configured; if so, it is not called from several threads. */
    static boolean hasThreadsOfItsOwn() {
        return USERS_THREADS;
    }

    /** {@code C = A·B} off-heap, {@code m×n} from {@code m×k} and {@code k×n}. */
    static void multiply(DoublePointer a, DoublePointer b, DoublePointer c, int m, int n, int k) {
        int none = openblas_full.CblasNoTrans;
        openblas_full.cblas_dgemm(openblas_full.CblasColMajor, none, none, m, n, k, 1, a, m, b, k, 0, c, m);
    }

    /** {@code C = A·B} off-heap, in single precision. */
    static void multiply(FloatPointer a, FloatPointer b, FloatPointer c, int m, int n, int k) {
        int none = openblas_full.CblasNoTrans;
        openblas_full.cblas_sgemm(openblas_full.CblasColMajor, none, none, m, n, k, 1, a, m, b, k, 0, c, m);
    }

    /** The lower triangle of {@code S ← beta·S + factor·B·Bᵀ} off-heap, B {@code n×k}. */
    static void scatter(double factor, DoublePointer b, double beta, DoublePointer s, int n, int k) {
        openblas_full.cblas_dsyrk(
                openblas_full.CblasColMajor,
                openblas_full.CblasLower,
                openblas_full.CblasNoTrans,
                n,
                k,
                factor,
                b,
                n,
                beta,
                s,
                n);
    }

    /** {@code C ← alpha·op(A)·op(B) + beta·C} off-heap; A and B have the leading dimensions given, C has m. */
    static void multiply(
            double alpha,
            DoublePointer a,
            int leadingA,
            Op opA,
            DoublePointer b,
            int leadingB,
            Op opB,
            double beta,
            DoublePointer c,
            int m,
            int n,
            int k) {
        openblas_full.cblas_dgemm(
                openblas_full.CblasColMajor,
                transpose(opA),
                transpose(opB),
                m,
                n,
                k,
                alpha,
                a,
                leadingA,
                b,
                leadingB,
                beta,
                c,
                m);
    }

    static void multiply(double alpha, Matrix a, Op opA, Matrix b, Op opB, double beta, Matrix c, int m, int n, int k) {
        int tiles = TiledProduct.tiles(m, n, k);
        if (tiles > 1) {
            new TiledProduct(alpha, a, opA, b, opB, beta, c, k).run(tiles);
            return;
        }
        openblas_full.cblas_dgemm(
                openblas_full.CblasColMajor,
                transpose(opA),
                transpose(opB),
                m,
                n,
                k,
                alpha,
                a.data(),
                a.rows(),
                b.data(),
                b.rows(),
                beta,
                c.data(),
                m);
    }

    private static int transpose(Op op) {
        return op == Op.NONE ? openblas_full.CblasNoTrans : openblas_full.CblasTrans;
    }

    static SymmetricEigen symmetricEigen(Matrix a, boolean withVectors) {
        int n = a.rows();
        Matrix vectors = a.copy();
        double[] values = new double[n];
        int info = openblas_full.LAPACKE_dsyevd(
                COLUMN_MAJOR, (byte) (withVectors ? 'V' : 'N'), (byte) 'L', n, vectors.data(), n, values);
        requireSuccess("dsyevd", info);
        return new SymmetricEigen(values, vectors);
    }

    /** The lower triangle of the Cholesky factor, overwriting that of {@code a}; false if a pivot is not positive. */
    static boolean cholesky(Matrix a) {
        return openblas_full.LAPACKE_dpotrf(COLUMN_MAJOR, (byte) 'L', a.rows(), a.data(), a.rows()) == 0;
    }

    /** Overwrites the lower triangle of a Cholesky factor with that of the inverse of the matrix. */
    static void invertCholesky(Matrix factor) {
        requireSuccess(
                "dpotri",
                openblas_full.LAPACKE_dpotri(COLUMN_MAJOR, (byte) 'L', factor.rows(), factor.data(), factor.rows()));
    }

    static double[] singularValues(Matrix a) {
        double[] values = new double[Math.min(a.rows(), a.columns())];
        int info = openblas_full.LAPACKE_dgesdd(
                COLUMN_MAJOR,
                (byte) 'N',
                a.rows(),
                a.columns(),
                a.data().clone(),
                a.rows(),
                values,
                new double[1],
                a.rows(),
                new double[1],
                a.columns());
        requireSuccess("dgesdd", info);
        return values;
    }

    static Svd svd(Matrix a) {
        int m = a.rows();
        int n = a.columns();
        int r = Math.min(m, n);
        Matrix u = Matrix.zeros(m, r);
        Matrix vt = Matrix.zeros(r, n);
        double[] values = new double[r];
        int info = openblas_full.LAPACKE_dgesdd(
                COLUMN_MAJOR, (byte) 'S', m, n, a.data().clone(), m, values, u.data(), m, vt.data(), r);
        requireSuccess("dgesdd", info);
        return new Svd(u, values, vt.transpose());
    }

    private static void requireSuccess(String routine, int info) {
        if (info != 0) {
            throw new ArithmeticException("LAPACK " + routine + " failed with info = " + info
                    + (info < 0 ? " (an argument is NaN?)" : " (no convergence)"));
        }
    }
}
