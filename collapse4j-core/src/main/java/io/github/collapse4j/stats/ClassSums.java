package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;

/**
 * Weighted sums of vectors, one for each class, in twice the working precision (Knuth's two-sum): they do not depend, to
 * any digit that matters, on the order of the samples or on how they are split.
 */
final class ClassSums {
    private final int featureDimension;
    private final double[] high;
    private final double[] low;

    ClassSums(int featureDimension, int classes) {
        this(featureDimension, new double[entries(featureDimension, classes)], new double[featureDimension * classes]);
    }

    ClassSums(int featureDimension, double[] high, double[] low) {
        this.featureDimension = featureDimension;
        this.high = high;
        this.low = low;
    }

    private static int entries(int featureDimension, int classes) {
        long entries = (long) featureDimension * classes;
        if (entries > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "class means of K = " + classes + " and d = " + featureDimension + " do not fit into an array");
        }
        return (int) entries;
    }

    double[] high() {
        return high;
    }

    double[] low() {
        return low;
    }

    /** Adds {@code weight} times d entries of x from an offset on. */
    void add(int label, double[] x, int offset, double weight) {
        int d = featureDimension;
        int start = label * d;
        for (int i = 0; i < d; i++) {
            double term = weight * x[offset + i];
            double before = high[start + i];
            double sum = before + term;
            double part = sum - before;
            low[start + i] += (before - (sum - part)) + (term - part);
            high[start + i] = sum;
        }
    }

    void merge(ClassSums other) {
        for (int i = 0; i < high.length; i++) {
            double before = high[i];
            double term = other.high[i];
            double sum = before + term;
            double part = sum - before;
            low[i] += (before - (sum - part)) + (term - part) + other.low[i];
            high[i] = sum;
        }
    }

    /** Writes the mean of a class to d entries of the target. */
    void mean(int label, double weight, double[] target, int offset) {
        int start = label * featureDimension;
        for (int i = 0; i < featureDimension; i++) {
            target[offset + i] = (high[start + i] + low[start + i]) / weight;
        }
    }

    /** The means {@code d×K}, zero for classes without weight. */
    Matrix means(double[] weights) {
        Matrix means = Matrix.zeros(featureDimension, weights.length);
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] > 0) {
                mean(k, weights[k], means.data(), k * featureDimension);
            }
        }
        return means;
    }

    /** What the rounded means leave out, {@code d×K}: mean + remainder has twice the working precision. */
    Matrix remainders(Matrix means, double[] weights) {
        Matrix rest = Matrix.zeros(featureDimension, weights.length);
        for (int k = 0; k < weights.length; k++) {
            for (int i = k * featureDimension; weights[k] > 0 && i < (k + 1) * featureDimension; i++) {
                double error = Math.fma(-means.data()[i], weights[k], high[i]) + low[i];
                rest.data()[i] = error / weights[k];
            }
        }
        return rest;
    }
}
