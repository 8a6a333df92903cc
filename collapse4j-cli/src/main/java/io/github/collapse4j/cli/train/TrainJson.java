package io.github.collapse4j.cli.train;

import static io.github.collapse4j.cli.option.JsonOption.number;
import static io.github.collapse4j.cli.option.JsonOption.numbers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.PageOption;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.djl.CollapseState;
import io.github.collapse4j.djl.LayerJudgement;
import io.github.collapse4j.djl.network.LastFeatures;
import io.github.collapse4j.djl.train.Costs;
import io.github.collapse4j.djl.train.EpochRecord;
import io.github.collapse4j.djl.train.Outcome;
import io.github.collapse4j.djl.train.Recipe;
import io.github.collapse4j.djl.train.Regularization;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.NonnegativeOptimum;
import io.github.collapse4j.report.TrainPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The results of {@code train} as JSON, also for the page. */
final class TrainJson {
    private TrainJson() {}

    /** Writes JSON and page where they are wanted. */
    static void write(TrainResults results, String command, JsonOption json, PageOption page, PrintWriter out)
            throws IOException {
        JsonObject result = of(results, command);
        page.write(() -> TrainPage.html(result));
        json.write(result, out);
    }

    static JsonObject of(TrainResults results, String command) {
        JsonObject result = new JsonObject();
        result.addProperty("version", Version.current());
        result.addProperty("command", command);
        result.add("data", data(results.images()));
        result.add(
                "recipe",
                recipe(results.loss(), results.networks().get(0).outcome().recipe()));
        JsonArray networks = new JsonArray();
        results.networks().forEach(network -> networks.add(network(network)));
        result.add("networks", networks);
        return result;
    }

    private static JsonObject data(ImageSplits images) {
        JsonObject data = new JsonObject();
        data.addProperty("name", images.name());
        data.addProperty("classes", images.classes());
        data.addProperty("train", images.train().count());
        data.addProperty("test", images.test().count());
        data.addProperty("image", images.train().shape());
        return data;
    }

    private static JsonObject recipe(StatedLoss loss, Recipe recipe) {
        JsonObject json = new JsonObject();
        json.addProperty("model", recipe.body().title());
        json.addProperty("domain", recipe.features().domain().toString());
        if (recipe.features() instanceof LastFeatures.Normalised unit) {
            json.addProperty("temperature", unit.temperature());
        }
        loss.addTo(json);
        json.addProperty("lossTitle", loss.title());
        json.addProperty("bias", recipe.bias());
        json.addProperty("epochs", recipe.epochs());
        json.addProperty("batch", recipe.batchSize());
        json.addProperty("optimizer", recipe.steps() instanceof Recipe.Steps.Sgd ? "sgd" : "adam");
        json.addProperty("rate", recipe.rate().initial());
        json.addProperty("schedule", recipe.rate().getClass().getSimpleName());
        if (recipe.regularization() instanceof Regularization.Explicit explicit) {
            json.addProperty("lambdaW", explicit.lambdaW());
            json.addProperty("lambdaH", explicit.lambdaH());
            json.addProperty("lambdaB", explicit.lambdaB());
        } else if (recipe.regularization() instanceof Regularization.WeightDecay decay) {
            json.addProperty("weightDecay", decay.lambda());
        }
        return json;
    }

    /** Everything about one network that is known before its training, for logs; values as in JSON. */
    static Map<String, String> parameters(ImageSplits images, StatedLoss loss, Recipe recipe) {
        JsonObject json = recipe(loss, recipe);
        json.addProperty("data", images.name());
        json.addProperty("classes", images.classes());
        json.addProperty("train", images.train().count());
        identify(recipe, json);
        Map<String, String> parameters = new LinkedHashMap<>();
        json.asMap()
                .forEach((name, value) ->
                        parameters.put(name, value.isJsonPrimitive() ? value.getAsString() : value.toString()));
        return parameters;
    }

    private static void identify(Recipe recipe, JsonObject json) {
        json.addProperty("head", recipe.head().name());
        json.addProperty("featureDimension", recipe.featureDimension());
        json.addProperty("seed", recipe.seed());
    }

