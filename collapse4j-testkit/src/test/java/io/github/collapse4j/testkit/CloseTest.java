package io.github.collapse4j.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

class CloseTest {
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void nothingThatIsNotFinitePasses(double bad) {
        assertThrows(AssertionFailedError.class, () -> Close.assertClose(bad, bad, 0.5, 1e300, "x"));
        assertThrows(AssertionFailedError.class, () -> Close.assertClose(1, bad, 0.5, 1e300, "x"));
        assertThrows(AssertionFailedError.class, () -> Close.assertAtMost(bad, bad, "x"));
        assertThrows(AssertionFailedError.class, () -> Close.assertAtMost(Double.MAX_VALUE, bad, "x"));
        assertThrows(AssertionFailedError.class, () -> Close.assertAtLeast(bad, bad, "x"));
        assertThrows(
                AssertionFailedError.class,
                () -> Close.assertClose(new double[] {1, 2}, new double[] {1, bad}, 0.5, 1e300, "x"));
    }

    @Test
    void toleranceIsRelativeToTheExpectedNumberPlusTheFloor() {
        assertDoesNotThrow(() -> Close.assertClose(-100, -101, 0.01, "x"));
        assertThrows(AssertionFailedError.class, () -> Close.assertClose(-100, -101.1, 0.01, "x"));
        assertDoesNotThrow(() -> Close.assertClose(-100, -101.1, 0.01, 0.2, "x"));
        assertThrows(AssertionFailedError.class, () -> Close.assertClose(0, 1e-300, 1e-3, "x"));
    }

    @Test
    void entriesAreMeasuredByTheLargestAndLengthsMustAgree() {
        double[] expected = {1000, 0};
        assertDoesNotThrow(() -> Close.assertClose(expected, new double[] {1000, 1e-7}, 1e-10, 0, "x"));
        assertThrows(
                AssertionFailedError.class,
                () -> Close.assertClose(expected, new double[] {1000, 2e-7}, 1e-10, 0, "x"));
        assertThrows(AssertionFailedError.class, () -> Close.assertClose(expected, new double[] {1000}, 1e-10, 0, "x"));
    }

    @Test
    void limitsAreInclusive() {
        assertDoesNotThrow(() -> Close.assertAtMost(1, 1, "x"));
        assertDoesNotThrow(() -> Close.assertAtLeast(1, 1, "x"));
        assertThrows(AssertionFailedError.class, () -> Close.assertAtMost(1, Math.nextUp(1.0), "x"));
        assertThrows(AssertionFailedError.class, () -> Close.assertAtLeast(1, Math.nextDown(1.0), "x"));
    }

    @Test
    void messageSaysWhatAndHowFar() {
        String message = String.valueOf(
                assertThrows(AssertionFailedError.class, () -> Close.assertClose(1, 2, 0.25, "the bound"))
                        .getMessage());
        assertTrue(message.contains("the bound: expected 1.0, found 2.0, off by 1.0 where 0.25 is allowed"), message);
    }

    @Test
    void meaninglessTolerancesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Close.assertClose(1, 1, Double.NaN, "x"));
        assertThrows(IllegalArgumentException.class, () -> Close.assertClose(1, 1, 1, "x"));
        assertThrows(IllegalArgumentException.class, () -> Close.assertClose(1, 1, -1e-9, "x"));
        assertThrows(IllegalArgumentException.class, () -> Close.assertClose(1, 1, 0, Double.POSITIVE_INFINITY, "x"));
    }
}
