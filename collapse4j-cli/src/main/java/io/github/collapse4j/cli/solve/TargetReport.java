package io.github.collapse4j.cli.solve;

import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.TargetSolution;
import java.util.Locale;

/** The report on a solution for groups of samples with arbitrary targets, as text and as JSON. */
record TargetReport(TargetSolution solution, Verdict verdict, StatedLoss loss) {
    String text() {
        UfmProblem problem = solution.problem();
        StringBuilder text = new StringBuilder();
        line(text, "Unconstrained feature model, " + loss.title());
        line(
                text,
                format(
                        "  K = %,d, M = %,d groups of equal targets, d = %,d, N = %,d, λ_W = %s, λ_H = %s, %s",
                        problem.classes(),
                        problem.groups(),
                        problem.featureDimension(),
                        problem.counts().samples(),
                        number(problem.lambdaW()),
                        number(problem.lambdaH()),
                        SolveReport.bias(problem.bias())));
        line(text, "");
        String explanation = verdict.explanation();
        Paragraph.append(text, explanation.substring(0, 1).toUpperCase(Locale.ROOT) + explanation.substring(1) + ".");
        line(text, "");
        text.append(new Table("  ")
                .row("verdict", verdict.name())
                .row("objective", format("%.15g", solution.objective()))
                .row(
                        "lower bound",
                        format("%.15g", solution.lowerBound().value()),
                        "certified, to first order in round-off")
                .row("relative gap", format("%.2e", solution.relativeGap()))
                .row("μ", number(problem.mu()))
                .row(
                        "rank",
                        Integer.toString(solution.rank()),
                        solution.reachesTwin()
                                ? "the smallest feature dimension that reaches it"
                                : format("the unrestricted optimum needs %d dimensions", solution.twinRank())));
        return text.toString();
    }

    JsonObject json() {
        UfmProblem problem = solution.problem();
        JsonObject json = new JsonObject();
        json.addProperty("version", Version.current());
        loss.addTo(json);
        json.addProperty("classes", problem.classes());
        json.addProperty("groups", problem.groups());
        json.addProperty("featureDimension", problem.featureDimension());
        json.addProperty("samples", problem.counts().samples());
        JsonOption.addPenalties(json, problem);
        json.add("objective", JsonOption.number(solution.objective()));
        json.add("lowerBound", JsonOption.number(solution.lowerBound().value()));
        json.add("relativeGap", JsonOption.number(solution.relativeGap()));
        json.add("mu", JsonOption.number(problem.mu()));
        json.addProperty("rank", solution.rank());
        Matrix logits = UfmModel.reduced(problem)
                .logits(solution.point().product(), solution.point().bias());
        JsonArray columns = new JsonArray();
        for (int m = 0; m < logits.columns(); m++) {
            columns.add(JsonOption.numbers(logits.column(m)));
        }
        json.add("logits", columns);
        json.addProperty("verdict", verdict.name());
        json.addProperty("explanation", verdict.explanation());
        return json;
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }
}
