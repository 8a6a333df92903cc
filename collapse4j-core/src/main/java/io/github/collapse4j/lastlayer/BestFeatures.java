package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.NativeThreads;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.UfmProblem;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The best features for a fixed classifier and bias (docs/theory.md §2): a strongly convex problem in d variables for
 * each class, solved for blocks of classes at a time. Memory is a few {@code K×block} matrices per core.
 *
 * @param atMeans the objective with every feature at its class mean
 * @param atBest the objective with the best feature of each class instead, to within the allowed error
 */
record BestFeatures(double atMeans, double atBest) {
    private static final int ENTRIES_PER_BLOCK = 1 << 17;
    private static final int MIN_BLOCK = 64;

    /**
     * Descends from the class means, in the dimensions that the head sees if these are fewer and known: the rest of the
     * features costs its norm and changes no loss.
     *
     * @param allowed maximum excess of {@code atBest} over the true minimum; round-off may end a descent earlier
     */
    static BestFeatures of(UfmProblem problem, LastLayer layer, LastLayerPass pass, double allowed) {
        Matrix means = pass.classMeans();
        Optional<LogitProjection> fewer = pass.seen().filter(seen -> !seen.isWhole());
        if (fewer.isEmpty()) {
            return of(problem, layer.classifier(), layer.bias(), means, allowed);
        }
        LogitProjection seen = fewer.get();
        Matrix within = seen.project(means);
        Matrix unseen = means.copy();
        LinearAlgebra.multiply(-1, seen.projection(), Op.TRANSPOSE, within, Op.NONE, 1, unseen);
        double ofUnseen = 0;
        for (int k = 0; k < unseen.columns(); k++) {
            double norm = Vectors.norm(unseen.column(k));
            ofUnseen += problem.counts().count(k) * problem.lambdaH() / 2 * norm * norm;
        }
        BestFeatures best = of(problem, seen.classifier(), layer.bias(), within, allowed);
        double normW = layer.classifier().norm();
        double normSeen = seen.classifier().norm();
        double ofMeanRow = problem.lambdaW() / 2 * (normW - normSeen) * (normW + normSeen);
        return new BestFeatures(best.atMeans() + ofMeanRow + ofUnseen, best.atBest() + ofMeanRow);
    }

    /**
     * Descends from the class means.
     *
     * @param classMeans {@code d×K}
     * @param allowed maximum excess of {@code atBest} over the true minimum; round-off may end a descent earlier
     */
    static BestFeatures of(UfmProblem problem, Matrix classifier, double[] bias, Matrix classMeans, double allowed) {
        ClassCounts counts = problem.counts();
        int classes = counts.classes();
        double samples = counts.samples();
        double[] atMeans = new double[classes];
        double[] atBest = new double[classes];
        int size = Math.max(MIN_BLOCK, Math.min(classes, ENTRIES_PER_BLOCK / classes));
        int blocks = (classes + size - 1) / size;
        FeatureDescent descent =
                new FeatureDescent(problem.loss(), classifier, bias, problem.lambdaH() * samples, blocks > 1);
        onAllCores(blocks, block -> {
            int first = block * size;
            int[] labels =
                    IntStream.range(first, Math.min(classes, first + size)).toArray();
            // Every class gets an equal share of the allowed error; its weight in the objective is n/N.
            double[] tolerances = Arrays.stream(labels)
                    .mapToDouble(k -> allowed / classes * samples / counts.count(k))
                    .toArray();
            FeatureDescent.Values values = descent.run(columns(classMeans, first, labels.length), labels, tolerances);
            System.arraycopy(values.start(), 0, atMeans, first, labels.length);
            System.arraycopy(values.end(), 0, atBest, first, labels.length);
        });
        double sumAtMeans = 0;
        double sumAtBest = 0;
        for (int k = 0; k < classes; k++) {
            double weight = counts.count(k) / samples;
            sumAtMeans += weight * atMeans[k];
            sumAtBest += weight * atBest[k];
        }
        double lambdaB = problem.bias().lambda();
        double ofBias =
                lambdaB == 0 ? 0 : lambdaB * Arrays.stream(bias).map(b -> b * b).sum();
        double penalties = problem.lambdaW() / 2 * classifier.dot(classifier) + ofBias / 2;
        return new BestFeatures(sumAtMeans + penalties, sumAtBest + penalties);
    }

    /** Several blocks run in parallel; a single block leaves the cores to its products. */
    private static void onAllCores(int blocks, IntConsumer work) {
        if (blocks == 1) {
            work.accept(0);
            return;
        }
        NativeThreads single = NativeThreads.onePerCall();
        try {
            IntStream.range(0, blocks).parallel().forEach(work);
        } finally {
            single.close();
        }
    }

    private static Matrix columns(Matrix matrix, int first, int count) {
        int rows = matrix.rows();
        return Matrix.wrap(rows, count, Arrays.copyOfRange(matrix.data(), first * rows, (first + count) * rows));
    }
}
