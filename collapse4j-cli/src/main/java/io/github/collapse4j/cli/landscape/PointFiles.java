package io.github.collapse4j.cli.landscape;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.LayerFolder;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.curvature.FullSpectrum.Level;
import io.github.collapse4j.io.GroupedLayer;
import io.github.collapse4j.io.TrainedObjective;
import io.github.collapse4j.io.file.AtomicFile;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Points of a landscape as files, in every feature domain: a folder for each, numbered as in the report, with the point as
 * a layer that {@code certify} and {@code measure} read, its spectrum and the direction in which the objective falls; and
 * all of them as tables, for a spreadsheet and for LaTeX.
 */
record PointFiles(Path folder, ClassCounts counts, GroupedLayer.Outputs outputs, TrainedObjective objective) {
    private static final NpyWriter FLOAT64 = new NpyWriter(NpyWriter.Type.FLOAT64);

    /**
     * A point or a direction, with one feature for all samples of a group.
     *
     * @param classifier W, {@code K×d}
     * @param features one column for each group, {@code d×M}
     * @param bias b, in a model with one
     */
    record Vectors(Matrix classifier, Matrix features, Optional<double[]> bias) {
        /** A point of the reduced model, whose features are scaled by the root of the count. */
        static Vectors of(UfmProblem problem, UfmPoint reduced) {
            return new Vectors(
                    reduced.classifier(),
                    GroupedLayer.features(problem, reduced),
                    Optional.of(reduced.bias()).filter(bias -> problem.bias().isPresent()));
        }
    }

    /**
     * A point with everything that is written about it.
     *
     * @param spectrum all eigenvalues of the Hessian, if there is one
     * @param escape a direction in which the objective falls, if one is known
     * @param row its cells in the CSV table, but for its number
     */
    record Entry(Vectors point, Optional<List<Level>> spectrum, Optional<Vectors> escape, List<String> row) {}

    /**
     * Prepares a folder inside of another, if there is one.
     *
     * @param groups samples of each group
     * @param outputs what the groups are told apart by
     * @param objective what the points are critical points of
     */
    static Optional<PointFiles> in(
            @Nullable Path folder,
            String name,
            ClassCounts groups,
            GroupedLayer.Outputs outputs,
            TrainedObjective objective,
            int featureDimension)
            throws IOException {
        return folder == null
                ? Optional.empty()
                : Optional.of(new PointFiles(
                        LayerFolder.prepare(folder.resolve(name), groups, groups.classes(), featureDimension),
                        groups,
                        outputs,
                        objective));
    }

    /** What was written, for the terminal; empty if nothing was. */
    static String announcement(Optional<PointFiles> files) {
        return files.map(written -> written.announcement() + System.lineSeparator())
                .orElse("");
    }

    /**
     * Writes the points, and the table of all as CSV and as LaTeX.
     *
     * @param columns the names of the cells of each row, but for the number
     */
    void write(List<Entry> points, List<String> columns, String tex) throws IOException {
        StringBuilder csv =
                new StringBuilder("point,").append(String.join(",", columns)).append('\n');
        for (int i = 0; i < points.size(); i++) {
            write(i, points.get(i));
            csv.append(i)
                    .append(',')
                    .append(String.join(",", points.get(i).row()))
                    .append('\n');
        }
        AtomicFile.writeString(folder.resolve("points.csv"), csv.toString());
        AtomicFile.writeString(folder.resolve("points.tex"), tex);
    }

    private void write(int number, Entry entry) throws IOException {
        Path files = Files.createDirectories(folder.resolve(String.format(Locale.ROOT, "point-%02d", number)));
        Vectors point = entry.point();
        new GroupedLayer(point.classifier(), point.features(), point.bias(), counts, outputs, objective).write(files);
        escape(files, entry.escape());
        Path levels = files.resolve("spectrum.csv");
        if (entry.spectrum().isPresent()) {
            StringJoiner csv = new StringJoiner("\n", "eigenvalue,multiplicity\n", "\n");
            entry.spectrum().get().forEach(level -> csv.add(level.value() + "," + level.multiplicity()));
            AtomicFile.writeString(levels, csv.toString());
        } else {
            Files.deleteIfExists(levels);
        }
    }

    /** W (K×d), features as a row for each group (M×d) and b; files of an earlier point are deleted. */
    private static void escape(Path files, Optional<Vectors> direction) throws IOException {
        Path weights = files.resolve("escape-weights.npy");
        Path features = files.resolve("escape-features.npy");
        Path bias = files.resolve("escape-bias.npy");
        for (Path earlier : List.of(weights, features, bias)) {
            Files.deleteIfExists(earlier);
        }
        if (direction.isPresent()) {
            Matrix w = direction.get().classifier();
            Matrix h = direction.get().features();
            FLOAT64.writeMatrix(weights, w.data(), w.rows(), w.columns(), NpyWriter.Layout.COLUMN_MAJOR);
            FLOAT64.writeMatrix(
                    features, h.data(), /* rows= */ h.columns(), /* columns= */ h.rows(), NpyWriter.Layout.ROW_MAJOR);
            if (direction.get().bias().isPresent()) {
                FLOAT64.writeVector(bias, direction.get().bias().get());
            }
        }
    }

    /** Cells from a report's JSON. */
    static List<String> cells(JsonObject point, List<String> columns) {
        return columns.stream().map(column -> cell(point, column)).toList();
    }

    /** A cell from a report's JSON: empty if there is no such number, numbers of a list after each other. */
    static String cell(JsonObject point, String column) {
        JsonElement value = point.get(column);
        if (value == null || value.isJsonNull()) {
            return "";
        }
        if (!value.isJsonArray()) {
            return value.getAsString();
        }
        StringJoiner list = new StringJoiner(" ");
        value.getAsJsonArray().forEach(entry -> list.add(entry.getAsString()));
        return list.toString();
    }

    /** For the report. */
    String announcement() {
        return Table.format(
                "Written to %s: points.csv, points.tex, and for each point its weights, features and, where there are"
                        + " any, spectrum and direction of descent.",
                folder);
    }
}
