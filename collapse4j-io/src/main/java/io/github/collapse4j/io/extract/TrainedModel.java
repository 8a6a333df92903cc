package io.github.collapse4j.io.extract;

import io.github.collapse4j.io.input.ModelInput;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A trained classifier with a linear last layer, ready to run. Thread-safe. */
public interface TrainedModel extends AutoCloseable {
    /** What it takes. */
    ModelInput input();

    /** W, {@code K×d}. */
    Matrix weights();

    /** b, K entries, if the last layer has a bias. */
    Optional<double[]> bias();

    /** The last layer in the model's own terms, for people. */
    String head();

    /** The unit round-off of its arithmetic, such as 2⁻²⁴. */
    double roundOff();

    /** A text that changes with the model or the engine. */
    String identity();

    /**
     * Runs the model.
     *
     * @param samples the samples in native byte order, from position 0 to the limit
     * @param shape the shape of the whole batch, samples first
     * @throws IOException with one line, if the engine fails
     */
    Outputs run(ByteBuffer samples, long[] shape) throws IOException;

    /**
     * What the model makes of a batch of n samples.
     *
     * @param features the input of its last layer, {@code n×d} row by row
     * @param logits the output of its last layer, {@code n×K} row by row
     */
    record Outputs(float[] features, float[] logits) {}

    @Override
    void close() throws IOException;
}
