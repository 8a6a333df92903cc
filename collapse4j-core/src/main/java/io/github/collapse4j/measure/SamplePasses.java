package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleBatch;

/**
 * Labelled samples that can be summed: by the threads of this process or by a cluster. A measurement needs no more of them
 * than this.
 */
public interface SamplePasses {
    /** d. */
    int featureDimension();

    /** K: labels are 0…K−1. A class may have no sample. */
    int classes();

    /** Whether there may be more than one pass. */
    boolean isRereadable();

    /**
     * Sums all samples once. Parts of them may be summed apart, in any order, with {@link PassRequest#prepare}.
     *
     * @param pass which pass this is, from 1, for those who watch
     * @param passes how many there will be
     * @throws IllegalArgumentException if a number is not finite or a label out of range, in one line
     */
    PassSums run(PassRequest request, int pass, int passes);

    /** An empty batch of a size that suits sums of features of dimension d. */
    static SampleBatch batchFor(int featureDimension) {
        return new SampleBatch(featureDimension, SamplePass.batchSize(featureDimension));
    }
}
