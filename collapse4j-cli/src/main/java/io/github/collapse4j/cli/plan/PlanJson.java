package io.github.collapse4j.cli.plan;

import static io.github.collapse4j.cli.option.JsonOption.number;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.plan.Boundaries;
import io.github.collapse4j.plan.EqualMargins;
import io.github.collapse4j.plan.Outlook;
import io.github.collapse4j.solve.ClassGroups;
import java.util.Locale;
import java.util.OptionalDouble;

/** A plan as JSON. */
final class PlanJson {
    private PlanJson() {}

    static JsonObject of(Plan plan, ClassCounts given, StatedLoss loss, String command) {
        JsonObject json = new JsonObject();
        json.addProperty("version", Version.current());
        json.addProperty("command", command);
        loss.addTo(json);
        json.addProperty("lossInWords", loss.title());
        json.add("verdict", verdict(PlanVerdict.of(plan)));
        json.addProperty("classes", given.classes());
        json.addProperty("samples", given.samples());
        json.add("mu", number(plan.setting().mu()));
        Bias bias = plan.setting().bias();
        json.add("lambdaB", bias instanceof Bias.None ? JsonNull.INSTANCE : number(bias.lambda()));
        json.add("countsMergedWithin", number(plan.coarse().ratio()));
        json.add("vanishingMu", number(plan.boundaries().vanishing()));
        json.add("optimum", outlook(plan.outlook()));
        json.add("groups", members(plan.outlook().twin().groups()));
        json.add("predictedBelowMu", ends(plan.boundaries().predictedBelow()));
        json.add("mergedFromMu", ends(plan.boundaries().mergedFrom()));
        JsonArray alternatives = new JsonArray();
        plan.alternatives().stream().skip(1).forEach(alternative -> {
            JsonObject one = new JsonObject();
            one.addProperty("name", alternative.name());
            one.add("optimum", outlook(alternative.outlook()));
            alternatives.add(one);
        });
        json.add("alternatives", alternatives);
        json.add("equalisingWeights", outcome(plan.weights()));
        json.add("equalisingLogitAdjustment", outcome(plan.adjustment()));
        JsonArray scan = new JsonArray();
        for (Boundaries.Step step : plan.boundaries().scan()) {
            JsonObject one = new JsonObject();
            one.add("mu", number(step.mu()));
            one.add("optimum", outlook(step.outlook()));
            scan.add(one);
        }
        json.add("scan", scan);
        return json;
    }

    /** An optimum with its certificate, to which groups are added. */
    static JsonObject optimum(int dimension, double objective, LowerBound bound, double relativeGap) {
        JsonObject json = new JsonObject();
        json.addProperty("dimension", dimension);
        json.add("objective", number(objective));
        json.add("lowerBound", number(bound.value()));
        json.add("relativeGap", number(relativeGap));
        return json;
    }

    /** The classes of a group at an optimum. */
    static JsonObject group(ClassGroups groups, int g, double margin, Enum<?> fate) {
        JsonObject group = new JsonObject();
        group.addProperty("classes", groups.sizes()[g]);
        group.add("samplesPerClass", number(groups.counts()[g]));
        group.add("margin", number(margin));
        group.addProperty("fate", fate.name().toLowerCase(Locale.ROOT));
        return group;
    }

    private static JsonObject verdict(PlanVerdict verdict) {
        JsonObject json = new JsonObject();
        json.addProperty("allPredicted", verdict.isGood());
        json.addProperty("headline", verdict.headline());
        json.addProperty("boundary", verdict.boundary());
        json.addProperty("advice", verdict.advice());
        return json;
    }

    /** For each group, the numbers of its classes. */
    static JsonArray members(ClassGroups groups) {
        JsonArray all = new JsonArray();
        for (int g = 0; g < groups.groups(); g++) {
            all.add(new JsonArray());
        }
        for (int k = 0; k < groups.classes(); k++) {
            all.get(groups.groupOf()[k]).getAsJsonArray().add(k);
        }
        return all;
    }

    static JsonArray ends(OptionalDouble[] ofGroups) {
        JsonArray ends = new JsonArray();
        for (OptionalDouble end : ofGroups) {
            ends.add(number(end));
        }
        return ends;
    }

    private static JsonObject outcome(EqualMargins.Outcome outcome) {
        JsonObject json = new JsonObject();
        if (outcome instanceof EqualMargins.Found found) {
            json.addProperty("found", true);
            found.loss().classWeights().ifPresent(weights -> json.add("classWeights", JsonOption.numbers(weights)));
            json.add("logitAdjustment", number(found.loss().logitAdjustment()));
            json.add("optimum", outlook(found.outlook()));
        } else if (outcome instanceof EqualMargins.NotFound notFound) {
            json.addProperty("found", false);
            json.addProperty("reason", notFound.reason());
        }
        return json;
    }

    /** Groups are of exchangeable classes, the most frequent ones first; angles are in degrees. */
    private static JsonObject outlook(Outlook outlook) {
        JsonObject json = optimum(
                outlook.dimension(),
                outlook.twin().objective(),
                outlook.twin().lowerBound(),
                outlook.twin().relativeGap());
        json.add("marginSpread", number(outlook.marginSpread()));
        double[] margins = outlook.margins();
        Outlook.Fate[] fates = outlook.fates();
        ClassGroups groups = outlook.twin().groups();
        JsonArray array = new JsonArray();
        for (int g = 0; g < outlook.groups(); g++) {
            JsonObject group = group(groups, g, margins[g], fates[g]);
            group.add("mergedFromMu", number(outlook.criticalMu(g)));
            group.add("angleWithin", number(outlook.angle(g, g)));
            group.add("angleToMostFrequent", number(outlook.angle(g, 0)));
            group.add("angleToRarest", number(outlook.angle(g, outlook.groups() - 1)));
            array.add(group);
        }
        json.add("groups", array);
        return json;
    }
}
