package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both multiplication paths against three loops over entries. */
class ProductTest {
    /** The sums have at most 65 terms of order one: 65 roundings on each side. */
    private static final double TOLERANCE = 65 * 2 * 0x1p-53;

    /** Rows, inner dimension, columns; odd and zero sizes, and both sides of the native path's threshold, 24. */
    record Sizes(int m, int k, int n) {}

    static Stream<Sizes> sizes() {
        Stream<Sizes> small = Stream.of(0, 1, 2, 3, 7)
                .flatMap(m -> Stream.of(0, 1, 2, 5, 8)
                        .flatMap(k -> Stream.of(0, 1, 3, 6).map(n -> new Sizes(m, k, n))));
        Stream<Sizes> large = Stream.of(23, 24, 25, 65)
                .flatMap(m -> Stream.of(1, 23, 24, 33)
                        .flatMap(k -> Stream.of(23, 24, 31).map(n -> new Sizes(m, k, n))));
        return Stream.concat(small, large);
    }

    /** BLAS requires leading dimensions of at least one; the dispatcher never passes it an empty operand. */
    static Stream<Sizes> nonEmptySizes() {
        return sizes().filter(s -> s.m() > 0 && s.k() > 0 && s.n() > 0);
    }

    /** Odd sizes that are computed in two to five tiles, of rows and of columns, just above the minimum volume. */
    static Stream<Sizes> tiledSizes() {
        return Stream.of(
                new Sizes(251, 65, 260), new Sizes(260, 65, 251), new Sizes(701, 60, 101), new Sizes(101, 60, 701));
    }

    private interface Multiplication {
        void multiply(double alpha, Matrix a, Op opA, Matrix b, Op opB, double beta, Matrix c);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void dispatched(Sizes sizes) {
        check(sizes, LinearAlgebra::multiply);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void inJava(Sizes s) {
        check(
                s,
                (alpha, a, opA, b, opB, beta, c) ->
                        SmallProduct.multiply(alpha, a, opA, b, opB, beta, c, s.m(), s.n(), s.k()));
    }

    @ParameterizedTest
    @MethodSource("nonEmptySizes")
    void natively(Sizes s) {
        assertTrue(OpenBlas.isAvailable(), "the build has the native library of this platform on the test class path");
        check(
                s,
                (alpha, a, opA, b, opB, beta, c) ->
                        OpenBlas.multiply(alpha, a, opA, b, opB, beta, c, s.m(), s.n(), s.k()));
    }

    @ParameterizedTest
    @MethodSource("tiledSizes")
    void inTiles(Sizes s) {
        assertTrue(TiledProduct.tiles(s.m(), s.n(), s.k()) > 1, s::toString);
        check(s, LinearAlgebra::multiply);
    }

    @ParameterizedTest
    @MethodSource("tiledSizes")
    void tilesGiveTheSameBitsOnOneThread(Sizes s) {
        Seeded seeded = Seeded.of(11);
        Matrix a = Matrices.gaussian(s.m(), s.k(), seeded);
        Matrix b = Matrices.gaussian(s.k(), s.n(), seeded);
        Matrix onSeveral = LinearAlgebra.multiply(a, b);
        NativeThreads single = NativeThreads.onePerCall();
        try {
            assertArrayEquals(onSeveral.data(), LinearAlgebra.multiply(a, b).data(), s + " " + seeded);
        } finally {
            single.close();
        }
    }

    private static void check(Sizes s, Multiplication multiplication) {
        Seeded seeded = Seeded.of(1000L * s.m() + 100L * s.k() + s.n());
        for (Op opA : Op.values()) {
            for (Op opB : Op.values()) {
                Matrix a = opA == Op.NONE
                        ? Matrices.gaussian(s.m(), s.k(), seeded)
                        : Matrices.gaussian(s.k(), s.m(), seeded);
                Matrix b = opB == Op.NONE
                        ? Matrices.gaussian(s.k(), s.n(), seeded)
                        : Matrices.gaussian(s.n(), s.k(), seeded);
                Matrix start = Matrices.gaussian(s.m(), s.n(), seeded);
                double[] before = a.data().clone();
                for (double[] factors : new double[][] {{1, 0}, {1, 1}, {-0.75, 0.5}, {0, -2}}) {
                    Matrix expected = Matrices.naive(factors[0], a, opA, b, opB, factors[1], start);
                    Matrix found = start.copy();
                    if (factors[1] == 0) {
                        Arrays.fill(found.data(), Double.NaN); // must not be read
                    }
                    multiplication.multiply(factors[0], a, opA, b, opB, factors[1], found);
                    String what = s + " " + opA + " " + opB + " " + Arrays.toString(factors) + ", " + seeded;
                    Matrices.assertClose(expected, found, TOLERANCE, s.k() * TOLERANCE, what);
                }
                assertTrue(Arrays.equals(before, a.data()), "operands stay as they are");
            }
        }
    }

    @Test
    void newResultsHaveTheShapeOfTheProduct() {
        Matrix a = Matrix.ofRows(new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});
        assertTrue(Arrays.equals(
                new double[] {5, 11, 17, 11, 25, 39, 17, 39, 61},
                LinearAlgebra.gramOfRows(a).data()));
        Matrix inner = LinearAlgebra.multiply(a, Op.TRANSPOSE, a, Op.NONE);
        assertTrue(Arrays.equals(new double[] {35, 44, 44, 56}, inner.data()));
        assertEquals(3, LinearAlgebra.multiply(a, Matrix.zeros(2, 4)).rows());
    }

    @Test
    void mismatchedShapesAreQuoted() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> LinearAlgebra.multiply(
                        1, Matrix.zeros(2, 3), Op.NONE, Matrix.zeros(4, 5), Op.TRANSPOSE, 0, Matrix.zeros(2, 4)));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("product of 2×3 and 5×4 does not fit into 2×4"),
                refusal::toString);
    }
}