    private static JsonObject network(TrainResults.Network network) {
        JsonObject json = new JsonObject();
        Outcome outcome = network.outcome();
        json.addProperty("name", network.name());
        json.addProperty("title", network.title());
        identify(outcome.recipe(), json);
        json.add("epochs", epochs(outcome.epochs()));
        if (outcome instanceof Outcome.Trained trained) {
            json.add("final", last(trained));
            json.add("costs", costs(trained.costs()));
            JsonArray extensions = new JsonArray();
            trained.extendedAfter().forEach(extensions::add);
            json.add("extendedAfter", extensions);
        } else if (outcome instanceof Outcome.Diverged diverged) {
            JsonObject end = new JsonObject();
            end.addProperty("epoch", diverged.epoch());
            end.add("loss", number(diverged.loss()));
            end.addProperty("advice", diverged.advice());
            json.add("diverged", end);
        }
        return json;
    }

    private static JsonObject epochs(List<EpochRecord> epochs) {
        JsonObject json = new JsonObject();
        json.add("epoch", curve(epochs, epoch -> epoch.state().epoch()));
        json.add("trainingLoss", curve(epochs, EpochRecord::trainingLoss));
        json.add("testAccuracy", curve(epochs, EpochRecord::testAccuracy));
        if (!epochs.isEmpty()) {
            for (String figure : epochs.get(0).state().figures().keySet()) {
                json.add(figure, curve(epochs, epoch -> epoch.state().figures().getOrDefault(figure, Double.NaN)));
            }
        }
        return json;
    }

    private static JsonArray curve(List<EpochRecord> epochs, ToDoubleFunction<EpochRecord> figure) {
        return numbers(epochs.stream().mapToDouble(figure).toArray());
    }

    private static JsonObject last(Outcome.Trained trained) {
        JsonObject json = new JsonObject();
        CollapseState state = trained.state();
        state.figures().forEach((name, value) -> json.add(name, number(value)));
        json.add("testAccuracy", number(trained.testAccuracy()));
        json.addProperty("verdict", trained.judgement().verdict());
        trained.judgement().certified().ifPresent(certified -> {
            json.add("objective", number(certified.objective()));
            json.add("globalMinimum", number(globalMinimum(certified)));
            json.add("lowerBound", number(certified.lowerBound().value()));
            certified.nonnegative().ifPresent(optimum -> addAttainable(json, certified, optimum));
        });
        if (trained.judgement() instanceof LayerJudgement.OfTargets ofTargets) {
            ofTargets.comparison().ifPresent(certified -> {
                json.add("objective", number(certified.objective()));
                json.add("globalMinimum", number(certified.optimum()));
                json.add("lowerBound", number(certified.bound().value()));
            });
        }
        return json;
    }

    private static double globalMinimum(Certified certified) {
        return certified
                .nonnegative()
                .map(NonnegativeOptimum::objective)
                .orElse(certified.twin().upper());
    }

    /** What the ReLU costs, and what it has done to classes. */
    private static void addAttainable(JsonObject json, Certified certified, NonnegativeOptimum optimum) {
        json.add("gaugeOverMu", number(optimum.gaugeOverMu()));
        json.addProperty("neededWidth", optimum.neededWidth());
        json.addProperty("deadClasses", optimum.deadClasses().length);
        LowerBound free = certified.twin().lower();
        json.add("lowerBoundWithoutReLU", number(free.value()));
        json.add("relativeGapWithoutReLU", number(Math.max(0, free.relativeGap(certified.objective()))));
    }

    private static JsonObject costs(Costs costs) {
        JsonObject json = new JsonObject();
        json.addProperty("parameters", costs.parameters());
        json.addProperty("trained", costs.trained());
        json.addProperty("headParameters", costs.headParameters());
        json.addProperty("headTrained", costs.headTrained());
        json.addProperty("optimizerState", costs.optimizerState());
        json.add("millisPerStep", number(costs.millisPerStep()));
        json.add("seconds", number(costs.seconds()));
        JsonElement peak = costs.peakBytes().isPresent()
                ? new JsonPrimitive(costs.peakBytes().getAsLong())
                : JsonNull.INSTANCE;
        json.add("peakBytes", peak);
        return json;
    }
}
