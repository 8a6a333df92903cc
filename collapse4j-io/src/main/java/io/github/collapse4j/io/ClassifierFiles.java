package io.github.collapse4j.io;

import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.array.NumericVector;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;

/** Reads the weights and bias of a linear classifier as PyTorch and Keras users save them. */
public final class ClassifierFiles {
    private ClassifierFiles() {}

    /**
     * Reads the weights for features of dimension d.
     *
     * @param features name of the features in messages
     * @return W, {@code K×d}
     * @throws InputException if the shape is wrong (with a hint if they look transposed) or an entry is not finite
     */
    public static Matrix weights(NumericArray array, int featureDimension, String features) throws IOException {
        NumericMatrix matrix = array.matrix();
        requireEntries(matrix);
        if (matrix.columns() != featureDimension) {
            throw mismatch(matrix, featureDimension, features);
        }
        return weights(matrix);
    }

    /**
     * Reads a bias.
     *
     * @return b, K entries
     * @throws InputException if there are not K entries, or one is not finite
     */
    public static double[] bias(NumericArray array, int classes) throws IOException {
        NumericVector vector = array.vector();
        if (vector.length() != classes) {
            throw InputException.of(
                    array, classes + " entries, one per row of the weights", Long.toString(vector.length()));
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

    static Matrix weights(NumericMatrix weights) throws IOException {
        if (weights.rows() < 2) {
            throw InputException.of(
                    weights.array(),
                    "K×d with at least 2 classes",
                    shape(weights) + " (for a sigmoid w·h, save the rows 0 and w: np.vstack([0 * w, w]))");
        }
        if (weights.rows() > Matrix.MAX_ENTRIES / weights.columns()) {
            throw InputException.of(weights.array(), "at most " + Matrix.MAX_ENTRIES + " entries", shape(weights));
        }
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

    static void requireEntries(NumericMatrix matrix) throws InputException {
        if (matrix.rows() == 0 || matrix.columns() == 0) {
            throw InputException.of(matrix.array(), "at least one row and column", shape(matrix));
        }
    }

    static InputException mismatch(NumericMatrix weights, long featureDimension, String features) {
        // with as many classes as features, these may also be the weights of another layer
        String hint = weights.rows() == featureDimension
                ? ", which looks transposed if there are " + weights.columns() + " classes (save weights.T)"
                : "";
        return InputException.of(
                weights.array(), "K×d with d = " + featureDimension + " as in " + features, shape(weights) + hint);
    }

    static String shape(NumericMatrix matrix) {
        return matrix.rows() + "×" + matrix.columns();
    }

    private static InputException notFinite(NumericArray array, String where, double found) {
        return new InputException(array.name() + ": " + where + ": expected a finite number, found " + found);
    }
}
