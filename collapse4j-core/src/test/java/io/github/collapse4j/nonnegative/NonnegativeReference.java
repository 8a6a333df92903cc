package io.github.collapse4j.nonnegative;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.GoldenJson;
import java.util.Arrays;
import java.util.stream.Stream;

/** A problem of {@code reference/nonnegative-reference.json}; the resource's README says what the numbers mean. */
record NonnegativeReference(String id, NonnegativeProblem problem, JsonObject json) {
    static Stream<NonnegativeReference> all() {
        return GoldenJson.load(NonnegativeReference.class, "/reference/nonnegative-reference.json")
                .getAsJsonArray()
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject)
                .map(NonnegativeReference::parse);
    }

    /** Those of the kinds of cases with a name. */
    static Stream<NonnegativeReference> family(String name) {
        return all().filter(reference ->
                reference.json().get("family").getAsString().equals(name));
    }

    private static NonnegativeReference parse(JsonObject json) {
        TrainingLoss loss = TrainingLoss.of(kind(json));
        if (json.has("labelSmoothing")) {
            loss = loss.withSmoothing(json.get("labelSmoothing").getAsDouble());
        }
        if (json.has("classWeights")) {
            loss = loss.withClassWeights(GoldenJson.numbers(json.get("classWeights")));
        }
        if (json.has("margins")) {
            loss = loss.withMargins(GoldenJson.numbers(json.get("margins")));
        }
        ClassCounts counts = ClassCounts.of(Arrays.stream(GoldenJson.numbers(json.get("classCounts")))
                .mapToLong(n -> (long) n)
                .toArray());
        Bias bias = json.has("bias") && json.get("bias").getAsBoolean()
                ? Bias.ofLambda(json.get("lambdaB").getAsDouble())
                : new Bias.None();
        int d = json.has("featureDimension") ? json.get("featureDimension").getAsInt() : counts.classes();
        UfmProblem problem = new UfmProblem(
                loss.ofClasses(counts),
                counts,
                d,
                json.get("lambdaW").getAsDouble(),
                json.get("lambdaH").getAsDouble(),
                bias);
        return new NonnegativeReference(json.get("id").getAsString(), new NonnegativeProblem(problem), json);
    }

    private static TrainingLoss.Kind kind(JsonObject json) {
        if (!json.has("loss")) {
            return TrainingLoss.Kind.SOFTMAX;
        }
        return switch (json.get("loss").getAsString()) {
            case "ce" -> TrainingLoss.Kind.SOFTMAX;
            case "bce" -> TrainingLoss.Kind.SIGMOID;
            default -> TrainingLoss.Kind.SQUARED;
        };
    }

    double number(String name) {
        return json.get(name).getAsDouble();
    }

    /** The point of a spurious minimum, in the reduced model. */
    UfmPoint point() {
        return new UfmPoint(matrix("W"), matrix("H"), new double[problem.free().classes()]);
    }

    private Matrix matrix(String name) {
        return Matrix.ofRows(GoldenJson.rows(json.get(name)));
    }

    @Override
    public String toString() {
        return id + " " + problem.free().loss().name() + " " + problem.free().counts() + " "
                + problem.free().bias();
    }
}
