package io.github.collapse4j.io;

import io.github.collapse4j.io.npy.NpyRowWriter;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A last layer whose samples have the same feature within a group, such as a point of a model, as files that
 * {@code certify} and {@code measure} read: {@code features.npy} (N×d, a row for each sample, group by group),
 * {@code labels.npy} (N) or {@code targets.npy} (N×K), {@code weights.npy} (K×d), {@code bias.npy} (K) if there is one, and
 * {@code objective.json}. All numbers are float64.
 *
 * @param classifier W, K×d
 * @param features one column for each group, d×M
 * @param bias b, of a head with one
 * @param counts the number of samples of each of the M groups
 * @param outputs what the layer should tell of each group
 * @param objective what the layer minimises, but for targets in {@code outputs}
 */
public record GroupedLayer(
        Matrix classifier,
        Matrix features,
        Optional<double[]> bias,
        ClassCounts counts,
        Outputs outputs,
        TrainedObjective objective) {
    private static final long MAX_ENTRIES = 500_000_000;
    private static final String FEATURES = "features.npy";
    private static final String WEIGHTS = "weights.npy";
    private static final String BIAS = "bias.npy";
    private static final NpyWriter FLOAT64 = new NpyWriter(NpyWriter.Type.FLOAT64);

    /** What a layer should tell of the samples of each group. */
    public sealed interface Outputs {
        /** {@return the name of their file} */
        String file();

        /** Writes them, one for each sample. */
        void write(Path folder, ClassCounts counts) throws IOException;

        /** {@return what their layer minimises, given all but them} */
        TrainedObjective statedBy(TrainedObjective objective);

        /** Groups that are the classes, in their order. */
        static Outputs classes(int classes) {
            return new Labels(IntStream.range(0, classes).toArray());
        }
    }

    /**
     * Classes.
     *
     * @param ofGroup the class of each group
     */
    public record Labels(int[] ofGroup) implements Outputs {
        private static final String FILE = "labels.npy";

        @Override
        public String file() {
            return FILE;
        }

        @Override
        public void write(Path folder, ClassCounts counts) throws IOException {
            long[] labels = new long[Math.toIntExact(counts.samples())];
            int first = 0;
            for (int m = 0; m < counts.classes(); m++) {
                int end = first + (int) counts.count(m);
                Arrays.fill(labels, first, end, ofGroup[m]);
                first = end;
            }
            NpyWriter.writeLabels(folder.resolve(FILE), labels);
        }

        @Override
        public TrainedObjective statedBy(TrainedObjective objective) {
            return objective;
        }
    }

    /**
     * Targets.
     *
     * @param targets K×M
     */
    public record Targets(Matrix targets) implements Outputs {
        private static final String FILE = "targets.npy";

        @Override
        public String file() {
            return FILE;
        }

        @Override
        public void write(Path folder, ClassCounts counts) throws IOException {
            rows(folder.resolve(FILE), targets, counts);
        }

        @Override
        public TrainedObjective statedBy(TrainedObjective objective) {
            return objective.withTargets(FILE);
        }
    }

    /** A point of the reduced model, whose features are scaled by the roots of the counts. */
    public static GroupedLayer of(UfmProblem problem, UfmPoint reduced, Outputs outputs, TrainedObjective objective) {
        return new GroupedLayer(
                reduced.classifier(),
                features(problem, reduced),
                Optional.of(reduced.bias()).filter(bias -> problem.bias().isPresent()),
                problem.counts(),
                outputs,
                objective);
    }

    /** Features of one sample of each group, d×M, of a point or a direction of the reduced model. */
    public static Matrix features(UfmProblem problem, UfmPoint reduced) {
        Matrix features = reduced.features().copy();
        for (int m = 0; m < features.columns(); m++) {
            double root = Math.sqrt((double) problem.counts().count(m));
            for (int a = 0; a < features.rows(); a++) {
                features.set(a, m, features.get(a, m) / root);
            }
        }
        return features;
    }

    /**
     * Checks that the files of a layer would not be too large.
     *
     * @throws InputException if they would be
     */
    public static void requireSize(ClassCounts counts, int classes, int featureDimension) throws InputException {
        long samples = counts.samples();
        if (samples > MAX_ENTRIES / featureDimension || classes > MAX_ENTRIES / featureDimension) {
            throw new InputException("expected features N×d of at most " + MAX_ENTRIES + " entries, found " + samples
                    + "×" + featureDimension
                    + (classes <= featureDimension ? " (a smaller --dim, of at least K−1?)" : ""));
        }
    }

    /** {@return the names of the files, for messages} */
    public String names() {
        return FEATURES + ", " + outputs.file() + ", " + WEIGHTS + (bias.isPresent() ? ", " + BIAS : "") + ", "
                + TrainedObjective.FILE;
    }

    /** Writes the files, and deletes those of an earlier layer. */
    public void write(Path folder) throws IOException {
        for (String name : List.of(TrainedObjective.FILE, Labels.FILE, Targets.FILE, BIAS)) {
            Files.deleteIfExists(folder.resolve(name)); // one would be taken for that of the new layer
        }
        rows(folder.resolve(FEATURES), features, counts);
        outputs.write(folder, counts);
        FLOAT64.writeMatrix(
                folder.resolve(WEIGHTS),
                classifier.data(),
                classifier.rows(),
                classifier.columns(),
                NpyWriter.Layout.COLUMN_MAJOR);
        if (bias.isPresent()) {
            FLOAT64.writeVector(folder.resolve(BIAS), bias.get());
        }
        outputs.statedBy(objective).write(folder);
    }

    /** The column of each sample's group as a row. */
    private static void rows(Path file, Matrix columns, ClassCounts counts) throws IOException {
        try (NpyRowWriter rows = FLOAT64.openMatrix(file, counts.samples(), columns.rows())) {
            for (int m = 0; m < counts.classes(); m++) {
                double[] row = columns.column(m);
                for (long i = 0; i < counts.count(m); i++) {
                    rows.append(row, 1);
                }
            }
            rows.commit();
        }
    }
}
