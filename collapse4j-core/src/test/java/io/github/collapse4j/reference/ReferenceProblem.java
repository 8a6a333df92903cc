package io.github.collapse4j.reference;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.GoldenJson;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A problem of {@code reference/ufm-reference.json}; the resource's README explains the numbers. */
record ReferenceProblem(
        UfmProblem problem,
        double globalMinimum,
        double lowerBound,
        double gradientNorm,
        double[][] logits,
        double[] singularValuesOfClassifier,
        List<Saddle> saddles) {

    /** The lowest critical point of the model with feature dimension {@code dimension}. */
    record Saddle(
            int dimension,
            int rank,
            double value,
            double gradientNorm,
            double[] sigmaOverMu,
            double hessianMin,
            double hessianMax,
            int negative,
            int zero) {}

    static Stream<ReferenceProblem> all() {
        return GoldenJson.load(ReferenceProblem.class, "/reference/ufm-reference.json")
                .getAsJsonArray()
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject)
                .map(ReferenceProblem::parse);
    }

    private static ReferenceProblem parse(JsonObject json) {
        String loss = json.get("loss").getAsString();
        if (!loss.equals("ce") && !loss.equals("mse")) {
            throw new AssertionError("unknown loss " + loss);
        }
        long[] counts = Arrays.stream(GoldenJson.numbers(json.get("classCounts")))
                .mapToLong(n -> (long) n)
                .toArray();
        UfmProblem problem = new UfmProblem(
                loss.equals("ce") ? new CrossEntropy() : new SquaredError(),
                ClassCounts.of(counts),
                json.get("featureDimension").getAsInt(),
                json.get("lambdaW").getAsDouble(),
                json.get("lambdaH").getAsDouble(),
                Bias.ofLambda(json.get("lambdaB").getAsDouble()));
        List<JsonElement> saddles = json.get("saddles").getAsJsonArray().asList();
        return new ReferenceProblem(
                problem,
                json.get("globalMinimum").getAsDouble(),
                json.get("lowerBound").getAsDouble(),
                json.get("gradientNorm").getAsDouble(),
                GoldenJson.rows(json.get("logits")),
                GoldenJson.numbers(json.get("singularValuesOfClassifier")),
                IntStream.range(0, saddles.size())
                        .mapToObj(i -> saddle(i, saddles.get(i).getAsJsonObject()))
                        .toList());
    }

    private static Saddle saddle(int dimension, JsonObject json) {
        return new Saddle(
                dimension,
                json.get("rank").getAsInt(),
                json.get("value").getAsDouble(),
                json.get("gradientNorm").getAsDouble(),
                GoldenJson.numbers(json.get("sigmaOverMu")),
                json.get("hessianMin").getAsDouble(),
                json.get("hessianMax").getAsDouble(),
                json.get("negative").getAsInt(),
                json.get("zero").getAsInt());
    }

    @Override
    public String toString() {
        return problem.loss().getClass().getSimpleName() + " K=" + problem.classes() + " d="
                + problem.featureDimension() + " n="
                + Arrays.toString(problem.counts().toArray()) + " μ="
                + problem.mu() + " " + problem.bias();
    }
}
