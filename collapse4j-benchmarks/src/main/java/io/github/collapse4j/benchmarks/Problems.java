package io.github.collapse4j.benchmarks;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmProblem;
import java.util.SplittableRandom;

/** Inputs shared by several benchmarks; random ones have fixed seeds. */
final class Problems {
    private Problems() {}

    /**
     * Cross-entropy with d = K and counts that decrease geometrically from {@code first} to {@code last}, rounded down.
     */
    static UfmProblem longTail(int classes, double first, double last, double lambdaW, double lambdaH) {
        long[] counts = new long[classes];
        for (int k = 0; k < classes; k++) {
            counts[k] = (long) Math.floor(first * Math.pow(last / first, k / (classes - 1.0)) + 1e-9);
        }
        return new UfmProblem(
                new CrossEntropy(), ClassCounts.of(counts), classes, lambdaW, lambdaH, new Bias.Regularised(0.01));
    }

    /** 900,000 classes of 1000 samples and 100,000 of 5. */
    static long[] millionInTwoGroups() {
        long[] counts = new long[1_000_000];
        for (int k = 0; k < counts.length; k++) {
            counts[k] = k < 900_000 ? 1000 : 5;
        }
        return counts;
    }

    /** A matrix of independent normal entries. */
    static Matrix random(int rows, int columns, long seed) {
        Matrix matrix = Matrix.zeros(rows, columns);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = random.nextGaussian();
        }
        return matrix;
    }
}
