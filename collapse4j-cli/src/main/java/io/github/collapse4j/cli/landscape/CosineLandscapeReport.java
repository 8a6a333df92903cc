package io.github.collapse4j.cli.landscape;

import static io.github.collapse4j.cli.option.JsonOption.number;
import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.CosineJson;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.cosine.CosineLandscape;
import io.github.collapse4j.cosine.CosinePoint;
import io.github.collapse4j.cosine.CosineProblem;
import io.github.collapse4j.cosine.CosineVerdict;
import io.github.collapse4j.curvature.FullSpectrum;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The critical points of a cosine head in one dimension, as text and as JSON. */
record CosineLandscapeReport(CosineLandscape landscape) {
    private static final List<String> COLUMNS = List.of(
            "objective",
            "verdict",
            "rank",
            "timesFound",
            "lowerBound",
            "relativeGap",
            "gaugeOverMu",
            "relativeGradient",
            "curvature",
            "nullity",
            "smallestPositive");

    String text() {
        CosineProblem problem = landscape.problem();
        StringBuilder text = new StringBuilder();
        line(
                text,
                format(
                        "Cosine head, K = %,d, d = %,d, temperature %s, margin %s",
                        problem.classes(),
                        problem.featureDimension(),
                        Table.number(problem.temperature()),
                        Table.number(problem.margins()[0])));
        line(text, "");
        Paragraph.append(text, theorem() + " " + found());
        line(text, "");
        Table table = new Table("  ")
                .row("value", "verdict", "rank", "found", "curvature", "nullity", "next eigenvalue", "smallest β");
        for (CosineLandscape.Found point : landscape.points()) {
            CosineVerdict verdict = point.assessment().verdict();
            JsonObject numbers = new JsonObject();
            CosineJson.addVerdict(numbers, verdict);
            table.row(
                    format("%.12g", point.assessment().derivatives().value()),
                    verdict.name(),
                    Integer.toString(point.assessment().rank()),
                    Integer.toString(point.timesFound()),
                    cell(numbers, "curvature"),
                    numbers.has("nullity") ? numbers.get("nullity").getAsString() : "–",
                    cell(numbers, "smallestPositive"),
                    Table.number(
                            CosineJson.smallest(point.assessment().derivatives().beta())));
        }
        line(text.append(table), "");
        return text.toString();
    }

    private static String cell(JsonObject numbers, String name) {
        return numbers.has(name) && !numbers.get(name).isJsonNull()
                ? Table.number(numbers.get(name).getAsDouble())
                : "–";
    }

    private String theorem() {
        return landscape.problem().excludesSpuriousMinima()
                ? "d ≥ K: every local minimum is global."
                : "d < K: no theorem excludes local minima that are not global.";
    }

    private String found() {
        long spurious = landscape.points().stream()
                .filter(point -> point.assessment().verdict() instanceof CosineVerdict.SpuriousLocalMinimum)
                .count();
        return format(
                "%,d random starts in each dimension, and one with each feature reversed, found %,d critical points, %s of them"
                        + " spurious minima. Others may exist.",
                landscape.starts(), landscape.points().size(), spurious == 0 ? "none" : Long.toString(spurious));
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        CosineJson.addProblem(json, landscape.problem());
        json.add("lowerBound", number(landscape.bound().value()));
        json.addProperty("excludesSpuriousMinima", landscape.problem().excludesSpuriousMinima());
        json.addProperty("starts", landscape.starts());
        JsonArray points = new JsonArray();
        landscape.points().forEach(point -> points.add(json(point)));
        json.add("points", points);
        return json;
    }

    private static JsonObject json(CosineLandscape.Found point) {
        JsonObject entry = new JsonObject();
        CosineJson.addAssessment(entry, point.assessment());
        entry.addProperty("foundInDimension", point.dimension());
        entry.addProperty("timesFound", point.timesFound());
        entry.addProperty("timesFoundInFullDimension", point.timesFoundInFullDimension());
        return entry;
    }

    /** Writes the points as files. */
    void write(PointFiles files) throws IOException {
        CosineProblem problem = landscape.problem();
        List<PointFiles.Entry> entries = new ArrayList<>();
        List<List<String>> cells = new ArrayList<>();
        for (CosineLandscape.Found found : landscape.points()) {
            CosinePoint point = found.assessment().derivatives().point();
            JsonObject json = json(found);
            entries.add(new PointFiles.Entry(
                    new PointFiles.Vectors(point.weights(), point.features(), Optional.empty()),
                    found.assessment().spectrum().map(CosineLandscapeReport::levels),
                    escape(found.assessment().verdict(), problem),
                    PointFiles.cells(json, COLUMNS)));
            cells.add(List.of(
                    LandscapeTex.scientific(json.get("objective").getAsDouble()),
                    LandscapeTex.words(found.assessment().verdict().name()),
                    Integer.toString(found.assessment().rank()),
                    Integer.toString(found.timesFound()),
                    PointFiles.cell(json, "nullity")));
        }
        String comment = format(
                "$K = %d$, $d = %d$, $N = %d$, temperature %s, margin %s; unit features and weights",
                problem.classes(),
                problem.featureDimension(),
                problem.counts().samples(),
                Table.number(problem.temperature()),
                Table.number(problem.margins()[0]));
        files.write(
                entries,
                COLUMNS,
                LandscapeTex.table(List.of("$F$", "verdict", "rank", "found", "nullity"), cells, comment));
    }

    private static List<FullSpectrum.Level> levels(double[] eigenvalues) {
        return Arrays.stream(eigenvalues)
                .mapToObj(value -> new FullSpectrum.Level(value, 1))
                .toList();
    }

    /** The tangent direction of a saddle. */
    private static Optional<PointFiles.Vectors> escape(CosineVerdict verdict, CosineProblem problem) {
        if (!(verdict instanceof CosineVerdict.StrictSaddle saddle)) {
            return Optional.empty();
        }
        int d = problem.featureDimension();
        double[] all = saddle.direction().data();
        int split = d * problem.classes();
        return Optional.of(new PointFiles.Vectors(
                Matrix.wrap(d, problem.classes(), Arrays.copyOf(all, split)).transpose(),
                Matrix.wrap(d, problem.groups(), Arrays.copyOfRange(all, split, all.length)),
                Optional.empty()));
    }
}
