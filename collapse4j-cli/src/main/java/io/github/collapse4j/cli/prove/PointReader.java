package io.github.collapse4j.cli.prove;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.ClassifierFiles;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LabelArray;
import io.github.collapse4j.io.LayerFiles;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.io.IOException;
import java.util.Arrays;

/** Reads a point of the reduced model from the files of a layer: features become class means, scaled by √n_k. */
final class PointReader {
    private static final int MAX_SAMPLES = 1 << 24;

    private PointReader() {}

    /**
     * Reads features, labels, weights and, if the problem has one, the bias from a folder or an archive.
     *
     * @throws InputException if their shapes or class counts do not match the problem
     */
    static UfmPoint read(String place, UfmProblem problem) throws IOException {
        LayerFiles found = LayerFiles.find(place, new LayerFiles.Given(null, null, null));
        int classes = problem.classes();
        int d = problem.featureDimension();
        Matrix w;
        try (NumericArray array = ArrayFile.open(found.requiredWeights())) {
            w = ClassifierFiles.weights(array, d, "the point of --dim " + d);
        }
        if (w.rows() != classes) {
            throw new InputException(place + ": expected weights of " + classes + " classes, found " + w.rows());
        }
        double[] bias = new double[classes];
        if (problem.bias().isPresent() && found.bias().isPresent()) {
            try (NumericArray array = ArrayFile.open(found.bias().get())) {
                bias = ClassifierFiles.bias(array, classes);
            }
        }
        return new UfmPoint(w, scaledMeans(found, problem), bias);
    }

    private static Matrix scaledMeans(LayerFiles found, UfmProblem problem) throws IOException {
        int classes = problem.classes();
        int d = problem.featureDimension();
        Matrix means = Matrix.zeros(d, classes);
        long[] counts = new long[classes];
        try (NumericMatrix features = ArrayFile.open(found.features()).matrix();
                NumericArray labelFile = ArrayFile.open(found.labels())) {
            LabelArray labels = LabelArray.of(labelFile);
            labels.checkLength(features);
            if (features.columns() != d || features.rows() > MAX_SAMPLES) {
                throw new InputException(found.features() + ": expected N×" + d + " with N up to " + MAX_SAMPLES
                        + ", found " + features.rows() + "×" + features.columns());
            }
            int samples = (int) features.rows();
            long[] classOf = new long[samples];
            labels.read(0, samples, classOf);
            double[] row = new double[d];
            for (int i = 0; i < samples; i++) {
                if (classOf[i] < 0 || classOf[i] >= classes) {
                    throw new InputException(
                            labels.position(i) + ": expected 0…" + (classes - 1) + ", found " + classOf[i]);
                }
                int k = (int) classOf[i];
                counts[k]++;
                features.readRows(i, 1, row);
                for (int a = 0; a < d; a++) {
                    means.set(
                            a,
                            k,
                            means.get(a, k)
                                    + row[a]
                                            / Math.sqrt(
                                                    (double) problem.counts().count(k)));
                }
            }
        }
        if (Arrays.stream(counts).anyMatch(n -> n == 0)
                || !ClassCounts.of(counts).equals(problem.counts())) {
            throw new InputException(
                    found.labels() + ": expected the class counts of the options, found " + Arrays.toString(counts));
        }
        return means;
    }
}
