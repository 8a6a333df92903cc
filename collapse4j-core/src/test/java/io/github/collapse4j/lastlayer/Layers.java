package io.github.collapse4j.lastlayer;

import io.github.collapse4j.data.FeatureSamples;
import io.github.collapse4j.lastlayer.LastLayerAnalysis.Options;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.SamplePasses;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.testkit.Seeded;

/** Layers that are points of a full model. */
final class Layers {
    private Layers() {}

    /** The labels of a problem's samples in random order. */
    static int[] shuffledLabels(UfmProblem problem, Seeded seeded) {
        int[] labels = new int[Math.toIntExact(problem.counts().samples())];
        UfmModel ordered = UfmModel.full(problem);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = ordered.label(i);
        }
        for (int i = labels.length - 1; i > 0; i--) {
            int j = seeded.between(0, i);
            int label = labels[i];
            labels[i] = labels[j];
            labels[j] = label;
        }
        return labels;
    }

    /** A point of a full model as a layer. */
    static LastLayer of(UfmModel model, int[] labels, UfmPoint point) {
        SamplePasses samples = samples(point.features(), labels, model.problem().classes());
        return model.problem().bias() instanceof Bias.None
                ? LastLayer.withoutBias(samples, point.classifier())
                : LastLayer.withBias(samples, point.classifier(), point.bias());
    }

    /** Samples in memory, summed on two threads. */
    static SamplePasses samples(Matrix features, int[] labels, int classes) {
        return SamplePasses.onThreads(new FeatureSamples(features, labels, classes), 2, MeasureListener.SILENT);
    }

    /** Options with the penalties of a problem. */
    static Options given(UfmProblem problem, double tolerance) {
        return new Options(
                problem.loss(),
                Penalties.Given.of(problem.lambdaW(), problem.lambdaH()),
                problem.bias().lambda(),
                tolerance);
    }

    /** Options with implied penalties. */
    static Options implied(UfmProblem problem, double tolerance) {
        return new Options(
                problem.loss(), Penalties.Given.none(), problem.bias().lambda(), tolerance);
    }

    static LastLayerCertificate analyze(Options options, LastLayer layer) {
        return new LastLayerAnalysis(options, SolveListener.SILENT).analyze(layer);
    }

    /** The matrix with zero rows appended. */
    static Matrix withZeroRows(Matrix matrix, int rows) {
        Matrix taller = Matrix.zeros(rows, matrix.columns());
        for (int j = 0; j < matrix.columns(); j++) {
            System.arraycopy(matrix.data(), j * matrix.rows(), taller.data(), j * rows, matrix.rows());
        }
        return taller;
    }
}
