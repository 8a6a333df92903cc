package io.github.collapse4j.optim;

import java.io.Serializable;

/**
 * An algorithm that searches for a local minimum of a smooth function. Immutable: its options, including seeds,
 * determine the result bit by bit. Thread-safe if each thread passes its own function. Allocates nothing per iteration.
 *
 * <p>All algorithms stop at the first iterate whose gradient norm is within the tolerance (perturbed gradient descent
 * at the first one that has also passed its test), which may be the start. A non-finite value or gradient ends the run
 * with {@link Termination#DIVERGED} at the last iterate where both were finite.
 */
public interface Optimizer extends Serializable {
    /**
     * Minimises from a start.
     *
     * @param start finite, of the function's dimension; not changed
     * @throws IllegalArgumentException if the start has the wrong length or a non-finite entry
     */
    OptimizerResult minimize(SmoothFunction function, double[] start, Limits limits, IterationListener listener);

    /** Minimises without a listener. */
    default OptimizerResult minimize(SmoothFunction function, double[] start, Limits limits) {
        return minimize(function, start, limits, IterationListener.SILENT);
    }
}
