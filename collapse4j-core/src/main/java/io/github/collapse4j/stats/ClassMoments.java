package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What one pass over the samples tells about K classes in d dimensions.
 *
 * @param counts samples of each class
 * @param weights their total weights; the counts themselves if samples have no weights
 * @param means class means {@code d×K}; a column of zeros for a class without weight
 * @param remainders what the means lack, {@code d×K}: mean + remainder has twice the working precision
 * @param within scatter about the means, if it was summed
 */
public record ClassMoments(
        long[] counts, double[] weights, Matrix means, Matrix remainders, Optional<WithinScatter> within) {

    /** Means that are exact as they stand, every class with one sample: for metrics of means alone. */
    public static ClassMoments ofMeans(Matrix means) {
        long[] counts = new long[means.columns()];
        double[] weights = new double[means.columns()];
        Arrays.fill(counts, 1);
        Arrays.fill(weights, 1);
        return new ClassMoments(counts, weights, means, Matrix.zeros(means.rows(), means.columns()), Optional.empty());
    }

    /** K, with the classes that have no sample. */
    public int classes() {
        return counts.length;
    }

    /** d. */
    public int featureDimension() {
        return means.rows();
    }

    /** N. */
    public long samples() {
        return Arrays.stream(counts).sum();
    }

    /** The sum of all weights; N if samples have none. */
    public double totalWeight() {
        return Arrays.stream(weights).sum();
    }

    /** The classes that have weight, in order. */
    public int[] present() {
        return IntStream.range(0, classes()).filter(k -> weights[k] > 0).toArray();
    }

    /** The classes that have none; they have no mean, and means of means leave them out. */
    public int[] missing() {
        return IntStream.range(0, classes()).filter(k -> !(weights[k] > 0)).toArray();
    }

    /** The classes of a single sample; their variance is 0. */
    public int[] singletons() {
        return IntStream.range(0, classes()).filter(k -> counts[k] == 1).toArray();
    }
}
