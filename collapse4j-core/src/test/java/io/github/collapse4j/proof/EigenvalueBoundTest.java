package io.github.collapse4j.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bounds of smallest eigenvalues, against LAPACK's. */
class EigenvalueBoundTest {
    private final Random random = new Random(5);

    private static SymmetricMatrix exact(Matrix a) {
        SymmetricMatrix matrix = new SymmetricMatrix(a.rows());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j <= i; j++) {
                matrix.set(i, j, Interval.of(a.get(i, j)));
            }
        }
        return matrix;
    }

    private Matrix symmetric(int n, double scale) {
        Matrix a = Matrix.zeros(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double entry = scale * random.nextGaussian();
                a.set(i, j, entry);
                a.set(j, i, entry);
            }
        }
        return a;
    }

    @Test
    void boundsAreBelowAndClose() {
        for (int n : new int[] {1, 2, 3, 17, 60}) {
            for (double scale : new double[] {1, 1e-9, 1e9}) {
                Matrix a = symmetric(n, scale);
                double smallest = LinearAlgebra.symmetricEigenvalues(a)[0];
                double hint = smallest - 1e-10 * scale;
                Interval bound = EigenvalueBound.of(exact(a), hint).orElseThrow();
                // The eigenvalue routine's own error is far below this.
                assertTrue(bound.approximately() <= smallest + 1e-12 * n * scale, n + " at " + scale);
                assertTrue(bound.approximately() >= hint - 1e-12 * n * scale, n + " at " + scale);
            }
        }
    }

    @Test
    void hintsThatAreTooLargeGiveNothing() {
        Matrix a = symmetric(20, 1);
        double smallest = LinearAlgebra.symmetricEigenvalues(a)[0];
        assertTrue(EigenvalueBound.of(exact(a), smallest + 1e-6).isEmpty());
        assertTrue(EigenvalueBound.of(exact(a), Double.MAX_VALUE).isEmpty());
    }

    @Test
    void hugeNegativeHintsAreTrueAndUseless() {
        Interval bound = EigenvalueBound.of(exact(symmetric(20, 1)), -0x1p40).orElseThrow();
        assertTrue(bound.approximately() < -0x1p39);
    }

    @Test
    void widthsAreSubtracted() {
        SymmetricMatrix identity = new SymmetricMatrix(4);
        BigInteger one = Interval.ONE.low();
        BigInteger width = one.shiftRight(3);
        for (int i = 0; i < 4; i++) {
            identity.set(i, i, Interval.ofScaled(one.subtract(width), one));
        }
        // Lower ends 7/8 with widths 1/8 on the diagonal, of Frobenius norm 1/4.
        assertEquals(
                0.875 - 0.25,
                EigenvalueBound.of(identity, 0.875 - 1e-9).orElseThrow().approximately(),
                1e-7);
    }

    @Test
    void productsOfIntegersAreSummedExactly() {
        for (int i = 0; i < 200; i++) {
            long[] x = new long[37];
            long[] y = new long[37];
            BigInteger sum = BigInteger.ZERO;
            for (int k = 0; k < x.length; k++) {
                x[k] = random.nextLong() >> 7;
                y[k] = random.nextLong() >> 7;
                sum = sum.add(BigInteger.valueOf(x[k]).multiply(BigInteger.valueOf(y[k])));
            }
            assertEquals(sum, EigenvalueBound.dot(x, y, x.length));
        }
    }

    @Test
    void largestEigenvaluesAreBoundedFromAbove() {
        for (int n : new int[] {1, 5, 40}) {
            Matrix a = symmetric(n, 1);
            Matrix gram = LinearAlgebra.gramOfRows(a);
            double largest = LinearAlgebra.symmetricEigenvalues(gram)[n - 1];
            Matrix negative = gram.copy().scale(-1);
            Interval bound = LargestEigenvalue.ofNegative(exact(negative));
            assertTrue(bound.approximately() >= largest * (1 - 1e-13));
            assertTrue(bound.approximately() <= largest * 1.1);
        }
        assertTrue(LargestEigenvalue.ofNegative(new SymmetricMatrix(3)).approximately() < 1e-70);
    }
}
