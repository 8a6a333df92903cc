package io.github.collapse4j.io.samples;

import java.io.IOException;

/** Some consecutive samples, ready to be decoded once, in any thread. */
public interface Piece {
    /** {@return how many samples there are, at least 1} */
    int count();

    /**
     * Decodes the samples. Whether features are finite is for the caller to check.
     *
     * @param features its first {@code d·count} entries are overwritten, sample by sample
     * @param labels its first {@code count} entries are overwritten with whatever integers the labels are
     * @throws IOException also if a label is no integer
     */
    void read(double[] features, long[] labels) throws IOException;

    /** {@return file and position of a feature of sample {@code index} of this piece, as messages name it} */
    String featurePosition(int index, int feature);

    /** {@return file and position of the label of sample {@code index} of this piece, as messages name it} */
    String labelPosition(int index);
}
