package io.github.collapse4j.landscape;

import io.github.collapse4j.optim.SmoothFunction;
import java.util.Arrays;

/**
 * A function on the subspace where variables are proportional to shared ones, {@code x_i = scale_i·y_{of(i)}}, or fixed
 * at zero where {@code of(i) < 0}.
 */
final class TiedFunction implements SmoothFunction {
    private final SmoothFunction function;
    private final int[] of;
    private final double[] scale;
    private final int dimension;
    private final double[] x;
    private final double[] image;

    TiedFunction(SmoothFunction function, int[] of, double[] scale) {
        this.function = function;
        this.of = of;
        this.scale = scale;
        this.dimension = Arrays.stream(of).max().orElse(-1) + 1;
        this.x = new double[of.length];
        this.image = new double[of.length];
    }

    /** The vector of all variables. */
    double[] expand(double[] y) {
        double[] all = new double[of.length];
        spread(y, all);
        return all;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public double value(double[] y) {
        spread(y, x);
        return function.value(x);
    }

    @Override
    public double linearize(double[] y, double[] gradient) {
        spread(y, x);
        double value = function.linearize(x, image);
        collect(image, gradient);
        return value;
    }

    @Override
    public void hessianVector(double[] direction, double[] result) {
        spread(direction, x);
        function.hessianVector(x, image);
        collect(image, result);
    }

    private void spread(double[] y, double[] into) {
        for (int i = 0; i < of.length; i++) {
            into[i] = of[i] < 0 ? 0 : scale[i] * y[of[i]];
        }
    }

    private void collect(double[] from, double[] into) {
        Arrays.fill(into, 0);
        for (int i = 0; i < of.length; i++) {
            if (of[i] >= 0) {
                into[of[i]] += scale[i] * from[i];
            }
        }
    }
}
