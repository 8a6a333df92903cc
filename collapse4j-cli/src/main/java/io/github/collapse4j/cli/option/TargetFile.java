package io.github.collapse4j.cli.option;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;

/** Reads the targets of groups of samples from an array file. */
public final class TargetFile {
    private static final long MAX_ENTRIES = 100_000_000;

    private TargetFile() {}

    /**
     * Reads an M×K array as a K×M matrix, whose entries are stored in the same order.
     *
     * @param rows M
     * @param what what the rows are of, for messages
     * @throws InputException if the file does not hold such an array
     */
    public static Matrix read(String name, int rows, String what) throws IOException {
        try (NumericArray array = ArrayFile.open(name)) {
            NumericMatrix matrix = array.matrix();
            if (matrix.rows() == 0 || matrix.columns() == 0 || matrix.rows() > MAX_ENTRIES / matrix.columns()) {
                throw new InputException(name + ": expected targets of 1 to " + MAX_ENTRIES + " entries, found "
                        + matrix.rows() + "×" + matrix.columns());
            }
            if (matrix.rows() != rows) {
                throw new InputException(name + ": expected targets M×K with a row for each of the " + rows + " " + what
                        + ", found " + matrix.rows() + "×" + matrix.columns());
            }
            Matrix targets = Matrix.zeros((int) matrix.columns(), (int) matrix.rows());
            matrix.readRows(0, (int) matrix.rows(), targets.data());
            return targets;
        }
    }
}
