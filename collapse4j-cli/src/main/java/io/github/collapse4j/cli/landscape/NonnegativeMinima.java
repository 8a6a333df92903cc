package io.github.collapse4j.cli.landscape;

import static io.github.collapse4j.cli.option.JsonOption.number;
import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.option.VerdictJson;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.nonnegative.NonnegativeHunt;
import io.github.collapse4j.nonnegative.NonnegativeProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Local minima with non-negative features that random starts end at, as text and as JSON. */
record NonnegativeMinima(
        NonnegativeProblem problem, List<NonnegativeHunt.Finding> findings, StatedLoss loss, int starts) {
    /** Rows of the text; the JSON has all. */
    private static final int MAX_ROWS = 20;

    private static final List<String> COLUMNS = List.of(
            "objective",
            "verdict",
            "starts",
            "lowerBound",
            "relativeGap",
            "gaugeOverMu",
            "deadClasses",
            "nullity",
            "smallestPositive");

    String text() {
        UfmProblem model = problem.free();
        StringBuilder text = new StringBuilder();
        line(text, "Minima with non-negative features, " + loss.title());
        line(
                text,
                format(
                        "  K = %,d, d = %,d, N = %,d, %,d random starts",
                        model.classes(),
                        model.featureDimension(),
                        model.counts().samples(),
                        starts));
        line(text, "");
        Table table =
                new Table("  ").row("value", "starts", "verdict", "dead classes", "γ₊/μ", "nullity", "next eigenvalue");
        for (NonnegativeHunt.Finding finding : findings.subList(0, Math.min(MAX_ROWS, findings.size()))) {
            Verdict verdict = finding.assessment().verdict();
            Optional<Verdict.SpuriousLocalMinimum> spurious =
                    verdict instanceof Verdict.SpuriousLocalMinimum minimum ? Optional.of(minimum) : Optional.empty();
            table.row(
                    format("%.12g", finding.objective()),
                    format("%,d", finding.starts()),
                    verdict.name(),
                    Integer.toString(finding.assessment().deadClasses().length),
                    format("%.6g", finding.assessment().gaugeOverMu()),
                    spurious.map(minimum -> Integer.toString(minimum.nullity())).orElse("–"),
                    spurious.map(minimum -> Table.number(minimum.smallestPositive()))
                            .orElse("–"));
        }
        text.append(table);
        if (findings.size() > MAX_ROWS) {
            line(text, format("  … and %,d more values", findings.size() - MAX_ROWS));
        }
        return text.toString();
    }

    /** Writes the minima as files, with a direction of descent where there is a dead unit or a saddle. */
    void write(PointFiles files) throws IOException {
        UfmProblem model = problem.free();
        List<PointFiles.Entry> entries = new ArrayList<>();
        List<List<String>> cells = new ArrayList<>();
        for (NonnegativeHunt.Finding finding : findings) {
            JsonObject json = minimum(finding, model.classes());
            entries.add(new PointFiles.Entry(
                    PointFiles.Vectors.of(model, finding.point()),
                    Optional.empty(),
                    escape(finding.assessment().verdict()).map(direction -> PointFiles.Vectors.of(model, direction)),
                    PointFiles.cells(json, COLUMNS)));
            cells.add(List.of(
                    format("%.8f", finding.objective()),
                    LandscapeTex.words(finding.assessment().verdict().name()),
                    Integer.toString(finding.starts()),
                    Integer.toString(finding.assessment().deadClasses().length),
                    PointFiles.cell(json, "nullity"),
                    json.has("smallestPositive")
                            ? LandscapeTex.scientific(
                                    json.get("smallestPositive").getAsDouble())
                            : ""));
        }
        String tex = LandscapeTex.table(
                List.of("$f$", "verdict", "starts", "dead classes", "nullity", "$\\lambda_{\\min>0}$"),
                cells,
                LandscapeTex.sizes(model) + "; non-negative features");
        files.write(entries, COLUMNS, tex);
    }

    private static Optional<UfmPoint> escape(Verdict verdict) {
        if (verdict instanceof Verdict.DeadUnit dead) {
            return Optional.of(dead.direction());
        }
        return verdict instanceof Verdict.OtherSaddle saddle ? Optional.of(saddle.direction()) : Optional.empty();
    }

    JsonObject json() {
        UfmProblem model = problem.free();
        JsonObject json = new JsonObject();
        loss.addTo(json);
        json.addProperty("domain", problem.domain().toString());
        json.addProperty("classes", model.classes());
        json.addProperty("featureDimension", model.featureDimension());
        json.addProperty("samples", model.counts().samples());
        JsonOption.addPenalties(json, model);
        json.addProperty("starts", starts);
        JsonArray minima = new JsonArray();
        findings.forEach(finding -> minima.add(minimum(finding, model.classes())));
        json.add("minima", minima);
        return json;
    }

    private static JsonObject minimum(NonnegativeHunt.Finding finding, int classes) {
        JsonObject json = new JsonObject();
        json.add("objective", number(finding.objective()));
        json.addProperty("starts", finding.starts());
        json.add("lowerBound", number(finding.assessment().bound().value()));
        json.add("relativeGap", number(finding.assessment().bound().relativeGap(finding.objective())));
        json.add("gaugeOverMu", number(finding.assessment().gaugeOverMu()));
        int[] dead = finding.assessment().deadClasses();
        json.add("deadClasses", JsonOption.integers(dead));
        json.add(
                "survivingClasses",
                JsonOption.integers(IntStream.range(0, classes)
                        .filter(k -> Arrays.binarySearch(dead, k) < 0)
                        .toArray()));
        VerdictJson.add(json, finding.assessment().verdict());
        return json;
    }
}
