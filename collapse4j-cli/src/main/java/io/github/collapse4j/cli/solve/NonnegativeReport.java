package io.github.collapse4j.cli.solve;

import static io.github.collapse4j.cli.option.JsonOption.number;
import static io.github.collapse4j.cli.text.Table.format;

import com.google.gson.JsonObject;
import io.github.collapse4j.certificate.Residuals;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.option.VerdictJson;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.nonnegative.NonnegativeAssessor;
import io.github.collapse4j.nonnegative.NonnegativeSolution;

/** A solution with non-negative features, as text and as JSON. */
record NonnegativeReport(NonnegativeSolution solution, Verdict verdict, StatedLoss loss, double seconds) {
    /** Largest K·M for which logits and residuals are computed. */
    private static final long MAX_LOGITS = 4_000_000;

    private static final int MAX_ROWS = 12;

    String text() {
        UfmProblem problem = solution.problem().free();
        int dead = solution.deadClasses().length;
        StringBuilder text = ProblemText.head(
                "Unconstrained feature model with non-negative features, " + loss.title(), problem, verdict);
        text.append(ProblemText.numbers(
                        verdict, solution.objective(), solution.lowerBound(), solution.relativeGap(), problem.mu())
                .row("γ₊(∇g)/μ", format("%.12g", solution.gaugeOverMu()), "at most 1 at a global minimum")
                .row(
                        "needed width",
                        format("%,d", solution.neededWidth()),
                        solution.reachesUnrestricted()
                                ? "feature dimensions with which this minimum is attained"
                                : format(
                                        "feature dimensions for the minimum of any width, %.12g",
                                        solution.unrestrictedObjective()))
                .row(
                        "classes",
                        format("%,d", problem.groups() - dead),
                        dead == 0 ? "all have features" : format("have features, %,d have none", dead))
                .row("method", method(), format("%.3g s", seconds)));
        if (problem.groups() <= MAX_ROWS) {
            text.append(System.lineSeparator()).append(classes());
        }
        return text.toString();
    }

    private String method() {
        return switch (solution.method()) {
            case GROUP_LASSO -> "one unit for each class";
            case SHARED_UNITS -> "descents, classes share units";
            case MULTI_START -> "best of random starts";
        };
    }

    private Table classes() {
        UfmPoint point = solution.point();
        UfmProblem problem = solution.problem().free();
        Matrix logits = logits(point);
        Table table = new Table("  ").row("samples", "own logit", "highest other", "‖h‖", "units");
        for (int m = 0; m < problem.groups(); m++) {
            int own = problem.loss().own(m);
            double other = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < problem.classes(); k++) {
                other = k == own ? other : Math.max(other, logits.get(k, m));
            }
            double[] feature = point.features().column(m);
            int units = 0;
            for (double entry : feature) {
                units += entry > 0 ? 1 : 0;
            }
            double count = problem.counts().count(m);
            table.row(
                    format("%,.0f", count),
                    Table.number(logits.get(own, m)),
                    Table.number(other),
                    Table.number(Vectors.norm(feature) / Math.sqrt(count)),
                    units == 0 ? "none: a dead class" : Integer.toString(units));
        }
        return table;
    }

    private Matrix logits(UfmPoint point) {
        return UfmModel.reduced(solution.problem().free()).logits(point.product(), point.bias());
    }

    JsonObject json() {
        UfmProblem problem = solution.problem().free();
        JsonObject json = ProblemJson.of(problem, solution.problem().domain(), loss);
        json.addProperty("groups", problem.groups());
        ProblemJson.addValues(
                json, solution.objective(), solution.lowerBound().value(), solution.relativeGap(), problem.mu());
        json.add("gaugeOverMu", number(solution.gaugeOverMu()));
        json.addProperty("neededWidth", solution.neededWidth());
        json.add("unrestrictedObjective", number(solution.unrestrictedObjective()));
        json.addProperty("method", solution.method().name());
        json.add("deadClasses", JsonOption.integers(solution.deadClasses()));
        json.add("survivingClasses", JsonOption.integers(solution.survivingClasses()));
        if ((long) problem.classes() * problem.groups() <= MAX_LOGITS) {
            addPoint(json, problem);
        }
        VerdictJson.add(json, verdict);
        return json;
    }

    private void addPoint(JsonObject json, UfmProblem problem) {
        UfmPoint point = solution.point();
        UfmModel reduced = UfmModel.reduced(problem);
        Residuals residuals = NonnegativeAssessor.residuals(reduced, point);
        json.add("residuals", JsonOption.residuals(residuals.classifier(), residuals.features(), residuals.bias()));
        json.add("logits", ProblemJson.logits(reduced, point));
    }
}
