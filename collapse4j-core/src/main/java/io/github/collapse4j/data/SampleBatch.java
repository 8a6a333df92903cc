package io.github.collapse4j.data;

import io.github.collapse4j.linalg.Vectors;
import java.util.Arrays;

/**
 * A reusable buffer for samples. Features are stored sample after sample: the {@code d×count} matrix in column-major
 * order.
 */
public final class SampleBatch {
    private static final int NONE = -1;
    private static final int UNKNOWN = -2;

    private final int featureDimension;
    private final double[] features;
    private final int[] labels;
    private final double[] weights;
    private long number;
    private int count;
    private int firstNonFinite = UNKNOWN;

    /** An empty batch for at most {@code capacity} samples. */
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

    /** The number of samples in the batch; the rest of the arrays is stale. */
    public int count() {
        return count;
    }

    /**
     * The number of this batch within the pass, from 0. Combining results in this order makes them independent of
     * threads.
     */
    public long number() {
        return number;
    }

    /** The backing array of features, {@code d·capacity} entries. */
    public double[] features() {
        return features;
    }

    /** The backing array of labels. */
    public int[] labels() {
        return labels;
    }

    /** The backing array of sample weights; all 1 unless the source has weights and wrote them here. */
    public double[] weights() {
        return weights;
    }

    /**
     * The index of the first non-finite feature entry, or −1. Searched once after each {@link #filled}; code that
     * changes features later must call that again.
     */
    public int firstNonFinite() {
        if (firstNonFinite == UNKNOWN) {
            int end = count * featureDimension;
            firstNonFinite = Vectors.isFinite(features, end) ? NONE : search(end);
        }
        return firstNonFinite;
    }

    private int search(int end) {
        int i = 0;
        while (i < end && Double.isFinite(features[i])) {
            i++;
        }
        return i < end ? i : NONE;
    }

    /** Declares the batch filled; called by the reader. */
    public void filled(long batchNumber, int samples) {
        number = batchNumber;
        count = samples;
        firstNonFinite = UNKNOWN;
    }
}
