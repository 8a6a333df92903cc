package io.github.collapse4j.io;

import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.array.NumericVector;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A last layer from arrays as PyTorch and Keras users have them: features {@code N×d}, integer labels of N samples, weights
 * {@code K×d} and, where the layer has one, a bias of K. Shapes are checked against each other before any feature is read.
 */
public final class LastLayerFiles {
    private static final int MOST_ENTRIES = Integer.MAX_VALUE - 8;
    private static final int LABELS_AT_ONCE = 1 << 16;

    private LastLayerFiles() {}

    /**
     * Reads a layer; the features stay on disk and are streamed.
     *
     * @throws InputException if the arrays do not fit together, with a hint where one looks transposed
     */
    public static LastLayer read(
            NumericArray features, NumericArray labels, NumericArray weights, @Nullable NumericArray bias)
            throws IOException {
        NumericMatrix featureMatrix = features.matrix();
        NumericMatrix weightMatrix = weights.matrix();
        checkShapes(featureMatrix, weightMatrix);
        int classes = (int) weightMatrix.rows();
        int[] classOf = labels(labels, featureMatrix, classes);
        Matrix classifier = classifier(weightMatrix);
        NpyFeatures source = new NpyFeatures(featureMatrix);
        return bias == null
                ? LastLayer.withoutBias(source, classOf, classifier)
                : LastLayer.withBias(source, classOf, classifier, bias(bias, classes));
    }

    private static void checkShapes(NumericMatrix features, NumericMatrix weights) throws InputException {
        for (NumericMatrix matrix : List.of(features, weights)) {
            if (matrix.rows() == 0 || matrix.columns() == 0) {
                throw InputException.of(matrix.array(), "at least one row and column", shape(matrix));
            }
        }
        if (weights.columns() != features.columns()) {
            throw mismatch(features, weights);
        }
        if (features.rows() > MOST_ENTRIES) {
            throw InputException.of(features.array(), "at most " + MOST_ENTRIES + " rows", shape(features));
        }
        if (weights.rows() > MOST_ENTRIES / weights.columns()) {
            throw InputException.of(weights.array(), "at most " + MOST_ENTRIES + " entries", shape(weights));
        }
    }

    private static InputException mismatch(NumericMatrix features, NumericMatrix weights) {
        if (weights.rows() == features.columns()) {
            return InputException.of(
                    weights.array(),
                    "K×d with d = " + features.columns() + " as in "
                            + features.array().name(),
                    shape(weights) + ", which looks transposed (save weights.T)");
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
                shape(features) + hint);
    }

    private static int[] labels(NumericArray array, NumericMatrix features, int classes) throws IOException {
        LabelArray source = LabelArray.of(array);
        source.checkLength(features);
        LabelRange range = new LabelRange(classes, "for the " + classes + " rows of the weights");
        int[] labels = new int[(int) source.length()];
        boolean[] seen = new boolean[classes];
        long[] some = new long[Math.min(LABELS_AT_ONCE, labels.length)];
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

    private static Matrix classifier(NumericMatrix weights) throws IOException {
        int rows = (int) weights.rows();
        int columns = (int) weights.columns();
        double[] rowMajor = new double[rows * columns];
        weights.readRows(0, rows, rowMajor);
        for (int i = 0; i < rowMajor.length; i++) {
            if (!Double.isFinite(rowMajor[i])) {
                throw notFinite(weights.array(), "row " + i / columns + ", column " + i % columns, rowMajor[i]);
            }
        }
        return Matrix.wrap(/* rows= */ columns, /* columns= */ rows, rowMajor).transpose();
    }

    private static double[] bias(NumericArray array, int classes) throws IOException {
        NumericVector vector = array.vector();
        if (vector.length() != classes) {
            throw InputException.of(
                    array, classes + " entries as the weights have rows", Long.toString(vector.length()));
        }
        double[] bias = new double[classes];
        vector.readDoubles(0, classes, bias);
        for (int k = 0; k < classes; k++) {
            if (!Double.isFinite(bias[k])) {
                throw notFinite(array, "entry " + k, bias[k]);
            }
        }
        return bias;
    }

    private static InputException notFinite(NumericArray array, String where, double found) {
        return new InputException(array.name() + ": " + where + ": expected a finite number, found " + found);
    }

    private static String shape(NumericMatrix matrix) {
        return matrix.rows() + "×" + matrix.columns();
    }
}
