package io.github.collapse4j.optim;

/** Observes every iterate of a minimisation. */
@FunctionalInterface
public interface IterationListener {
    /** Ignores every iterate and never stops. */
    IterationListener SILENT = (iteration, value, gradientNorm, point) -> false;

    /**
     * Called once for the start (iteration 0) and once after every iteration including the last, but not for a point
     * with a non-finite value or gradient.
     *
     * @param point the algorithm's own array, valid only during the call; must not be changed
     * @return true to stop the run
     */
    boolean stopAt(int iteration, double value, double gradientNorm, double[] point);
}
