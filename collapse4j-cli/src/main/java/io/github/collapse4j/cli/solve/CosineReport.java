package io.github.collapse4j.cli.solve;

import static io.github.collapse4j.cli.text.Paragraph.line;
import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.CosineJson;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.cosine.CosineAssessment;
import io.github.collapse4j.cosine.CosineProblem;
import io.github.collapse4j.cosine.CosineSolution;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;

/** The optimum of a cosine head, as text and as JSON. */
record CosineReport(CosineSolution solution, CosineAssessment assessment, double seconds) {
    String text() {
        CosineProblem problem = solution.problem();
        StringBuilder text = new StringBuilder();
        line(text, "Cosine head, cross-entropy of unit features against unit rows");
        line(
                text,
                format(
                        "  K = %,d, d = %,d, N = %,d, temperature %s, margin %s",
                        problem.classes(),
                        problem.featureDimension(),
                        problem.counts().samples(),
                        number(problem.temperature()),
                        number(problem.margins()[0])));
        line(text, "");
        Paragraph.append(text, Paragraph.sentence(assessment.verdict().explanation()));
        line(text, "");
        Table table = new Table("  ")
                .row("verdict", assessment.verdict().name())
                .row("objective", format("%.15g", solution.objective()))
                .row(
                        "lower bound",
                        format("%.15g", solution.lowerBound().value()),
                        solution.lowerBound().rounding().text())
                .row("relative gap", format("%.2e", solution.relativeGap()));
        problem.closedForm().ifPresent(value -> table.row("closed form", format("%.15g", value), "the simplex ETF"));
        table.row("rank", Integer.toString(assessment.rank()), "the feature dimensions that this optimum uses");
        assessment
                .weightedSigma()
                .ifPresent(sigma -> table.row(
                        "weighted σ_max",
                        format("%.12g", sigma),
                        "1 at a global minimum, larger at other critical points"));
        table.row("α, classes", range(assessment.derivatives().alpha()), "multipliers of the unit norms")
                .row("β, features", range(assessment.derivatives().beta()))
                .row(
                        "method",
                        format("Newton on spheres, %d of its starts", solution.starts()),
                        format("%.3g s", seconds));
        return text.append(table).toString();
    }

    private static String range(double[] multipliers) {
        DoubleSummaryStatistics statistics = Arrays.stream(multipliers).summaryStatistics();
        return number(statistics.getMin()) + " to " + number(statistics.getMax());
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("version", Version.current());
        CosineJson.addProblem(json, solution.problem());
        CosineJson.addAssessment(json, assessment);
        json.addProperty("starts", solution.starts());
        return json;
    }
}
