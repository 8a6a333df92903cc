package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Counts, weights, means and optionally scatter of K classes in d dimensions, from one pass over the samples.
 *
 * @param counts number of samples per class
 * @param weights total weight per class; equal to the counts if samples have no weights
 * @param means class means {@code d×K}; a column of zeros for a class without weight
 * @param remainders rounding remainders of the means, {@code d×K}: mean + remainder has twice the working precision
 * @param within scatter about the means, if it was summed
 */
public record ClassMoments(
        long[] counts, double[] weights, Matrix means, Matrix remainders, Optional<WithinScatter> within) {
    /** The shape; the moments themselves are long. */
    @Override
    public String toString() {
        return "moments of " + counts.length + " classes, d = " + means.rows() + ", "
                + Arrays.stream(counts).sum() + " samples" + (within.isPresent() ? ", with scatter" : "");
    }

    /** Moments of exact means, one sample per class: for metrics that need only means. */
    public static ClassMoments ofMeans(Matrix means) {
        long[] counts = new long[means.columns()];
        double[] weights = new double[means.columns()];
        Arrays.fill(counts, 1);
        Arrays.fill(weights, 1);
        return new ClassMoments(counts, weights, means, Matrix.zeros(means.rows(), means.columns()), Optional.empty());
    }

    /** K, including classes without samples. */
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

    /** The classes with weight, ascending. */
    public int[] present() {
        return IntStream.range(0, classes()).filter(k -> weights[k] > 0).toArray();
    }

    /** The classes without weight; they have no mean and are left out of averages over classes. */
    public int[] missing() {
        return IntStream.range(0, classes()).filter(k -> !(weights[k] > 0)).toArray();
    }

    /** The classes with a single sample; their variance is 0. */
    public int[] singletons() {
        return IntStream.range(0, classes()).filter(k -> counts[k] == 1).toArray();
    }
}
