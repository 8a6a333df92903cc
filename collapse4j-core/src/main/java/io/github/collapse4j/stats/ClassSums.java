package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;

/**
 * Weighted vector sums per class, in twice the working precision (Knuth's two-sum), so that the order and partition of
 * the samples affect no significant digit. Not thread-safe.
 */
final class ClassSums {
    private final int featureDimension;

    // An array for each class, and the vector copied to where its indices are theirs: only loops whose arrays share
    // their indices are compiled to vector instructions.
    private final double[][] high;
    private final double[][] low;
    private final double[] term;

    /** Empty sums. */
    ClassSums(int featureDimension, int classes) {
        this.featureDimension = featureDimension;
        long entries = (long) featureDimension * classes;
        if (entries > Matrix.MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "class means of K = " + classes + " and d = " + featureDimension + " exceed the largest array");
        }
        this.high = new double[classes][featureDimension];
        this.low = new double[classes][featureDimension];
        this.term = new double[featureDimension];
    }

    /** Adds {@code weight} times the d entries of x from {@code offset} on. */
    void add(int label, double[] x, int offset, double weight) {
        System.arraycopy(x, offset, term, 0, featureDimension);
        add(weight, term, high[label], low[label]);
    }

    /** Compensated addition of arrays of equal length. */
    private static void add(double weight, double[] x, double[] high, double[] low) {
        for (int i = 0; i < x.length; i++) {
            double term = weight * x[i];
            double before = high[i];
            double sum = before + term;
            double part = sum - before;
            low[i] += (before - (sum - part)) + (term - part);
            high[i] = sum;
        }
    }

    void merge(ClassSums other) {
        for (int k = 0; k < high.length; k++) {
            add(1, other.high[k], high[k], low[k]);
            for (int i = 0; i < featureDimension; i++) {
                low[k][i] += other.low[k][i];
            }
        }
    }

    /** Writes the mean of a class to d entries of the target. */
    void mean(int label, double weight, double[] target, int offset) {
        for (int i = 0; i < featureDimension; i++) {
            target[offset + i] = (high[label][i] + low[label][i]) / weight;
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
                double error = Math.fma(-means.get(i, k), weights[k], high[k][i]) + low[k][i];
                rest.set(i, k, error / weights[k]);
            }
        }
        return rest;
    }

    void write(StateWriter writer) {
        for (double[] sum : high) {
            writer.put(sum);
        }
        for (double[] rest : low) {
            writer.put(rest);
        }
    }

    static ClassSums read(StateReader reader, int featureDimension, int classes) {
        ClassSums sums = new ClassSums(featureDimension, classes);
        for (int k = 0; k < classes; k++) {
            sums.high[k] = reader.numbers(featureDimension);
        }
        for (int k = 0; k < classes; k++) {
            sums.low[k] = reader.numbers(featureDimension);
        }
        return sums;
    }
}
