package io.github.collapse4j.stats;

import io.github.collapse4j.data.SampleBatch;

/**
 * Mergeable statistics of labelled samples, computed in parts by threads or by the partitions of a cluster. Not
 * thread-safe: each thread uses its own accumulator, and the results are merged. Every implementation obeys these laws,
 * which the test suite {@code AccumulatorContract} checks:
 *
 * <ul>
 *   <li><b>Partition and order.</b> However samples are divided into batches, and batches among accumulators, and in
 *       whatever order these are merged, the snapshot is the same up to the rounding of the sums.
 *   <li><b>Identity.</b> Merging an empty accumulator, or into an empty one, changes nothing but rounding.
 *   <li><b>Weights.</b> A sample of weight 2 equals that sample twice, and one of weight 0 is ignored; counts of
 *       samples disregard weights.
 *   <li><b>Bytes.</b> An accumulator read from {@link #toBytes()} has the same bits and continues with the same bits.
 *       The size depends on K, d and what is summed, never on the number of samples. Corrupted bytes, and bytes of
 *       another kind or with another reference, are rejected with a one-line {@link StateFormatException} before
 *       anything large is allocated.
 *   <li><b>Bad samples.</b> A non-finite feature or weight, a negative weight, or a label out of range is rejected with
 *       an {@link IllegalArgumentException} that names the sample; no part of its batch is then summed.
 * </ul>
 *
 * @param <S> the result
 */
public interface Accumulator<S> {
    /** Adds a batch, which may be empty. */
    void update(SampleBatch batch);

    /**
     * Adds the sums of another accumulator, which is not changed.
     *
     * @throws IllegalArgumentException if it is of another kind, has another K or d, or refers to other means or
     *     weights
     */
    void merge(Accumulator<?> other);

    /** The result so far; later updates do not change it. */
    S snapshot();

    /** The binary form. */
    byte[] toBytes();
}
