package io.github.collapse4j.io.samples.contract;

import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;

/**
 * Samples to be written to files.
 *
 * @param dimension d
 * @param features sample by sample, all exact in binary32
 * @param labels one per sample
 */
public record Table(int dimension, double[] features, long[] labels) {
    /** Random samples; the labels are first 0…K−1 in order, then random. */
    public static Table random(Seeded seeded, int samples, int dimension, int classes) {
        double[] features = seeded.gaussian(samples * dimension, 3);
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) features[i];
        }
        long[] labels = new long[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = i < classes ? i : seeded.between(0, classes - 1);
        }
        return new Table(dimension, features, labels);
    }

    /** {@return N} */
    public int samples() {
        return labels.length;
    }

    /** {@return samples {@code from … to−1}} */
    public Table part(int from, int to) {
        return new Table(
                dimension,
                Arrays.copyOfRange(features, from * dimension, to * dimension),
                Arrays.copyOfRange(labels, from, to));
    }

    /** {@return a copy with one feature changed} */
    public Table withFeature(int sample, int column, double value) {
        double[] changed = features.clone();
        changed[sample * dimension + column] = value;
        return new Table(dimension, changed, labels);
    }

    /** {@return a copy with one label changed} */
    public Table withLabel(int sample, long label) {
        long[] changed = labels.clone();
        changed[sample] = label;
        return new Table(dimension, features, changed);
    }
}
