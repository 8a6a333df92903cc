package io.github.collapse4j.optim;

/** Sees every iterate of a minimisation. */
@FunctionalInterface
public interface IterationListener {
    /** Sees nothing and never stops. */
    IterationListener SILENT = (iteration, value, gradientNorm, point) -> false;

    /**
     * Called once for the start (iteration 0) and once after every iteration, the last one included; not for a point
     * whose value or gradient is not finite.
     *
     * @param point the algorithm's own array, valid during the call: neither to be changed nor to be kept
     * @return true to end the run here
     */
    boolean stopAt(int iteration, double value, double gradientNorm, double[] point);
}
