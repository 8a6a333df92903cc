package io.github.collapse4j.data;

/** One pass over a {@link SampleSource}. Several threads may call {@link #next} at once, each with a batch of its own. */
public interface SampleReader extends AutoCloseable {
    /**
     * Fills a batch with the next samples in order. Only the last batches of a file or row group may be partly filled, so
     * that batches do not depend on timing.
     *
     * @return whether there was a sample; if not, the batch is empty
     * @throws java.io.UncheckedIOException if reading fails or a label is not in 0…K−1, in one line that names file and
     *     position
     */
    boolean next(SampleBatch batch);

    @Override
    void close();
}
