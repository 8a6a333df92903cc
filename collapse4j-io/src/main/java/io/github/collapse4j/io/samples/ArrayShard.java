package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.NumericMatrix;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** The rows of a matrix in a file, read in place. */
final class ArrayShard implements SampleShard {
    private final NumericMatrix features;
    private final ShardLabels labels;
    private final int dimension;

    ArrayShard(NumericMatrix features, ShardLabels labels) throws InputException {
        this.features = features;
        this.labels = labels;
        this.dimension = FeatureCheck.dimension(name(), features.columns());
    }

    @Override
    public String name() {
        return features.array().name();
    }

    @Override
    public String labelPlace() {
        return labels.name();
    }

    @Override
    public int featureDimension() {
        return dimension;
    }

    @Override
    public OptionalLong samples() {
        return OptionalLong.of(features.rows());
    }

    @Override
    public boolean isSinglePrecision() {
        return features.array().header().dtype().isSinglePrecision();
    }

    @Override
    public boolean isRereadable() {
        return true;
    }

    @Override
    public OptionalLong largestLabel() throws IOException {
        return labels.largest();
    }

    @Override
    public ShardCursor open() {
        return new Cursor();
    }

    private final class Cursor implements ShardCursor {
        private long next;

        @Override
        public Optional<Piece> take(int most) {
            int count = (int) Math.min(most, features.rows() - next);
            if (count == 0) {
                return Optional.empty();
            }
            Rows rows = new Rows(next, count);
            next += count;
            return Optional.of(rows);
        }

        @Override
        public void close() throws IOException {
            features.array().release();
            labels.release();
        }
    }

    private final class Rows implements Piece {
        private final long first;
        private final int count;

        private Rows(long first, int count) {
            this.first = first;
            this.count = count;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public void read(double[] target, long[] labelTarget) throws IOException {
            labels.read(first, count, labelTarget);
            features.readRows(first, count, target);
        }

        @Override
        public String featurePosition(int index, int feature) {
            return name() + ": row " + (first + index) + ", column " + feature;
        }

        @Override
        public String labelPosition(int index) {
            return labels.position(first + index);
        }
    }
}
