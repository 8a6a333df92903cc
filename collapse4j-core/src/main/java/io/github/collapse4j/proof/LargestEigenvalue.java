package io.github.collapse4j.proof;

import java.util.Optional;

/**
 * An upper bound of the largest eigenvalue of a positive semidefinite matrix: a guess in doubles, raised until
 * verified.
 */
final class LargestEigenvalue {
    /** Steps of the power iteration that yields the guess. */
    private static final int POWER_STEPS = 60;

    /** The initial relative margin above the guess; raised in steps up to 1. */
    private static final double FIRST_MARGIN = 1e-13;

    private static final double MARGIN_STEP = 8;

    private LargestEigenvalue() {}

    /** The bound for −A as a point interval; the trace if no guess can be verified. */
    static Interval ofNegative(SymmetricMatrix a) {
        double guess = estimate(a.approximately());
        for (double margin = FIRST_MARGIN; margin < 1; margin *= MARGIN_STEP) {
            Optional<Interval> bound = EigenvalueBound.of(a, -guess * (1 + margin) - Double.MIN_NORMAL);
            if (bound.isPresent()) {
                return bound.get().negate().max(Interval.ZERO);
            }
        }
        Interval trace = Interval.ZERO;
        for (int i = 0; i < a.order(); i++) {
            trace = trace.minus(a.get(i, i));
        }
        return trace.upper();
    }

    /** By power iteration, from the lower triangle; 0 where it fails. */
    private static double estimate(double[][] lower) {
        int n = lower.length;
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = Math.cos(i + 0.5);
        }
        double growth = 0;
        for (int step = 0; step < POWER_STEPS; step++) {
            double[] image = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    image[i] += lower[i][j] * x[j];
                    image[j] += lower[i][j] * x[i];
                }
                image[i] += lower[i][i] * x[i];
            }
            double length = length(image);
            growth = length / length(x);
            for (int i = 0; i < n; i++) {
                x[i] = image[i] / length;
            }
        }
        return Double.isFinite(growth) ? growth : 0;
    }

    private static double length(double[] x) {
        double squares = 0;
        for (double entry : x) {
            squares += entry * entry;
        }
        return Math.sqrt(squares);
    }
}
