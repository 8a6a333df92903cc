package io.github.collapse4j.data;

import java.util.Arrays;

/**
 * Room for some samples, filled again and again. Features lie one sample after the other: the {@code d×count} matrix column
 * by column.
 */
public final class SampleBatch {
    private final int featureDimension;
    private final double[] features;
    private final int[] labels;
    private final double[] weights;
    private long number;
    private int count;

    /** An empty batch for up to {@code capacity} samples. */
    public SampleBatch(int featureDimension, int capacity) {
        this.featureDimension = featureDimension;
        this.features = new double[Math.multiplyExact(featureDimension, capacity)];
        this.labels = new int[capacity];
        this.weights = new double[capacity];
        Arrays.fill(weights, 1);
    }

    public int featureDimension() {
        return featureDimension;
    }

    public int capacity() {
        return labels.length;
    }

    /** The samples in it; the rest of the arrays is left over from before. */
    public int count() {
        return count;
    }

    /** Which batch of the pass this is, counted from 0: what is combined in this order does not depend on threads. */
    public long number() {
        return number;
    }

    /** The features themselves, {@code d·capacity} entries. */
    public double[] features() {
        return features;
    }

    /** The labels themselves. */
    public int[] labels() {
        return labels;
    }

    /** How often each sample counts; all 1 unless the source has weights of its own and wrote them here. */
    public double[] weights() {
        return weights;
    }

    /** The first entry of the features that is not a finite number, as an index into them, or −1. */
    public int firstNonFinite() {
        int end = count * featureDimension;
        double z0 = 0;
        double z1 = 0;
        double z2 = 0;
        double z3 = 0;
        int i = 0;
        for (; i + 3 < end; i += 4) {
            z0 += features[i] * 0;
            z1 += features[i + 1] * 0;
            z2 += features[i + 2] * 0;
            z3 += features[i + 3] * 0;
        }
        for (; i < end; i++) {
            z0 += features[i] * 0;
        }
        if (z0 + z1 + z2 + z3 == 0) {
            return -1;
        }
        for (int j = 0; j < end; j++) {
            if (!Double.isFinite(features[j])) {
                return j;
            }
        }
        return -1;
    }

    /** Called by the reader that filled the arrays. */
    public void filled(long batchNumber, int samples) {
        number = batchNumber;
        count = samples;
    }
}
