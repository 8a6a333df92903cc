package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("heavy")
class SpectralNormTest {
    private static final MathContext DIGITS = new MathContext(60);
    /** Maximum relative excess of the bound over the true value. */
    private static final double TIGHT = 1e-12;

    static Stream<Matrix> matrices() {
        Stream<Matrix> random = Stream.of(new int[] {1, 1}, new int[] {2, 9}, new int[] {9, 2}, new int[] {12, 12})
                .map(shape -> Matrices.gaussian(shape[0], shape[1], Seeded.of(31L * shape[0] + shape[1])));
        // The native path of the Gram product starts at 24, that of the eigenvalues at 33.
        Stream<Matrix> large =
                Stream.of(Matrices.gaussian(25, 30, Seeded.of(7)), Matrices.gaussian(36, 34, Seeded.of(8)));
        Matrix simplex = Matrix.identity(10).add(-0.1, Matrix.wrap(10, 10, filled(100, 1)));
        Matrix nearlySingular = Matrices.gaussian(6, 2, Seeded.of(9));
        Matrix gram = LinearAlgebra.gramOfRows(nearlySingular);
        Stream<Matrix> special = Stream.of(simplex, gram, Matrix.identity(4).scale(1e-100));
        return Stream.of(random, large, special).flatMap(stream -> stream);
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void boundIsAtLeastTheExactNormAndTight(Matrix a) {
        double bound = SpectralNorm.upperBound(a, 0);
        assertTrue(exceeds(a, bound), () -> "σ_max is above its bound " + bound + " for " + a);
        double smaller = bound * (1 - TIGHT);
        assertFalse(exceeds(a, smaller), () -> "the bound " + bound + " is not tight for " + a);
    }

    /** In sums of 20,000 squares round-off is visible: the computed norm is too small for every third seed. */
    @Test
    void boundHoldsForLongSums() {
        int tooSmall = 0;
        for (long seed = 0; seed < 12; seed++) {
            Matrix a = Matrices.gaussian(2, 20_000, Seeded.of(seed));
            double bound = SpectralNorm.upperBound(a, 0);
            assertTrue(exceeds(a, bound), "σ_max is above its bound " + bound + " for seed " + seed);
            tooSmall += exceeds(a, SpectralNorm.of(a) * (1 + 8 * 0x1p-53)) ? 0 : 1;
        }
        assertTrue(tooSmall > 0, "the example shows nothing");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,4", "24,24", "33,40", "1,500", "500,2"})
    void normOfARankOneMatrixOfIntegers(int rows, int columns) {
        // u vᵀ with u_i = i+1, v_j = j+1 has the exact norm √(Σu²·Σv²).
        Matrix a = Matrix.zeros(rows, columns);
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++) {
                a.set(i, j, (i + 1.0) * (j + 1.0));
            }
        }
        double exact = Math.sqrt(squares(rows) * squares(columns));
        Close.assertClose(exact, SpectralNorm.of(a), 1e-14, "computed");
        Close.assertAtLeast(exact, SpectralNorm.upperBound(a, 0), "bound");
        Close.assertAtMost(exact * (1 + TIGHT), SpectralNorm.upperBound(a, 0), "bound");
    }

    @Test
    void normsOfKnownMatrices() {
        Matrix simplex = Matrix.identity(7).add(-1.0 / 7, Matrix.wrap(7, 7, filled(49, 1)));
        Close.assertClose(1, SpectralNorm.of(simplex), 1e-14, "projection");
        Matrix hadamard = Matrix.ofRows(new double[] {1, 1}, new double[] {1, -1});
        Close.assertClose(Math.sqrt(2), SpectralNorm.of(hadamard), 1e-14, "Hadamard");
        assertEquals(0, SpectralNorm.of(Matrix.zeros(3, 2)));
        assertEquals(0, SpectralNorm.upperBound(Matrix.zeros(3, 2), 0.5));
        assertEquals(0, SpectralNorm.upperBound(Matrix.zeros(0, 2), 0.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-13, 1e-6, 0.1})
    void boundCoversRelativeErrorsOfTheEntries(double entryError) {
        // If no entry is negative, all entries can grow by the same factor, and so does the norm.
        Matrix a = Matrix.zeros(5, 8);
        double[] entries = Seeded.of(4).gaussian(40, 1);
        for (int i = 0; i < entries.length; i++) {
            a.data()[i] = Math.abs(entries[i]);
        }
        assertTrue(exceeds(a.copy().scale(1 + entryError), SpectralNorm.upperBound(a, entryError)));
        Seeded seeded = Seeded.of(5);
        for (int trial = 0; trial < 50; trial++) {
            Matrix b = Matrices.gaussian(4, 6, seeded);
            Matrix perturbed = b.copy();
            for (int i = 0; i < perturbed.data().length; i++) {
                perturbed.data()[i] *= 1 + (seeded.random().nextBoolean() ? entryError : -entryError);
            }
            double bound = SpectralNorm.upperBound(b, entryError);
            assertTrue(exceeds(perturbed, bound * (1 + 1e-15)), () -> "perturbed norm above " + bound + ", " + seeded);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-139, 1e-170, 1e-300, 1e-310, 1e139, 1e200, 1e300})
    void squaresThatUnderflowOrOverflowDoNotMatter(double entry) {
        Matrix a = Matrix.identity(3).scale(entry);
        Close.assertClose(entry, SpectralNorm.of(a), 1e-14, "computed");
        Close.assertAtLeast(entry, SpectralNorm.upperBound(a, 0), "bound");
        Close.assertAtMost(entry * (1 + TIGHT), SpectralNorm.upperBound(a, 0), "bound");
    }

    @Test
    void nanHasNoBound() {
        Matrix a = Matrix.identity(3);
        a.set(1, 2, Double.NaN);
        boolean refused;
        try {
            refused = Double.isNaN(SpectralNorm.upperBound(a, 0));
        } catch (ArithmeticException expected) {
            refused = true;
        }
        assertTrue(refused, "a bound was given for a matrix with NaN");
    }

    /** Whether {@code bound > σ_max(a)}, decided by an LDLᵀ factorisation of {@code bound²·I − aᵀa} to 60 digits. */
    private static boolean exceeds(Matrix a, double bound) {
        Matrix tall = a.rows() >= a.columns() ? a : a.transpose();
        int n = tall.columns();
        BigDecimal[][] m = new BigDecimal[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                BigDecimal sum = i == j ? new BigDecimal(bound).pow(2) : BigDecimal.ZERO;
                for (int l = 0; l < tall.rows(); l++) {
                    sum = sum.subtract(new BigDecimal(tall.get(l, i)).multiply(new BigDecimal(tall.get(l, j))), DIGITS);
                }
                m[i][j] = sum;
                m[j][i] = sum;
            }
        }
        for (int p = 0; p < n; p++) {
            if (m[p][p].signum() <= 0) {
                return false;
            }
            for (int i = p + 1; i < n; i++) {
                BigDecimal factor = m[i][p].divide(m[p][p], DIGITS);
                for (int j = p + 1; j < n; j++) {
                    m[i][j] = m[i][j].subtract(factor.multiply(m[p][j]), DIGITS);
                }
            }
        }
        return true;
    }

    private static double squares(int n) {
        double sum = 0;
        for (int i = 1; i <= n; i++) {
            sum += (double) i * i;
        }
        return sum;
    }

    private static double[] filled(int length, double value) {
        double[] array = new double[length];
        Arrays.fill(array, value);
        return array;
    }
}
