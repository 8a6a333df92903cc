package io.github.collapse4j.cli.solve;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.TrainedObjective;
import io.github.collapse4j.io.npy.NpyRowWriter;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A solution as the layer of a network, for {@code certify} and {@code measure}: a feature and a label for each of the
 * N samples, class by class. What cannot be written is rejected before solving.
 *
 * @param directory destination of features.npy ({@code N×d}), labels.npy, weights.npy ({@code K×d}) and, with a bias,
 *     bias.npy; and of what they minimise, as objective.json
 * @param loss what was specified, for objective.json
 */
record SolutionFiles(Path directory, UfmProblem problem, TrainingLoss loss) {
    private static final long MAX_ENTRIES = 500_000_000;

    static SolutionFiles prepare(Path directory, UfmProblem problem, TrainingLoss loss) throws IOException {
        prepareFolder(directory, problem.counts(), problem.featureDimension());
        return new SolutionFiles(directory, problem, loss);
    }

    /** Checks the sizes and creates the folder. */
    static void prepareFolder(Path directory, ClassCounts counts, int d) throws IOException {
        long samples = counts.samples();
        if (samples > MAX_ENTRIES / d || counts.classes() > MAX_ENTRIES / d) {
            throw new InputException("--out: expected features N×d of at most " + MAX_ENTRIES + " entries, found "
                    + samples + "×" + d + (counts.classes() <= d ? " (a smaller --dim, of at least K−1?)" : ""));
        }
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new InputException("--out: " + directory + " is not a folder");
        }
        Files.createDirectories(directory);
    }

    /** {@return the names of the files, for messages} */
    String names() {
        return "features.npy, labels.npy, weights.npy" + (problem.bias().isPresent() ? ", bias.npy" : "") + ", "
                + TrainedObjective.FILE;
    }

    void write(UfmPoint point) throws IOException {
        writeLayer(directory, problem.counts(), point.classifier(), point.features());
        Path bias = directory.resolve("bias.npy");
        if (problem.bias().isPresent()) {
            floats().writeVector(bias, point.bias());
        } else {
            Files.deleteIfExists(bias); // of an earlier solution: it would be mistaken for this one's
        }
        TrainedObjective.of(
                        loss,
                        OptionalDouble.of(problem.lambdaW()),
                        OptionalDouble.of(problem.lambdaH()),
                        problem.bias().isPresent()
                                ? OptionalDouble.of(problem.bias().lambda())
                                : OptionalDouble.empty())
                .write(directory);
    }

    /**
     * Writes everything but a bias.
     *
     * @param classifier W
     * @param scaledMeans Ĥ
     */
    static void writeLayer(Path directory, ClassCounts counts, Matrix classifier, Matrix scaledMeans)
            throws IOException {
        Files.deleteIfExists(directory.resolve(TrainedObjective.FILE)); // that of another layer
        writeSamples(directory, scaledMeans, counts);
        floats().writeMatrix(
                        directory.resolve("weights.npy"),
                        classifier.data(),
                        classifier.rows(),
                        classifier.columns(),
                        NpyWriter.Layout.COLUMN_MAJOR);
    }

    /** Column k of Ĥ is √n_k times the feature shared by all samples of class k. */
    private static void writeSamples(Path directory, Matrix scaledMeans, ClassCounts counts) throws IOException {
        int d = scaledMeans.rows();
        long[] labels = new long[(int) counts.samples()];
        int first = 0;
        try (NpyRowWriter rows =
                floats().openMatrix(directory.resolve("features.npy"), /* rows= */ labels.length, /* columns= */ d)) {
            double[] feature = new double[d];
            for (int k = 0; k < counts.classes(); k++) {
                int count = (int) counts.count(k);
                for (int j = 0; j < d; j++) {
                    feature[j] = scaledMeans.data()[k * d + j] / Math.sqrt(count);
                }
                for (int i = 0; i < count; i++) {
                    rows.append(feature, 1);
                }
                Arrays.fill(labels, first, first + count, k);
                first += count;
            }
            rows.commit();
        }
        NpyWriter.writeLabels(directory.resolve("labels.npy"), labels);
    }

    private static NpyWriter floats() {
        return new NpyWriter(NpyWriter.Type.FLOAT64);
    }
}
