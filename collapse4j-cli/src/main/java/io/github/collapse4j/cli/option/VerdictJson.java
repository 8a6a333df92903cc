package io.github.collapse4j.cli.option;

import static io.github.collapse4j.cli.option.JsonOption.number;

import com.google.gson.JsonObject;
import io.github.collapse4j.certificate.Verdict;

/** The numbers of a verdict in the results of all commands. */
public final class VerdictJson {
    private VerdictJson() {}

    /** Adds name, explanation and spectrum of a verdict. */
    public static void add(JsonObject json, Verdict verdict) {
        json.addProperty("verdict", verdict.name());
        json.addProperty("explanation", verdict.explanation());
        addSpectrum(json, verdict);
    }

    /** Adds the spectrum that a verdict on a minimum or a saddle rests on. */
    public static void addSpectrum(JsonObject json, Verdict verdict) {
        if (verdict instanceof Verdict.SpuriousLocalMinimum minimum) {
            addSpectrum(
                    json,
                    minimum.nullity(),
                    minimum.orbitDimension(),
                    minimum.smallestCurvature(),
                    minimum.smallestPositive());
            json.add("better", number(minimum.better()));
        } else if (verdict instanceof Verdict.LocalMinimum minimum) {
            addSpectrum(
                    json,
                    minimum.nullity(),
                    minimum.orbitDimension(),
                    minimum.smallestCurvature(),
                    minimum.smallestPositive());
        } else if (verdict instanceof Verdict.StrictSaddle saddle) {
            json.add("curvature", number(saddle.curvature()));
            json.addProperty("indexAtLeast", saddle.indexLowerBound());
        } else if (verdict instanceof Verdict.OtherSaddle saddle) {
            json.addProperty("index", saddle.index());
            json.add("smallestCurvature", number(saddle.smallestCurvature()));
        }
    }

    private static void addSpectrum(JsonObject json, int nullity, int ofSymmetry, double smallest, double next) {
        json.addProperty("nullity", nullity);
        json.addProperty("symmetryExplains", ofSymmetry);
        json.add("smallestCurvature", number(smallest));
        json.add("smallestPositive", number(next));
    }
}
