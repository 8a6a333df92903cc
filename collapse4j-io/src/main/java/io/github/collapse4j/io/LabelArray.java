package io.github.collapse4j.io;

import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.array.NumericVector;
import java.io.IOException;
import java.util.List;

/** An array of class labels, one per sample. Thread-safe. */
public final class LabelArray {
    private final NumericVector vector;

    private LabelArray(NumericVector vector) {
        this.vector = vector;
    }

    /**
     * Wraps an array of labels.
     *
     * @throws InputException if it is a matrix
     * @throws IOException if it has no dimensions or more than two, or its elements are floats
     */
    public static LabelArray of(NumericArray array) throws IOException {
        List<Long> shape = array.header().shape();
        if (shape.size() == 2 && shape.get(1) > 1) {
            throw InputException.of(
                    array,
                    "a vector of class numbers",
                    shape.get(0) + "×" + shape.get(1) + " (if one-hot, save labels.argmax(1))");
        }
        NumericVector vector = array.vector();
        vector.checkIntegral();
        return new LabelArray(vector);
    }

    /** {@return its name in messages} */
    public String name() {
        return vector.array().name();
    }

    /** {@return the number of labels} */
    public long length() {
        return vector.length();
    }

    /**
     * Checks that there is one label per sample.
     *
     * @throws InputException if not, with a hint if the features look transposed
     */
    public void checkLength(NumericMatrix features) throws InputException {
        checkLength(features.rows(), features.columns(), features.array().name());
    }

    /**
     * Checks that there is one label for each row of a {@code rows×columns} matrix of features.
     *
     * @param name name of the features in messages
     * @throws InputException if not, with a hint if the features look transposed
     */
    public void checkLength(long rows, long columns, String name) throws InputException {
        if (length() != rows) {
            String hint = length() == columns
                    ? "; " + name + " (" + rows + "×" + columns + ") looks transposed (save features.T)"
                    : "";
            throw InputException.of(
                    vector.array(), "a label for each of the " + rows + " rows of " + name, length() + hint);
        }
    }

    /** Reads labels {@code first … first+count−1} without checking their range. */
    public void read(long first, int count, long[] target) throws IOException {
        vector.readLongs(first, count, target);
    }

    /** {@return the position of a label, for messages} */
    public String position(long index) {
        return name() + ": label " + index;
    }

    /** Closes the underlying file until the next read. */
    public void release() throws IOException {
        vector.array().release();
    }
}
