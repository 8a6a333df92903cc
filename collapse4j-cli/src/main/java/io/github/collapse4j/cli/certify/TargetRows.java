package io.github.collapse4j.cli.certify;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.lastlayer.SampleTargets;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Targets N×K in an array file, read by rows. */
record TargetRows(NumericMatrix matrix) implements SampleTargets, AutoCloseable {
    /** @throws InputException if they are not for K outputs */
    static TargetRows open(String name, int outputs) throws IOException {
        NumericMatrix matrix = ArrayFile.open(name).matrix();
        if (matrix.columns() != outputs) {
            matrix.close();
            throw new InputException(name + ": expected targets N×K with K = " + outputs
                    + " as the weights have, found " + matrix.rows() + "×" + matrix.columns());
        }
        return new TargetRows(matrix);
    }

    @Override
    public int outputs() {
        return (int) matrix.columns();
    }

    @Override
    public long samples() {
        return matrix.rows();
    }

    @Override
    public void read(long first, int count, double[] target) {
        try {
            matrix.readRows(first, count, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        matrix.close();
    }
}
