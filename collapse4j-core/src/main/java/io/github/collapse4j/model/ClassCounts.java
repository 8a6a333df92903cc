package io.github.collapse4j.model;

import java.io.Serializable;
import java.util.Arrays;

/** The number of samples of each class, at least one each. Immutable. */
public final class ClassCounts implements Serializable {
    private final long[] counts;
    private final long samples;

    private ClassCounts(long[] counts) {
        if (counts.length == 0) {
            throw new IllegalArgumentException("classCounts: expected at least one class, found none");
        }
        long sum = 0;
        for (int k = 0; k < counts.length; k++) {
            if (counts[k] < 1) {
                throw new IllegalArgumentException(
                        "classCounts[" + k + "]: expected at least one sample, found " + counts[k]);
            }
            sum = Math.addExact(sum, counts[k]);
        }
        this.counts = counts;
        this.samples = sum;
    }

    /** {@code counts[k]} samples of class {@code k}, copied. */
    public static ClassCounts of(long... counts) {
        return new ClassCounts(counts.clone());
    }

    /** {@code classes} classes with {@code perClass} samples each. */
    public static ClassCounts balanced(int classes, long perClass) {
        if (classes < 1) {
            throw new IllegalArgumentException("classes: expected at least 1, found " + classes);
        }
        long[] counts = new long[classes];
        Arrays.fill(counts, perClass);
        return new ClassCounts(counts);
    }

    /**
     * Counts the labels.
     *
     * @throws IllegalArgumentException if a label is not in {@code 0…classes−1}, or a class has no sample
     */
    public static ClassCounts ofLabels(int[] labels, int classes) {
        long[] counts = new long[classes];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "labels[" + i + "]: expected 0…" + (classes - 1) + ", found " + labels[i]);
            }
            counts[labels[i]]++;
        }
        return new ClassCounts(counts);
    }

    /** The number of classes K. */
    public int classes() {
        return counts.length;
    }

    /** The number of samples N. */
    public long samples() {
        return samples;
    }

    /** The number of samples of a class. */
    public long count(int label) {
        return counts[label];
    }

    public long[] toArray() {
        return counts.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassCounts that && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return classes() + " classes, " + samples + " samples";
    }
}
