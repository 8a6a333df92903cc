package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorsTest {
    private static final double UNIT_ROUND_OFF = 0x1p-53;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 9, 1001})
    void dotAndSumAgreeWithExactArithmetic(int length) {
        Seeded seeded = Seeded.of(length);
        double[] x = seeded.gaussian(length, 1);
        double[] y = seeded.gaussian(length, 1);
        BigDecimal dot = BigDecimal.ZERO;
        BigDecimal sum = BigDecimal.ZERO;
        double absolute = 0;
        for (int i = 0; i < length; i++) {
            dot = dot.add(new BigDecimal(x[i]).multiply(new BigDecimal(y[i])));
            sum = sum.add(new BigDecimal(x[i]));
            absolute += Math.abs(x[i] * y[i]);
        }
        // The classical bound for n products in four partial sums; one rounding for the compensated sum.
        Close.assertClose(
                dot.doubleValue(), Vectors.dot(x, y), 0, (length + 3) * UNIT_ROUND_OFF * absolute, "dot, " + seeded);
        Close.assertClose(sum.doubleValue(), Vectors.sum(x), 4 * UNIT_ROUND_OFF, "sum, " + seeded);
    }

    @Test
    void sumKeepsWhatANaiveSumLoses() {
        assertEquals(2, Vectors.sum(new double[] {1, 1e100, 1, -1e100}));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-200, 1e200, Double.MIN_VALUE, 1e308, 1e-150, 1e150})
    void normNeitherOverflowsNorUnderflows(double scale) {
        double[] x = scale == 1e308 ? new double[] {1e308, 1e308} : new double[] {3 * scale, -4 * scale};
        BigDecimal squares = BigDecimal.ZERO;
        for (double v : x) {
            squares = squares.add(new BigDecimal(v).pow(2));
        }
        double expected = squares.sqrt(new MathContext(30)).doubleValue();
        Close.assertClose(expected, Vectors.norm(x), 4 * UNIT_ROUND_OFF, "norm");
    }

    @Test
    void normOfNothingAndOfNonFiniteEntries() {
        assertEquals(0, Vectors.norm(new double[0]));
        assertEquals(0, Vectors.norm(new double[3]));
        assertEquals(Double.NaN, Vectors.norm(new double[] {1, Double.NaN, 1e300}));
        assertEquals(Double.POSITIVE_INFINITY, Vectors.norm(new double[] {1, Double.NEGATIVE_INFINITY}));
    }

    @Test
    void largestAbsoluteEntry() {
        assertEquals(3, Vectors.maxAbs(new double[] {1, -3, 2}));
        assertEquals(0, Vectors.maxAbs(new double[0]));
        assertEquals(Double.NaN, Vectors.maxAbs(new double[] {Double.NaN, 3}));
        assertEquals(Double.NaN, Vectors.maxAbs(new double[] {3, Double.NaN}));
    }

    @Test
    void ofEqualEntriesTheFirstIsTheLargest() {
        double[] x = {9, -1, 2, 2, Double.NEGATIVE_INFINITY, 9};
        assertEquals(1, Vectors.indexOfLargest(x, 1, 5));
        assertEquals(0, Vectors.indexOfLargest(x, 0, 6));
        assertEquals(0, Vectors.indexOfLargest(x, 4, 5));
    }

    @Test
    void addChangesOnlyTheSecondVector() {
        double[] x = {1, 2};
        double[] y = {10, 20};
        Vectors.add(-2, x, y);
        assertArrayEquals(new double[] {8, 16}, y);
        assertArrayEquals(new double[] {1, 2}, x);
    }

    @Test
    void lengthsMustAgree() {
        assertThrows(IllegalArgumentException.class, () -> Vectors.dot(new double[1], new double[2]));
        assertThrows(IllegalArgumentException.class, () -> Vectors.add(1, new double[2], new double[1]));
    }
}
