package io.github.collapse4j.testkit;

import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Derivatives by central differences of order six. With the step {@value #STEP} the truncation error is about
 * {@code 1e-15} and the round-off about {@code 1e-14} times the magnitude of the values, for functions and arguments of
 * order one.
 */
public final class FiniteDifference {
    private static final double STEP = 4e-3;
    private static final double[] WEIGHTS = {45.0 / 60, -9.0 / 60, 1.0 / 60};

    private FiniteDifference() {}

    /** The gradient at {@code x}. */
    public static double[] gradient(ToDoubleFunction<double[]> function, double[] x) {
        double[] gradient = new double[x.length];
        double[] direction = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            direction[i] = 1;
            gradient[i] = derivative(at -> new double[] {function.applyAsDouble(at)}, x, direction)[0];
            direction[i] = 0;
        }
        return gradient;
    }

    /**
     * The derivative of a vector function at {@code x} along {@code direction}; the function must return new arrays.
     */
    public static double[] derivative(UnaryOperator<double[]> function, double[] x, double[] direction) {
        double[] sum = null;
        for (int order = WEIGHTS.length; order >= 1; order--) {
            double[] ahead = function.apply(moved(x, direction, order * STEP));
            double[] behind = function.apply(moved(x, direction, -order * STEP));
            if (sum == null) {
                sum = new double[ahead.length];
            }
            for (int i = 0; i < sum.length; i++) {
                sum[i] += WEIGHTS[order - 1] * (ahead[i] - behind[i]) / STEP;
            }
        }
        return sum == null ? new double[0] : sum;
    }

    private static double[] moved(double[] x, double[] direction, double step) {
        double[] moved = x.clone();
        for (int i = 0; i < x.length; i++) {
            moved[i] += step * direction[i];
        }
        return moved;
    }
}
