package io.github.collapse4j.optim;

import java.io.Serializable;

/**
 * An algorithm that looks for a local minimum of a smooth function. Instances are immutable: their options, seeds
 * included, fix the result bit by bit, and one instance may serve several threads, each with its own function. Nothing is
 * allocated per iteration.
 *
 * <p>All algorithms end at the first iterate whose gradient norm is within the tolerance (perturbed gradient descent at
 * the first one that has also stood its test), so at once if the start is one. A value or gradient that is not finite ends
 * the run with {@link Termination#DIVERGED} at the last iterate where both were.
 */
public interface Optimizer extends Serializable {
    /**
     * Minimises from a start.
     *
     * @param start as long as the function's dimension, finite; not changed
     * @throws IllegalArgumentException if the start has another length or an entry that is not finite
     */
    OptimizerResult minimize(SmoothFunction function, double[] start, Limits limits, IterationListener listener);

    /** Minimises without a listener. */
    default OptimizerResult minimize(SmoothFunction function, double[] start, Limits limits) {
        return minimize(function, start, limits, IterationListener.SILENT);
    }
}
