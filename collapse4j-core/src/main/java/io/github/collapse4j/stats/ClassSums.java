package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;

/**
 * Weighted vector sums per class, in twice the working precision (Knuth's two-sum), so that the order and partition of
 * the samples affect no significant digit. Not thread-safe.
 */
final class ClassSums {
    private final int featureDimension;

    /** One for each class. */
    private final DoubledSums[] sums;

    private final double[] term;

    /** Empty sums. */
    ClassSums(int featureDimension, int classes) {
        this.featureDimension = featureDimension;
        long entries = (long) featureDimension * classes;
        if (entries > Matrix.MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "class means of K = " + classes + " and d = " + featureDimension + " exceed the largest array");
        }
        this.sums = new DoubledSums[classes];
        Arrays.setAll(sums, k -> new DoubledSums(featureDimension));
        this.term = new double[featureDimension];
    }

    /** Adds {@code weight} times the d entries of x from {@code offset} on. */
    void add(int label, double[] x, int offset, double weight) {
        System.arraycopy(x, offset, term, 0, featureDimension);
        sums[label].add(weight, term);
    }

    void merge(ClassSums other) {
        for (int k = 0; k < sums.length; k++) {
            sums[k].merge(other.sums[k]);
        }
    }

    /** Writes the mean of a class to d entries of the target. */
    void mean(int label, double weight, double[] target, int offset) {
        for (int i = 0; i < featureDimension; i++) {
            target[offset + i] = (sums[label].high[i] + sums[label].low[i]) / weight;
        }
    }

    /** The class means {@code d×K}; zero for classes without weight. */
    Matrix means(double[] weights) {
        Matrix means = Matrix.zeros(featureDimension, weights.length);
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] > 0) {
                mean(k, weights[k], means.data(), k * featureDimension);
            }
        }
        return means;
    }

    /** The rounding remainders of the means, {@code d×K}: mean + remainder has twice the working precision. */
    Matrix remainders(Matrix means, double[] weights) {
        Matrix rest = Matrix.zeros(featureDimension, weights.length);
        for (int k = 0; k < weights.length; k++) {
            for (int i = 0; weights[k] > 0 && i < featureDimension; i++) {
                double error = Math.fma(-means.get(i, k), weights[k], sums[k].high[i]) + sums[k].low[i];
                rest.set(i, k, error / weights[k]);
            }
        }
        return rest;
    }

    void write(StateWriter writer) {
        for (DoubledSums sum : sums) {
            writer.put(sum.high);
        }
        for (DoubledSums sum : sums) {
            writer.put(sum.low);
        }
    }

    static ClassSums read(StateReader reader, int featureDimension, int classes) {
        ClassSums sums = new ClassSums(featureDimension, classes);
        for (DoubledSums sum : sums.sums) {
            System.arraycopy(reader.numbers(featureDimension), 0, sum.high, 0, featureDimension);
        }
        for (DoubledSums sum : sums.sums) {
            System.arraycopy(reader.numbers(featureDimension), 0, sum.low, 0, featureDimension);
        }
        return sums;
    }
}
