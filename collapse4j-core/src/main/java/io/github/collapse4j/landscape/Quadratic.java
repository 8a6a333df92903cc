package io.github.collapse4j.landscape;

import io.github.collapse4j.optim.SmoothFunction;

/** {@code ½·curvature·x²} in one variable: a critical point as an optimiser sees it along an eigenvector. */
record Quadratic(double curvature) implements SmoothFunction {
    @Override
    public int dimension() {
        return 1;
    }

    @Override
    public double value(double[] x) {
        return curvature * x[0] * x[0] / 2;
    }

    @Override
    public double linearize(double[] x, double[] gradient) {
        gradient[0] = curvature * x[0];
        return value(x);
    }

    @Override
    public void hessianVector(double[] direction, double[] image) {
        image[0] = curvature * direction[0];
    }
}
