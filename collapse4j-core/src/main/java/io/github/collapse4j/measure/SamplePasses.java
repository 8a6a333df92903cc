package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleBatch;

/**
 * Labelled samples that can be summed, by the threads of this process or by a cluster: all that a measurement needs.
 */
public interface SamplePasses {
    /** d. */
    int featureDimension();

    /** K: labels are 0…K−1. A class may be empty. */
    int classes();

    /** Whether the samples can be read more than once. */
    boolean isRereadable();

    /**
     * Sums all samples once. Parts may be summed separately, in any order, with {@link PassRequest#prepare}.
     *
     * @param pass the number of this pass, from 1, for progress displays
     * @param passes the number of passes
     * @throws IllegalArgumentException with a one-line message if a number is not finite or a label is out of range
     */
    PassSums run(PassRequest request, int pass, int passes);

    /** An empty batch whose size suits sums of features of dimension d. */
    static SampleBatch batchFor(int featureDimension) {
        return new SampleBatch(featureDimension, SamplePass.batchSize(featureDimension));
    }
}
