package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.UfmProblem;
import java.util.Arrays;

/**
 * The best features for a fixed classifier and bias (docs/theory.md §2): one strongly convex problem in d variables for each
 * class, solved for blocks of classes side by side. Memory is a few {@code K×block} matrices.
 *
 * @param atMeans the objective with every feature at its class mean
 * @param atBest the objective with the best feature for each class instead, to within what was allowed
 */
record BestFeatures(double atMeans, double atBest) {
    private static final int ENTRIES_PER_BLOCK = 1 << 20;
    private static final int MIN_BLOCK = 64;

    /**
     * Descends from the class means.
     *
     * @param classSums sums of the features of each class, {@code d×K}
     * @param allowed how far {@code atBest} may be above the true minimum; round-off may end a descent before that
     */
    static BestFeatures of(UfmProblem problem, Matrix classifier, double[] bias, Matrix classSums, double allowed) {
        ClassCounts counts = problem.counts();
        int classes = counts.classes();
        double samples = counts.samples();
        FeatureDescent descent = new FeatureDescent(problem.loss(), classifier, bias, problem.lambdaH() * samples);
        double sumAtMeans = 0;
        double sumAtBest = 0;
        int block = Math.max(MIN_BLOCK, Math.min(classes, ENTRIES_PER_BLOCK / classes));
        for (int first = 0; first < classes; first += block) {
            int size = Math.min(block, classes - first);
            int[] labels = new int[size];
            double[] tolerances = new double[size];
            for (int j = 0; j < size; j++) {
                labels[j] = first + j;
                // Each class may use up an equal part of what is allowed; its weight in the objective is n/N.
                tolerances[j] = allowed / classes * samples / counts.count(labels[j]);
            }
            FeatureDescent.Values values = descent.run(means(classSums, counts, labels), labels, tolerances);
            for (int j = 0; j < size; j++) {
                double weight = counts.count(labels[j]) / samples;
                sumAtMeans += weight * values.start()[j];
                sumAtBest += weight * values.end()[j];
            }
        }
        double lambdaB = problem.bias().lambda();
        double ofBias =
                lambdaB == 0 ? 0 : lambdaB * Arrays.stream(bias).map(b -> b * b).sum();
        double penalties = problem.lambdaW() / 2 * classifier.dot(classifier) + ofBias / 2;
        return new BestFeatures(sumAtMeans + penalties, sumAtBest + penalties);
    }

    private static Matrix means(Matrix classSums, ClassCounts counts, int[] labels) {
        int d = classSums.rows();
        Matrix means = Matrix.zeros(d, labels.length);
        for (int j = 0; j < labels.length; j++) {
            for (int i = 0; i < d; i++) {
                means.set(i, j, classSums.get(i, labels[j]) / counts.count(labels[j]));
            }
        }
        return means;
    }
}
