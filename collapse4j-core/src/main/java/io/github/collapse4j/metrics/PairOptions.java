package io.github.collapse4j.metrics;

/**
 * How far metrics over pairs of classes go.
 *
 * @param maxWork every pair is taken if (d + 200)·K² is at most this
 * @param samples how many pairs are drawn otherwise
 * @param seed of the draw
 */
public record PairOptions(double maxWork, int samples, long seed) {
    /** Every pair up to about 20 seconds of work, else two million of them. */
    public static PairOptions defaults() {
        return new PairOptions(2e11, 2_000_000, 1);
    }
}
