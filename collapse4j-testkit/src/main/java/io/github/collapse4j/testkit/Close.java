package io.github.collapse4j.testkit;

import static org.junit.jupiter.api.Assertions.fail;

/**
 * Numeric assertions. NaN and infinities, expected or actual, fail every one of them. Tolerances are relative to the
 * expected number, plus an absolute floor for numbers near zero.
 */
public final class Close {
    private Close() {}

    /** {@code |actual − expected| ≤ relative·|expected|}. */
    public static void assertClose(double expected, double actual, double relative, String what) {
        assertClose(expected, actual, relative, 0, what);
    }

    /** {@code |actual − expected| ≤ relative·|expected| + floor}. */
    public static void assertClose(double expected, double actual, double relative, double floor, String what) {
        requireTolerance(relative, floor);
        double allowed = relative * Math.abs(expected) + floor;
        if (!isFinite(expected, actual) || !(Math.abs(actual - expected) <= allowed)) {
            fail(what + ": expected " + expected + ", found " + actual + ", off by " + Math.abs(actual - expected)
                    + " where " + allowed + " is allowed");
        }
    }

    /**
     * Every entry is within {@code relative} times the largest expected magnitude, plus the floor; lengths are equal.
     */
    public static void assertClose(double[] expected, double[] actual, double relative, double floor, String what) {
        requireTolerance(relative, floor);
        if (expected.length != actual.length) {
            fail(what + ": expected " + expected.length + " entries, found " + actual.length);
        }
        double largest = 0;
        for (double e : expected) {
            largest = Math.max(largest, Math.abs(e));
        }
        for (int i = 0; i < expected.length; i++) {
            assertClose(expected[i], actual[i], 0, relative * largest + floor, what + " [" + i + "]");
        }
    }

    /** {@code actual ≤ limit}, both finite. */
    public static void assertAtMost(double limit, double actual, String what) {
        if (!isFinite(limit, actual) || !(actual <= limit)) {
            fail(what + ": expected at most " + limit + ", found " + actual);
        }
    }

    /** {@code actual ≥ limit}, both finite. */
    public static void assertAtLeast(double limit, double actual, String what) {
        if (!isFinite(limit, actual) || !(actual >= limit)) {
            fail(what + ": expected at least " + limit + ", found " + actual);
        }
    }

    private static boolean isFinite(double expected, double actual) {
        return Double.isFinite(expected) && Double.isFinite(actual);
    }

    private static void requireTolerance(double relative, double floor) {
        if (!(relative >= 0) || !(relative < 1) || !(floor >= 0) || Double.isInfinite(floor)) {
            throw new IllegalArgumentException("tolerances: relative " + relative + ", floor " + floor);
        }
    }
}
