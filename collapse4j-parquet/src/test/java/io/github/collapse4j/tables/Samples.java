package io.github.collapse4j.tables;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Samples of a small table.
 *
 * @param features sample by sample
 * @param notes notes to the user
 */
public record Samples(int dimension, double[] features, int[] labels, List<String> notes) {
    private static final int CAPACITY = 100;

    /** Reads all of them. */
    public static Samples of(SampleSource source, List<String> notes) {
        int dimension = source.featureDimension();
        SampleBatch batch = new SampleBatch(dimension, CAPACITY);
        double[] features = {};
        int[] labels = {};
        try (SampleReader reader = source.open()) {
            while (reader.next(batch)) {
                int done = labels.length;
                labels = Arrays.copyOf(labels, done + batch.count());
                features = Arrays.copyOf(features, labels.length * dimension);
                System.arraycopy(batch.labels(), 0, labels, done, batch.count());
                System.arraycopy(batch.features(), 0, features, done * dimension, batch.count() * dimension);
            }
        }
        return new Samples(dimension, features, labels, notes);
    }

    /** {@return the samples sorted by their features, since Spark orders files differently} */
    Samples sorted() {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, labels.length).boxed().toList());
        order.sort(Comparator.comparing(this::row, Arrays::compare));
        return new Samples(
                dimension,
                order.stream().flatMapToDouble(i -> Arrays.stream(row(i))).toArray(),
                order.stream().mapToInt(i -> labels[i]).toArray(),
                notes);
    }

    private double[] row(int i) {
        return Arrays.copyOfRange(features, i * dimension, (i + 1) * dimension);
    }
}
