package io.github.collapse4j.optim;

/** A {@link SmoothFunction} in its own coordinates, without preconditioning. */
public final class EuclideanProblem implements TrustRegionProblem {
    private final SmoothFunction function;
    private final double[] x;
    private final double[] trial;
    private final double[] gradient;
    private double value;

    /** Starts at {@code start}, which is copied. */
    public EuclideanProblem(SmoothFunction function, double[] start) {
        this.function = function;
        this.x = start.clone();
        this.trial = new double[start.length];
        this.gradient = new double[start.length];
        this.value = function.linearize(x, gradient);
    }

    /** A copy of the current point. */
    public double[] point() {
        return x.clone();
    }

    /** The current point itself, read-only. */
    double[] view() {
        return x;
    }

    @Override
    public int dimension() {
        return x.length;
    }

    @Override
    public double value() {
        return value;
    }

    @Override
    public void gradient(double[] into) {
        System.arraycopy(gradient, 0, into, 0, into.length);
    }

    @Override
    public void hessianVector(double[] direction, double[] image) {
        function.hessianVector(direction, image);
    }

    @Override
    public void precondition(double[] residual, double[] image) {
        System.arraycopy(residual, 0, image, 0, image.length);
    }

    @Override
    public double trial(double[] step) {
        for (int i = 0; i < x.length; i++) {
            trial[i] = x[i] + step[i];
        }
        return function.value(trial);
    }

    @Override
    public void accept() {
        System.arraycopy(trial, 0, x, 0, x.length);
        value = function.linearize(x, gradient);
    }
}
