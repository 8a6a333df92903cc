package io.github.collapse4j.data;

/** One pass over a {@link SampleSource}. Thread-safe, if each thread passes its own batch to {@link #next}. */
public interface SampleReader extends AutoCloseable {
    /**
     * Fills a batch with the next samples in order. Only the last batch of a file or row group may be partly filled, so
     * that batches do not depend on timing.
     *
     * @return false at the end of the samples; the batch is then empty
     * @throws java.io.UncheckedIOException if reading fails or a label is not in 0…K−1, with a one-line message that
     *     names file and position
     */
    boolean next(SampleBatch batch);

    @Override
    void close();
}
