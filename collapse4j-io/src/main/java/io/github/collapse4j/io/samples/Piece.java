package io.github.collapse4j.io.samples;

import java.io.IOException;

/** Consecutive samples, to be decoded once by any thread. */
public interface Piece {
    /** {@return the number of samples, at least 1} */
    int count();

    /**
     * Decodes the samples. The caller checks that features are finite.
     *
     * @param features its first {@code d·count} entries are overwritten, sample by sample
     * @param labels its first {@code count} entries are overwritten with the labels, which are not checked
     * @throws IOException if reading fails or a label is not an integer
     */
    void read(double[] features, long[] labels) throws IOException;

    /** {@return file and position, for messages, of a feature of sample {@code index} of this piece} */
    String featurePosition(int index, int feature);

    /** {@return file and position, for messages, of the label of sample {@code index} of this piece} */
    String labelPosition(int index);
}
