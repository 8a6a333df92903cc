package io.github.collapse4j.data;

import io.github.collapse4j.linalg.Matrix;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Features with random access, with their labels in memory. Threads claim batches from a counter and read them
 * concurrently.
 *
 * @param features {@code d×N}, a column for each sample (not copied)
 * @param labels N labels in 0…K−1 (not copied)
 * @param classes K
 */
public record FeatureSamples(Matrix features, int[] labels, int classes) implements SampleSource {
    /** @throws IllegalArgumentException if there is not one label in 0…K−1 for each sample */
    public FeatureSamples {
        if (labels.length != features.columns()) {
            throw new IllegalArgumentException(
                    "labels: expected " + features.columns() + ", one for each sample, found " + labels.length);
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "labels[" + i + "]: expected 0 to " + (classes - 1) + ", found " + labels[i]);
            }
        }
    }

    @Override
    public int featureDimension() {
        return features.rows();
    }

    @Override
    public OptionalLong samples() {
        return OptionalLong.of(labels.length);
    }

    @Override
    public boolean isRereadable() {
        return true;
    }

    @Override
    public SampleReader open() {
        return new Reader();
    }

    private final class Reader implements SampleReader {
        private final AtomicLong claimed = new AtomicLong();

        @Override
        public boolean next(SampleBatch batch) {
            int capacity = batch.capacity();
            long number = claimed.getAndIncrement();
            long first = Math.min(number * capacity, labels.length);
            int count = (int) Math.min(capacity, labels.length - first);
            if (count > 0) {
                int d = features.rows();
                System.arraycopy(features.data(), (int) first * d, batch.features(), 0, count * d);
                System.arraycopy(labels, (int) first, batch.labels(), 0, count);
            }
            batch.filled(number, count);
            return count > 0;
        }

        @Override
        public void close() {}
    }
}
