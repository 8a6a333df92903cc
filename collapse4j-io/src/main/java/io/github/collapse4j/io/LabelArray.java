package io.github.collapse4j.io;

import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.array.NumericVector;
import java.io.IOException;
import java.util.List;

/** An array of class numbers, one a sample. Open to any number of threads. */
public final class LabelArray {
    private final NumericVector vector;

    private LabelArray(NumericVector vector) {
        this.vector = vector;
    }

    /**
     * Takes an array for labels.
     *
     * @throws InputException if it is a matrix
     * @throws IOException if it has no or more than two dimensions, or is of floats
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

    /** {@return what messages call it} */
    public String name() {
        return vector.array().name();
    }

    /** {@return how many labels there are} */
    public long length() {
        return vector.length();
    }

    /**
     * Checks that there is one label a sample.
     *
     * @throws InputException if not, with a hint where the features look transposed
     */
    public void checkLength(NumericMatrix features) throws InputException {
        checkLength(features.rows(), features.columns(), features.array().name());
    }

    /**
     * Checks that there is one label for each row of a {@code rows×columns} matrix of features.
     *
     * @param name what messages call the features
     * @throws InputException if not, with a hint where the features look transposed
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

    /** Reads labels {@code first … first+count−1}, whatever they are. */
    public void read(long first, int count, long[] target) throws IOException {
        vector.readLongs(first, count, target);
    }

    /** {@return where a label stands, as messages say it} */
    public String position(long index) {
        return name() + ": label " + index;
    }

    /** Closes the file underneath until the next read. */
    public void release() throws IOException {
        vector.array().release();
    }
}
