package io.github.collapse4j.io.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Samples in the form that a model takes. Thread-safe. */
public interface ModelInputs extends AutoCloseable {
    /** N. */
    long count();

    /** The shape of one sample, of positive lengths. */
    int[] sample();

    /**
     * Appends a sample to a buffer, which has the native byte order and room for it.
     *
     * @throws IOException if it cannot be read, or the model's type cannot represent one of its values
     */
    void write(long index, ByteBuffer target) throws IOException;

    /** What messages call a sample. */
    String name(long index);

    /** The classes of the samples, if the data tell them. */
    Optional<int[]> labels();

    /** What has been done to the values. */
    Normalisation normalisation();

    /** The same samples otherwise normalised; empty unless they are pixels, for which there are usual ways. */
    Optional<ModelInputs> normalised(Normalisation other);

    /** What they are, for people, such as {@code 10,000 images of mnist (test)}. */
    String description();

    /** A text that changes with what is read or how it is prepared. */
    String identity();

    @Override
    void close() throws IOException;
}
