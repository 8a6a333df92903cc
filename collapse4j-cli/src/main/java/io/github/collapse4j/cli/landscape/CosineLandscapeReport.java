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
import io.github.collapse4j.cosine.CosineProblem;
import io.github.collapse4j.cosine.CosineVerdict;

/** The critical points of a cosine head in one dimension, as text and as JSON. */
record CosineLandscapeReport(CosineLandscape landscape) {
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
        for (CosineLandscape.Found point : landscape.points()) {
            JsonObject entry = new JsonObject();
            CosineJson.addAssessment(entry, point.assessment());
            entry.addProperty("foundInDimension", point.dimension());
            entry.addProperty("timesFound", point.timesFound());
            points.add(entry);
        }
        json.add("points", points);
        return json;
    }
}
