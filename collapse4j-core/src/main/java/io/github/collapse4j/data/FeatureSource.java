package io.github.collapse4j.data;

/**
 * N features of dimension d that can be read in any order and more than once. Implementations may be files far larger
 * than memory, and reading may throw {@link java.io.UncheckedIOException}.
 */
public interface FeatureSource {
    /** d. */
    int featureDimension();

    /** N. */
    long samples();

    /**
     * Writes samples {@code first … first+count−1} to {@code target}: the {@code d×count} matrix of features in
     * column-major order, d entries per sample.
     */
    void read(long first, int count, double[] target);
}
