package io.github.collapse4j.cli;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A solution as arrays in a folder; what cannot be written is refused before anything is solved. */
record SolutionFiles(Path directory) {
    private static final long MOST_ENTRIES = 500_000_000;

    static SolutionFiles prepare(Path directory, UfmProblem problem) throws IOException {
        long entries = (long) problem.classes() * problem.featureDimension();
        if (entries > MOST_ENTRIES) {
            throw new InputException("--out: expected K·d of at most " + MOST_ENTRIES + " entries, found "
                    + problem.classes() + "×" + problem.featureDimension() + " (a smaller --dim, of at least K−1?)");
        }
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new InputException("--out: " + directory + " is not a folder");
        }
        Files.createDirectories(directory);
        return new SolutionFiles(directory);
    }

    void write(UfmPoint point) throws IOException {
        write("W.npy", point.classifier());
        write("H.npy", point.features());
        new NpyWriter(NpyWriter.Type.FLOAT64).writeVector(directory.resolve("b.npy"), point.bias());
    }

    private void write(String name, Matrix matrix) throws IOException {
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(
                        directory.resolve(name),
                        matrix.data(),
                        matrix.rows(),
                        matrix.columns(),
                        NpyWriter.Layout.COLUMN_MAJOR);
    }
}
