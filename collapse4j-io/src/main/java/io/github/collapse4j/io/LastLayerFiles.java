package io.github.collapse4j.io;

import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assembles a last layer from arrays as PyTorch and Keras users save them: features {@code N×d}, N integer labels,
 * weights {@code K×d} and, if the layer has one, a bias of length K. Shapes are checked against each other before any
 * feature is read.
 */
public final class LastLayerFiles {
    private static final int LABEL_CHUNK = 1 << 16;

    private LastLayerFiles() {}

    /**
     * Reads a layer; the features stay on disk and are streamed.
     *
     * @throws InputException if the arrays are inconsistent, with a hint if one looks transposed
     */
    public static LastLayer read(
            NumericArray features, NumericArray labels, NumericArray weights, @Nullable NumericArray bias)
            throws IOException {
        NumericMatrix featureMatrix = features.matrix();
        NumericMatrix weightMatrix = weights.matrix();
        checkShapes(featureMatrix, weightMatrix);
        int classes = (int) weightMatrix.rows();
        int[] classOf = labels(labels, featureMatrix, classes);
        Matrix classifier = ClassifierFiles.weights(weightMatrix);
        NpyFeatures source = new NpyFeatures(featureMatrix);
        return bias == null
                ? LastLayer.withoutBias(source, classOf, classifier)
                : LastLayer.withBias(source, classOf, classifier, ClassifierFiles.bias(bias, classes));
    }

    private static void checkShapes(NumericMatrix features, NumericMatrix weights) throws InputException {
        for (NumericMatrix matrix : List.of(features, weights)) {
            ClassifierFiles.requireEntries(matrix);
        }
        if (weights.columns() != features.columns()) {
            throw mismatch(features, weights);
        }
        if (features.rows() > Matrix.MAX_ENTRIES) {
            throw InputException.of(
                    features.array(), "at most " + Matrix.MAX_ENTRIES + " rows", ClassifierFiles.shape(features));
        }
    }

    private static InputException mismatch(NumericMatrix features, NumericMatrix weights) {
        if (weights.rows() == features.columns()) {
            return ClassifierFiles.mismatch(
                    weights, features.columns(), features.array().name());
        }
        String hint = "";
        if (weights.columns() == features.rows()) {
            hint = ", which looks transposed (save features.T)";
        } else if (features.array().header().shape().size() == 1) {
            hint = ", a vector (are features and labels swapped?)";
        }
        return InputException.of(
                features.array(),
                "N×d with d = " + weights.columns() + " as in "
                        + weights.array().name(),
                ClassifierFiles.shape(features) + hint);
    }

    private static int[] labels(NumericArray array, NumericMatrix features, int classes) throws IOException {
        LabelArray source = LabelArray.of(array);
        source.checkLength(features);
        LabelRange range = new LabelRange(classes, "for the " + classes + " rows of the weights");
        int[] labels = new int[(int) source.length()];
        boolean[] seen = new boolean[classes];
        long[] some = new long[Math.min(LABEL_CHUNK, labels.length)];
        for (int first = 0; first < labels.length; first += some.length) {
            int count = Math.min(some.length, labels.length - first);
            source.read(first, count, some);
            for (int i = 0; i < count; i++) {
                int index = first + i;
                int label = range.check(some[i], () -> source.position(index));
                labels[index] = label;
                seen[label] = true;
            }
        }
        for (int k = 0; k < classes; k++) {
            if (!seen[k]) {
                throw InputException.of(
                        array, "at least one sample of each of the " + classes + " classes", "none of class " + k);
            }
        }
        return labels;
    }
}
