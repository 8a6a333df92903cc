package io.github.collapse4j.io.samples;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Samples of one file, or of one stream. */
public interface SampleShard {
    /** The most feature dimensions that are read, so that a header's claim alone cannot take up all memory. */
    int MOST_DIMENSIONS = 1 << 20;

    /** {@return what messages call it} */
    String name();

    /** {@return where its labels stand, for messages: a file, or a file and a column} */
    String labelPlace();

    /** {@return what the user should know of how it is read, each in one line, such as that a column is left out} */
    default List<String> notes() {
        return List.of();
    }

    /** {@return d, between 1 and {@link #MOST_DIMENSIONS}} */
    int featureDimension();

    /** {@return how many samples there are, empty where only reading to the end tells} */
    OptionalLong samples();

    /** {@return whether features are known to fit into single precision, as they were stored in it} */
    default boolean isSinglePrecision() {
        return false;
    }

    /** {@return whether {@link #open} may be called more than once} */
    boolean isRereadable();

    /** Begins at the first sample. */
    ShardCursor open() throws IOException;

    /**
     * Looks through the labels alone, which leaves a stream of features where it is.
     *
     * @return the largest label, −1 if there are no samples
     * @throws IOException also if a label is negative, or no integer
     */
    long largestLabel() throws IOException;
}
