package io.github.collapse4j.optim;

/**
 * A twice differentiable function of a vector. It keeps the point of its last linearisation, whose Hessian it
 * multiplies by. Not thread-safe.
 */
public interface SmoothFunction {
    int dimension();

    /** The value at {@code x}; does not change the linearisation. */
    double value(double[] x);

    /** Moves the linearisation to {@code x}, writes the gradient there and returns the value. */
    double linearize(double[] x, double[] gradient);

    /** Writes the Hessian at the last linearisation times {@code direction} to {@code image}. */
    void hessianVector(double[] direction, double[] image);
}
