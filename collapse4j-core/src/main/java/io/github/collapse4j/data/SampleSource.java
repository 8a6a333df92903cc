package io.github.collapse4j.data;

import java.util.OptionalLong;

/**
 * Labelled features from files, a pipe or memory, read from the first sample to the last. Implementations may be far
 * larger than memory.
 */
public interface SampleSource {
    /** d. */
    int featureDimension();

    /** K: labels are 0…K−1. A class may be empty. */
    int classes();

    /** N; empty if it is known only after reading to the end. */
    OptionalLong samples();

    /** Whether {@link #open} may be called more than once; a pipe can be read only once. */
    boolean isRereadable();

    /**
     * Starts a pass at the first sample.
     *
     * @throws IllegalStateException at the second call if the source is not rereadable
     */
    SampleReader open();
}
