package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The batch kernels, native and in Java, against three loops at odd, one and zero sizes. */
class BatchKernelsTest {
    static Stream<Arguments> shapes() {
        int[] sizes = {0, 1, 2, 7, 33, 64, 101};
        return Arrays.stream(sizes)
                .boxed()
                .flatMap(m -> Arrays.stream(sizes)
                        .boxed()
                        .flatMap(d -> Stream.of(0, 1, 5, 40).map(n -> Arguments.of(m, d, n))));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void doubleProduct(int m, int d, int n) {
        Seeded seeded = Seeded.of(m * 10_000 + d * 100 + n);
        Matrix a = Matrices.gaussian(m, d, seeded);
        double[] b = seeded.gaussian(d * (n + 2), 1);
        Matrix expected = Matrices.naive(a, Matrix.wrap(d, n, Arrays.copyOf(b, d * n)));
        double[] found = new double[m * (n + 2)];
        FixedFactor.Workspace workspace = new FixedFactor(a).workspace(n + 2);
        workspace.multiply(seeded.gaussian(d * (n + 2), 1), n + 2, found);
        workspace.multiply(b, n, found);
        Close.assertClose(expected.data(), Arrays.copyOf(found, m * n), 1e-14 * (d + 1), 1e-300, "native");
        double[] java = new double[m * n];
        SmallProduct.multiplyColumns(a.data(), b, java, m, n, d);
        Close.assertClose(expected.data(), java, 1e-14 * (d + 1), 1e-300, "Java");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void productsOfAHead(int m, int d, int n) {
        Seeded seeded = Seeded.of(m * 10_000 + d * 100 + n);
        Matrix a = Matrices.gaussian(m, d, seeded);
        Matrix b = Matrices.gaussian(d, n, seeded);
        Matrix e = Matrices.gaussian(m, n, seeded);
        for (boolean byThreads : new boolean[] {false, true}) {
            HeadFactor.Workspace workspace = new HeadFactor(a, byThreads).workspace();
            workspace.load(Matrices.gaussian(d, n + 3, seeded));
            workspace.load(b);
            Matrix forward = Matrices.gaussian(m, n, seeded);
            workspace.forward(forward);
            assertProduct(Matrices.naive(a, b), forward, d);
            Matrix backward = Matrices.gaussian(d, n, seeded);
            workspace.backward(e, backward);
            assertProduct(Matrices.naive(a.transpose(), e), backward, m);
            Matrix outer = Matrices.gaussian(d, m, seeded);
            workspace.outer(e, outer);
            assertProduct(Matrices.naive(b, e.transpose()), outer, n);
            Matrix gram = Matrices.gaussian(m, m, seeded);
            workspace.gram(gram);
            assertProduct(lower(Matrices.naive(e, e.transpose())), gram, n);
        }
    }

    private static Matrix lower(Matrix square) {
        Matrix lower = square.copy();
        for (int j = 0; j < lower.columns(); j++) {
            for (int i = 0; i < j; i++) {
                lower.set(i, j, 0);
            }
        }
        return lower;
    }

    private static void assertProduct(Matrix expected, Matrix found, int inner) {
        Close.assertClose(expected.data(), found.data(), 1e-14 * (inner + 1), 1e-300, "product");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void singleProductIsWithinItsBound(int m, int d, int n) {
        Seeded seeded = Seeded.of(m * 10_000 + d * 100 + n);
        Matrix a = Matrices.gaussian(m, d, seeded);
        Matrix b = Matrices.gaussian(d, n, seeded);
        float[] rounded = new float[d * n];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) b.data()[i];
        }
        float[] found = new float[m * n];
        SingleFactor factor = new SingleFactor(a);
        factor.workspace(n).multiply(rounded, n, found);
        float[] java = new float[m * n];
        float[] left = new float[m * d];
        for (int i = 0; i < left.length; i++) {
            left[i] = (float) a.data()[i];
        }
        SmallProduct.multiplyColumns(left, rounded, java, m, n, d);
        Matrix expected = Matrices.naive(a, b);
        for (int j = 0; j < n; j++) {
            double column = Vectors.norm(b.column(j));
            for (int i = 0; i < m; i++) {
                double row = Vectors.norm(a.transpose().column(i));
                double bound = factor.errorFactor() * row * column;
                Close.assertAtMost(bound, Math.abs(found[j * m + i] - expected.get(i, j)), "native");
                Close.assertAtMost(bound, Math.abs(java[j * m + i] - expected.get(i, j)), "Java");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void scatter(int k, int d, int n) {
        Seeded seeded = Seeded.of(k * 10_000 + d * 100 + n);
        Matrix first = Matrices.gaussian(d, n, seeded);
        Matrix second = Matrices.gaussian(d, k, seeded);
        ScatterSum sum = new ScatterSum(d);
        sum.add(2, first.data(), n);
        sum.add(-1, second.data(), k);
        Matrix expected = Matrices.naive(2, first, Op.NONE, first, Op.TRANSPOSE, 0, Matrix.zeros(d, d));
        Matrix found = sum.toMatrix();
        expected = Matrices.naive(-1, second, Op.NONE, second, Op.TRANSPOSE, 1, expected);
        Matrices.assertClose(expected, found, 1e-13, 1e-300, "native");
        assertEquals(0, found.copy().add(-1, found.transpose()).norm(), "symmetric");
        double[] java = new double[d * d];
        SmallProduct.addScatter(2, first.data(), java, d, n);
        SmallProduct.addScatter(-1, second.data(), java, d, k);
        for (int j = 0; j < d; j++) {
            for (int i = j; i < d; i++) {
                Close.assertClose(expected.get(i, j), java[j * d + i], 0, 1e-13 * expected.norm() + 1e-300, "Java");
            }
        }
        sum.set(Matrix.identity(d));
        Matrices.assertClose(Matrix.identity(d), sum.toMatrix(), 0, 0, "set");
    }

    @Test
    void tooManyColumnsAreRejected() {
        FixedFactor.Workspace workspace = new FixedFactor(Matrix.identity(3)).workspace(2);
        assertThrows(IllegalArgumentException.class, () -> workspace.multiply(new double[9], 3, new double[9]));
        SingleFactor.Workspace single = new SingleFactor(Matrix.identity(3)).workspace(2);
        assertThrows(IllegalArgumentException.class, () -> single.multiply(new float[9], 3, new float[9]));
    }

    /** Rounding of a single-precision sum over the largest possible d has no useful bound. */
    @Test
    void theBoundBecomesInfiniteRatherThanWrong() {
        assertEquals(Double.POSITIVE_INFINITY, new SingleFactor(Matrix.zeros(1, 1 << 23)).errorFactor());
    }
}
