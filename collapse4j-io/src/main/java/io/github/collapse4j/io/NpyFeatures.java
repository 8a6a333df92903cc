package io.github.collapse4j.io;

import io.github.collapse4j.data.FeatureSource;
import io.github.collapse4j.io.array.NumericMatrix;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The rows of an {@code N×d} array as features. Thread-safe. */
final class NpyFeatures implements FeatureSource {
    private final NumericMatrix matrix;
    private final int featureDimension;

    NpyFeatures(NumericMatrix matrix) {
        this.matrix = matrix;
        this.featureDimension = Math.toIntExact(matrix.columns());
    }

    @Override
    public int featureDimension() {
        return featureDimension;
    }

    @Override
    public long samples() {
        return matrix.rows();
    }

    @Override
    public void read(long first, int count, double[] target) {
        try {
            matrix.readRows(first, count, target);
            requireFinite(first, count, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void requireFinite(long first, int count, double[] read) throws InputException {
        for (int i = 0; i < count * featureDimension; i++) {
            if (!Double.isFinite(read[i])) {
                throw new InputException(matrix.array().name() + ": features[row " + (first + i / featureDimension)
                        + ", column " + i % featureDimension + "]: expected a finite number, found " + read[i]);
            }
        }
    }
}
