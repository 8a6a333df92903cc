package io.github.collapse4j.cli.solve;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;

/** Reads the targets of groups of samples from an array file. */
final class TargetFile {
    private static final long MAX_ENTRIES = 100_000_000;

    private TargetFile() {}

    /**
     * Reads an M×K array as a K×M matrix, whose entries are stored in the same order.
     *
     * @param groups M
     */
    static Matrix read(String name, int groups) throws IOException {
        try (NumericArray array = ArrayFile.open(name)) {
            NumericMatrix matrix = array.matrix();
            if (matrix.rows() == 0 || matrix.columns() == 0 || matrix.rows() > MAX_ENTRIES / matrix.columns()) {
                throw new InputException(name + ": expected targets M×K of 1 to " + MAX_ENTRIES + " entries, found "
                        + matrix.rows() + "×" + matrix.columns());
            }
            if (matrix.rows() != groups) {
                throw new InputException(name + ": expected targets M×K with a row for each of the " + groups
                        + " counts, found " + matrix.rows() + "×" + matrix.columns());
            }
            Matrix targets = Matrix.zeros((int) matrix.columns(), (int) matrix.rows());
            matrix.readRows(0, (int) matrix.rows(), targets.data());
            return targets;
        }
    }
}
