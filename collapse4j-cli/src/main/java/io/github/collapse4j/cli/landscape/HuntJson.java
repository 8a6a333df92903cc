package io.github.collapse4j.cli.landscape;

import static io.github.collapse4j.cli.option.JsonOption.number;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.hunt.DescentEnd;
import io.github.collapse4j.hunt.Finding;
import io.github.collapse4j.hunt.HuntTotals;
import io.github.collapse4j.hunt.ProblemOutcome;
import io.github.collapse4j.model.UfmProblem;
import java.util.List;
import java.util.function.ToLongFunction;

/** A hunt as JSON, also for the page. */
final class HuntJson {
    private HuntJson() {}

    static JsonObject of(List<ProblemOutcome> outcomes, HuntProofs proofs) {
        JsonObject json = new JsonObject();
        HuntTotals totals = HuntTotals.of(outcomes);
        json.addProperty("starts", totals.starts());
        json.add("ends", ends(totals::count));
        json.addProperty("coveredStarts", totals.covered());
        json.addProperty("coveredCertifiedGlobalMinimum", totals.coveredCertified());
        JsonArray byDimension = new JsonArray();
        JsonArray finalValues = new JsonArray();
        JsonArray localMinima = new JsonArray();
        JsonArray otherEnds = new JsonArray();
        for (ProblemOutcome outcome : outcomes) {
            UfmProblem problem = outcome.problem();
            JsonObject entry = at(problem);
            entry.addProperty("starts", outcome.starts());
            entry.add("ends", ends(outcome::count));
            entry.addProperty("benign", problem.hasBenignLandscape());
            entry.addProperty("certified", outcome.isCertified());
            byDimension.add(entry);
            for (Finding finding : outcome.findings()) {
                JsonObject value = at(problem);
                value.add("value", number(finding.objective()));
                value.addProperty("count", finding.count());
                value.addProperty("end", key(finding.end()));
                value.addProperty("verdict", finding.verdict().name());
                finalValues.add(value);
            }
            for (Finding finding : outcome.others()) {
                JsonObject end = other(outcome, finding);
                proofs.of(finding).ifPresent(proof -> proof.addTo(end));
                (finding.end() == DescentEnd.LOCAL_MINIMUM ? localMinima : otherEnds).add(end);
            }
        }
        json.add("byDimension", byDimension);
        json.add("finalValues", finalValues);
        json.add("localMinima", localMinima);
        json.add("otherEnds", otherEnds);
        return json;
    }

    private static JsonObject at(UfmProblem problem) {
        JsonObject json = new JsonObject();
        json.addProperty("d", problem.featureDimension());
        json.add("lambda", number(problem.mu()));
        return json;
    }

    private static JsonObject ends(ToLongFunction<DescentEnd> count) {
        JsonObject json = new JsonObject();
        for (DescentEnd end : DescentEnd.values()) {
            json.addProperty(key(end), count.applyAsLong(end));
        }
        return json;
    }

    private static String key(DescentEnd end) {
        return switch (end) {
            case CERTIFIED_GLOBAL_MINIMUM -> "certifiedGlobalMinimum";
            case LOWEST_KNOWN -> "lowestKnown";
            case LOCAL_MINIMUM -> "localMinimum";
            case SADDLE -> "saddle";
            case NOT_CONVERGED -> "notConverged";
        };
    }

    private static JsonObject other(ProblemOutcome outcome, Finding finding) {
        JsonObject json = at(outcome.problem());
        double lowest = outcome.lowestKnown();
        json.add("objective", number(finding.objective()));
        json.addProperty("count", finding.count());
        json.add("relativeExcess", number((finding.objective() - lowest) / lowest));
        if (finding.verdict() instanceof Verdict.SpuriousLocalMinimum minimum) {
            json.addProperty("nullity", minimum.nullity());
            json.addProperty("orbitDimension", minimum.orbitDimension());
            json.add("smallestPositive", number(minimum.smallestPositive()));
        } else if (finding.verdict() instanceof Verdict.LocalMinimum minimum) {
            json.addProperty("nullity", minimum.nullity());
            json.addProperty("orbitDimension", minimum.orbitDimension());
            json.add("smallestPositive", number(minimum.smallestPositive()));
        }
        json.add("gradientNorm", number(finding.gradientNorm()));
        json.addProperty("verdict", finding.verdict().name());
        return json;
    }
}
