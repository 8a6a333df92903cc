package io.github.collapse4j.metrics;

/**
 * Effort limits of metrics over pairs of classes.
 *
 * @param maxWork every pair is used if (d + 200)·K² is at most this
 * @param samples number of pairs drawn otherwise
 * @param seed seed of the draw
 */
public record PairOptions(double maxWork, int samples, long seed) {
    /** Every pair up to about 20 seconds of work; otherwise two million pairs. */
    public static PairOptions defaults() {
        return new PairOptions(2e11, 2_000_000, 1);
    }
}
