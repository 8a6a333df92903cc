package io.github.collapse4j.optim;

/** Differences of values along a line, computed from slopes where the values themselves are indistinguishable. */
final class RoundOff {
    /** Differences of values up to this many units in the last place count as round-off. */
    private static final double NOISE_ULPS = 32;

    private RoundOff() {}

    /** The possible error of a value. */
    static double noise(double value) {
        return NOISE_ULPS * Math.ulp(value);
    }

    /** Whether the difference of two values, the first of them finite, is within their round-off. */
    static boolean isNoise(double value, double other) {
        return Double.isFinite(other) && Math.abs(other - value) <= noise(Math.max(Math.abs(value), Math.abs(other)));
    }

    /**
     * {@code φ(t) − φ(0)} by the trapezoidal rule, exact for quadratics. The sufficient-decrease test of Armijo with this
     * difference is the approximate Wolfe condition {@code φ'(t) ≤ (2δ − 1)φ'(0)} of Hager and Zhang (2005, equation 4).
     */
    static double trapezoid(double t, double slopeAtZero, double slope) {
        return t * (slopeAtZero + slope) / 2;
    }
}
