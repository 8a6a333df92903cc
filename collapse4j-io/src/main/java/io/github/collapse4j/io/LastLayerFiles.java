package io.github.collapse4j.io;

import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.SamplePasses;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Assembles a last layer from arrays as PyTorch and Keras users save them, or from a model: features {@code N×d}, N
 * integer labels, weights {@code K×d} and, if the layer has one, a bias of length K. Shapes are checked against each
 * other before any feature is read.
 *
 * @param classifier weights and bias
 */
public record LastLayerFiles(ClassifierSource classifier) {
    /**
     * Opens the files and reads their shapes.
     *
     * @throws InputException if the arrays are inconsistent, with a hint if one looks transposed
     */
    public static LastLayerFiles open(String weights, @Nullable String bias, ArrayFile.Finder files)
            throws IOException {
        return new LastLayerFiles(ClassifierSource.open(weights, bias, files));
    }

    /** K, the rows of the weights. */
    public int classes() {
        return classifier.classes();
    }

    /**
     * Reads the layer that goes with some samples.
     *
     * @param name what messages call the samples
     * @throws InputException if the arrays do not fit together, with a hint where one looks transposed, or a number is not
     *     finite
     */
    public LastLayer layer(SamplePasses samples, String name) throws IOException {
        Matrix weights = classifier.weights(samples.featureDimension(), name);
        Optional<double[]> bias = classifier.bias();
        return bias.isEmpty()
                ? LastLayer.withoutBias(samples, weights)
                : LastLayer.withBias(samples, weights, bias.get());
    }
}
