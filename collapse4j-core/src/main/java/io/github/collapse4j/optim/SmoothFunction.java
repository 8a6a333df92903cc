package io.github.collapse4j.optim;

/**
 * A twice differentiable function of a vector. It remembers the point where it was last linearised, for which it
 * multiplies by the Hessian; instances are for one thread.
 */
public interface SmoothFunction {
    int dimension();

    /** The value at {@code x}; leaves the linearisation as it is. */
    double value(double[] x);

    /** Moves the linearisation to {@code x}, writes the gradient there and returns the value. */
    double linearize(double[] x, double[] gradient);

    /** Writes the Hessian at the last linearisation times {@code direction} to {@code image}. */
    void hessianVector(double[] direction, double[] image);
}
