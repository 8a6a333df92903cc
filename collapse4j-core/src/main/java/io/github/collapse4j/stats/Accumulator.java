package io.github.collapse4j.stats;

import io.github.collapse4j.data.SampleBatch;

/**
 * Sums over labelled samples that can be taken in parts: by threads, by the partitions of a cluster, today and tomorrow.
 * Not thread-safe; one accumulator belongs to one thread, and what the threads have is merged. Every implementation keeps
 * these laws, which {@code AccumulatorContract} among the tests checks:
 *
 * <ul>
 *   <li><b>Partition and order.</b> However samples are split into batches and batches among accumulators, and in whatever
 *       order these are merged, the snapshot is the same up to the rounding of the sums.
 *   <li><b>Identity.</b> Merging an empty accumulator, or into an empty one, changes nothing but rounding.
 *   <li><b>Weights.</b> A sample of weight 2 is that sample twice, and one of weight 0 is not there; counts of samples, where
 *       there are any, disregard weights.
 *   <li><b>Bytes.</b> What is read from {@link #toBytes()} has the same bits and goes on with the same bits. The size depends
 *       on K, d and what is summed, never on the number of samples. Damaged bytes, and those of another kind or with
 *       another reference, are refused with a {@link StateFormatException} of one line, before anything large is allocated.
 *   <li><b>Bad samples.</b> A feature or weight that is not finite, a negative weight, or a label out of range is refused with
 *       an {@link IllegalArgumentException} that names the sample; the batch is then not summed, not even in part.
 * </ul>
 *
 * @param <S> what is known of the samples so far
 */
public interface Accumulator<S> {
    /** Sums a batch, which may be empty. */
    void update(SampleBatch batch);

    /**
     * Adds what another accumulator has summed, which does not change.
     *
     * @throws IllegalArgumentException if it is of another kind, of other K or d, or refers to other means or weights
     */
    void merge(Accumulator<?> other);

    /** What has been summed so far; later updates do not change it. */
    S snapshot();

    /** The binary form. */
    byte[] toBytes();
}
