package io.github.collapse4j.cli.solve;

import static io.github.collapse4j.cli.text.Table.format;
import static io.github.collapse4j.cli.text.Table.number;

import com.google.gson.JsonObject;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.option.VerdictJson;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.model.FeatureDomain;
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
                        solution.lowerBound().rounding().text())
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
        JsonObject json = ProblemJson.of(problem, FeatureDomain.FREE, loss);
        json.addProperty("groups", problem.groups());
        ProblemJson.addValues(
                json, solution.objective(), solution.lowerBound().value(), solution.relativeGap(), problem.mu());
        json.addProperty("rank", solution.rank());
        json.add("logits", ProblemJson.logits(UfmModel.reduced(problem), solution.point()));
        VerdictJson.add(json, verdict);
        return json;
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }
}
