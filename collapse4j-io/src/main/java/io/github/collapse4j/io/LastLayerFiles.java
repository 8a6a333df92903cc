package io.github.collapse4j.io;

import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.SamplePasses;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Assembles a last layer from arrays as PyTorch and Keras users save them: features {@code N×d}, N integer labels,
 * weights {@code K×d} and, if the layer has one, a bias of length K. Shapes are checked against each other before any
 * feature is read.
 */
public final class LastLayerFiles {
    private final NumericArray weights;
    private final NumericMatrix matrix;
    private final @Nullable NumericArray bias;

    private LastLayerFiles(NumericArray weights, @Nullable NumericArray bias) throws IOException {
        this.weights = weights;
        this.matrix = weights.matrix();
        this.bias = bias;
        ClassifierFiles.requireEntries(matrix);
    }

    /**
     * Opens the files and reads their shapes.
     *
     * @throws InputException if the arrays are inconsistent, with a hint if one looks transposed
     */
    public static LastLayerFiles open(String weights, @Nullable String bias, ArrayFile.Finder files)
            throws IOException {
        boolean hasBias = bias != null && !bias.equals(LayerFiles.NO_BIAS);
        return new LastLayerFiles(
                ArrayFile.open(weights, ArrayFile.Role.ANY, files),
                hasBias ? ArrayFile.open(bias, ArrayFile.Role.ANY, files) : null);
    }

    /** K, the rows of the weights. */
    public int classes() {
        return (int) Math.min(Matrix.MAX_ENTRIES, matrix.rows());
    }

    /**
     * Reads the layer that goes with some samples.
     *
     * @param name what messages call the samples
     * @throws InputException if the arrays do not fit together, with a hint where one looks transposed, or a number is not
     *     finite
     */
    public LastLayer layer(SamplePasses samples, String name) throws IOException {
        Matrix classifier = ClassifierFiles.weights(weights, samples.featureDimension(), name);
        return bias == null
                ? LastLayer.withoutBias(samples, classifier)
                : LastLayer.withBias(samples, classifier, ClassifierFiles.bias(bias, classifier.rows()));
    }
}
