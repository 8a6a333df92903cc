package io.github.collapse4j.data;

/**
 * Room for some samples, filled again and again. Features lie one sample after the other: the {@code d×count} matrix column
 * by column.
 */
public final class SampleBatch {
    private final int featureDimension;
    private final double[] features;
    private final int[] labels;
    private long number;
    private int count;

    /** An empty batch for up to {@code capacity} samples. */
    public SampleBatch(int featureDimension, int capacity) {
        this.featureDimension = featureDimension;
        this.features = new double[Math.multiplyExact(featureDimension, capacity)];
        this.labels = new int[capacity];
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

    /** Called by the reader that filled the arrays. */
    public void filled(long batchNumber, int samples) {
        number = batchNumber;
        count = samples;
    }
}
