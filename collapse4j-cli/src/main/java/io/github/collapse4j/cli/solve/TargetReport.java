package io.github.collapse4j.cli.solve;

import static io.github.collapse4j.cli.text.Table.format;

import com.google.gson.JsonObject;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.option.VerdictJson;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.TargetSolution;

/** The report on a solution for groups of samples with arbitrary targets, as text and as JSON. */
record TargetReport(TargetSolution solution, Verdict verdict, StatedLoss loss) {
    String text() {
        UfmProblem problem = solution.problem();
        return ProblemText.head("Unconstrained feature model, " + loss.title(), problem, verdict)
                .append(ProblemText.numbers(
                                verdict,
                                solution.objective(),
                                solution.lowerBound(),
                                solution.relativeGap(),
                                problem.mu())
                        .row(
                                "rank",
                                Integer.toString(solution.rank()),
                                solution.reachesTwin()
                                        ? "the smallest feature dimension that reaches it"
                                        : format("the unrestricted optimum needs %d dimensions", solution.twinRank())))
                .toString();
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
}
