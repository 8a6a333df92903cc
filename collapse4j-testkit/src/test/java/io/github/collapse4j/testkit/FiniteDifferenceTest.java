package io.github.collapse4j.testkit;

import org.junit.jupiter.api.Test;

class FiniteDifferenceTest {
    /** Truncation and round-off together, for values of order one. */
    private static final double TOLERANCE = 1e-12;

    @Test
    void gradientOfASmoothFunction() {
        double[] x = {0.3, -0.7};
        double[] gradient = FiniteDifference.gradient(at -> Math.exp(at[0]) * Math.sin(at[1]), x);
        double[] expected = {Math.exp(x[0]) * Math.sin(x[1]), Math.exp(x[0]) * Math.cos(x[1])};
        Close.assertClose(expected, gradient, TOLERANCE, 0, "gradient");
    }

    @Test
    void derivativeOfAVectorFunction() {
        double[] found = FiniteDifference.derivative(
                at -> new double[] {at[0] * at[1], Math.cos(at[0])}, new double[] {2, 3}, new double[] {1, -1});
        Close.assertClose(new double[] {1, -Math.sin(2)}, found, TOLERANCE, 1e-11, "derivative");
    }
}
