package io.github.collapse4j.cli.solve;

import static io.github.collapse4j.cli.option.JsonOption.number;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.certificate.CriticalPointFacts;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.option.VerdictJson;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.ClassGroups;
import io.github.collapse4j.solve.Geometry;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.TwinSolution;

/** A solution as JSON. */
final class SolveJson {
    /** Largest K for which K×K logits are written if classes of equal counts differ. */
    private static final int MAX_CLASSES = 5_000;

    private SolveJson() {}

    static JsonObject of(Solution solution, Verdict verdict, StatedLoss loss) {
        UfmProblem problem = solution.problem();
        JsonObject json = ProblemJson.of(problem, FeatureDomain.FREE, loss);
        ProblemJson.addValues(
                json, solution.objective(), solution.lowerBound().value(), solution.relativeGap(), problem.mu());
        json.addProperty("rank", solution.rank());
        json.addProperty("method", solution.method().name());
        if (solution.reachesTwin()) {
            addGrouped(json, solution.twin());
        } else if (problem.classes() <= MAX_CLASSES) {
            addPoint(json, solution);
        }
        VerdictJson.add(json, verdict);
        return json;
    }

    /** At most 1 at a global minimum: under its own name, and under the one that it has in every domain. */
    private static void addGauge(JsonObject json, double sigmaOverMu) {
        json.add("sigmaOverMu", number(sigmaOverMu));
        json.add("gaugeOverMu", number(sigmaOverMu));
    }

    private static void addGrouped(JsonObject json, TwinSolution twin) {
        addGauge(json, twin.sigmaOverMu());
        json.add(
                "residuals",
                JsonOption.residuals(twin.relativeResidual(), twin.relativeResidual(), twin.biasResidual()));
        ClassGroups groups = twin.groups();
        Geometry geometry = Geometry.of(twin);
        json.addProperty("simplexEtf", geometry.isSimplexEtf());
        int n = groups.groups();
        JsonArray logits = new JsonArray();
        for (int g = 0; g < n; g++) {
            JsonObject group = new JsonObject();
            group.addProperty("classes", groups.sizes()[g]);
            group.add("samplesPerClass", number(groups.counts()[g]));
            group.add("own", number(twin.logits().get(n, g)));
            double[] others = new double[n];
            for (int h = 0; h < n; h++) {
                others[h] = groups.sizes()[g] == 1 && h == g
                        ? Double.NaN
                        : twin.logits().get(h, g);
            }
            group.add("others", JsonOption.numbers(others));
            group.add("bias", number(twin.point().bias()[g]));
            group.add("classifierNorm", number(geometry.classifier().norm(g)));
            group.add("featureNorm", number(geometry.featureNorm(g)));
            group.add("criticalMu", number(twin.hasCriticalMu(g) ? twin.criticalMu(g) : Double.NaN));
            logits.add(group);
        }
        json.add("logits", logits);
        JsonArray collapsed = new JsonArray();
        boolean[] isCollapsed = geometry.collapsed();
        for (int k = 0; k < groups.classes(); k++) {
            if (isCollapsed[groups.groupOf()[k]]) {
                collapsed.add(k);
            }
        }
        json.add("collapsedClasses", collapsed);
    }

    /** Below the dimension that the minimum needs, classes of a group may differ: logits are per class. */
    private static void addPoint(JsonObject json, Solution solution) {
        UfmModel reduced = UfmModel.reduced(solution.problem());
        CriticalPointFacts facts = CriticalPointFacts.of(reduced, solution.point());
        addGauge(json, facts.sigmaOverMu());
        json.add(
                "residuals",
                JsonOption.residuals(
                        facts.residuals().classifier(),
                        facts.residuals().features(),
                        facts.residuals().bias()));
        json.add("logits", ProblemJson.logits(reduced, solution.point()));
        json.add("collapsedClasses", new JsonArray());
    }
}
