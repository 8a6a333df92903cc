package io.github.collapse4j.cli.option;

import static io.github.collapse4j.cli.option.JsonOption.number;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.cosine.CosineAssessment;
import io.github.collapse4j.cosine.CosineDerivatives;
import io.github.collapse4j.cosine.CosineProblem;
import io.github.collapse4j.cosine.CosineVerdict;
import io.github.collapse4j.model.FeatureDomain;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Cosine heads in the results of all commands. */
public final class CosineJson {
    /** Maximum number of multipliers that are listed; of more, only the extremes are. */
    private static final int MAX_LISTED = 1000;

    private CosineJson() {}

    /** Adds the domain, the loss and the sizes. */
    public static void addProblem(JsonObject json, CosineProblem problem) {
        json.addProperty("domain", FeatureDomain.UNIT.toString());
        json.addProperty("loss", LossName.ce.name());
        json.addProperty("classes", problem.classes());
        json.addProperty("featureDimension", problem.featureDimension());
        json.addProperty("samples", problem.counts().samples());
        json.addProperty("temperature", problem.temperature());
        json.addProperty("margin", problem.margins()[0]);
        json.add("closedForm", number(problem.closedForm()));
        json.add("deadClasses", JsonOption.integers()); // none can be without features on a sphere
        json.add(
                "survivingClasses",
                JsonOption.integers(IntStream.range(0, problem.classes()).toArray()));
    }

    /** Adds everything about a point. */
    public static void addAssessment(JsonObject json, CosineAssessment assessment) {
        CosineDerivatives at = assessment.derivatives();
        json.add("objective", number(at.value()));
        json.add("lowerBound", number(assessment.bound().value()));
        json.add("relativeGap", number(assessment.relativeGap()));
        json.add("gaugeOverMu", number(assessment.weightedSigma()));
        json.addProperty("rank", assessment.rank());
        json.add("relativeGradient", number(at.relativeGradient()));
        json.add("alpha", multipliers(at.alpha()));
        json.add("beta", multipliers(at.beta()));
        addVerdict(json, assessment.verdict());
    }

    /** Adds a verdict and its numbers. */
    public static void addVerdict(JsonObject json, CosineVerdict verdict) {
        json.addProperty("verdict", verdict.name());
        json.addProperty("explanation", verdict.explanation());
        if (verdict instanceof CosineVerdict.StrictSaddle saddle) {
            json.add("curvature", number(saddle.curvature()));
        } else if (verdict instanceof CosineVerdict.SpuriousLocalMinimum minimum) {
            json.add("better", number(minimum.better()));
            addSpectrum(json, minimum.nullity(), minimum.smallestPositive(), minimum.smallestCurvature());
        } else if (verdict instanceof CosineVerdict.LocalMinimum minimum) {
            addSpectrum(json, minimum.nullity(), minimum.smallestPositive(), minimum.smallestCurvature());
        }
    }

    private static void addSpectrum(JsonObject json, int nullity, double next, double smallest) {
        json.addProperty("nullity", nullity);
        json.add("smallestPositive", number(next));
        json.add("smallestCurvature", number(smallest));
    }

    /** The smallest and the largest of some numbers. */
    public static JsonObject range(double smallest, double largest) {
        JsonObject json = new JsonObject();
        json.add("min", number(smallest));
        json.add("max", number(largest));
        return json;
    }

    /** The smallest of some numbers. */
    public static double smallest(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static JsonObject multipliers(double[] values) {
        JsonObject json = range(smallest(values), Arrays.stream(values).max().orElseThrow());
        json.addProperty(
                "notPositive",
                Arrays.stream(values).filter(value -> !(value > 0)).count());
        json.add("values", values.length <= MAX_LISTED ? JsonOption.numbers(values) : new JsonArray());
        return json;
    }
}
