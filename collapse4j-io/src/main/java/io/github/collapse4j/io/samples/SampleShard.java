package io.github.collapse4j.io.samples;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** The samples of one file or stream. */
public interface SampleShard {
    /** The maximum feature dimension, so that a header alone cannot make us exhaust memory. */
    int MAX_DIMENSIONS = 1 << 20;

    /** {@return its name in messages} */
    String name();

    /** {@return the location of its labels for messages: a file, or a file and a column} */
    String labelPlace();

    /** {@return one-line notes on how it is read, such as that a column is left out} */
    default List<String> notes() {
        return List.of();
    }

    /** {@return d, between 1 and {@link #MAX_DIMENSIONS}} */
    int featureDimension();

    /** {@return the number of samples, empty if it is known only after reading to the end} */
    OptionalLong samples();

    /** {@return whether features are known to fit into single precision, as they were stored in it} */
    default boolean isSinglePrecision() {
        return false;
    }

    /** {@return whether {@link #open} may be called more than once} */
    boolean isRereadable();

    /** Starts at the first sample. */
    ShardCursor open() throws IOException;

    /**
     * Scans the labels only; a stream of features is not consumed.
     *
     * @return the largest label, empty without samples
     * @throws IOException if reading fails, or a label is negative or not an integer
     */
    OptionalLong largestLabel() throws IOException;
}
