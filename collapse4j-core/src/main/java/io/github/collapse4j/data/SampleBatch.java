package io.github.collapse4j.data;

import io.github.collapse4j.linalg.Vectors;
import java.util.Arrays;

/**
 * Room for some samples, filled again and again. Features lie one sample after the other: the {@code d×count} matrix column
 * by column.
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

    /**
     * The first entry of the features that is not a finite number, as an index into them, or −1. Looked up once after each
     * {@link #filled}; whoever changes features afterwards calls that again.
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

    /** Called by the reader that filled the arrays. */
    public void filled(long batchNumber, int samples) {
        number = batchNumber;
        count = samples;
        firstNonFinite = UNKNOWN;
    }
}
