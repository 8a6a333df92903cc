package io.github.collapse4j.reference;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.GoldenJson;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A problem of {@code reference/trained-reference.json}; the resource's README says what the numbers mean. */
record TrainedReference(String id, UfmProblem problem, JsonObject json) {
    static Stream<TrainedReference> all() {
        return GoldenJson.load(TrainedReference.class, "/reference/trained-reference.json")
                .getAsJsonArray()
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject)
                .map(TrainedReference::parse);
    }

    private static TrainedReference parse(JsonObject json) {
        boolean softmax = json.get("loss").getAsString().equals("ce");
        TrainingLoss loss = TrainingLoss.of(softmax ? TrainingLoss.Kind.SOFTMAX : TrainingLoss.Kind.SIGMOID);
        if (json.has("labelSmoothing")) {
            loss = loss.withSmoothing(json.get("labelSmoothing").getAsDouble());
        }
        if (json.has("classWeights")) {
            loss = loss.withClassWeights(GoldenJson.numbers(json.get("classWeights")));
        }
        if (json.has("logitAdjustment")) {
            loss = loss.withLogitAdjustment(json.get("logitAdjustment").getAsDouble());
        }
        if (json.has("margins")) {
            loss = loss.withMargins(GoldenJson.numbers(json.get("margins")));
        }
        if (json.has("posWeight") && !json.get("posWeight").isJsonNull()) {
            loss = loss.withPositiveWeights(GoldenJson.numbers(json.get("posWeight")));
        }
        boolean ofClasses = json.has("classCounts");
        long[] counts = Arrays.stream(GoldenJson.numbers(json.get(ofClasses ? "classCounts" : "counts")))
                .mapToLong(n -> (long) n)
                .toArray();
        ClassCounts classCounts = ClassCounts.of(counts);
        Loss built = ofClasses
                ? loss.ofClasses(classCounts)
                : loss.ofTargets(classCounts, matrix(GoldenJson.rows(json.get("targets"))));
        Bias bias = json.get("bias").getAsBoolean()
                ? Bias.ofLambda(json.get("lambdaB").getAsDouble())
                : new Bias.None();
        UfmProblem problem = new UfmProblem(
                built,
                classCounts,
                json.get("featureDimension").getAsInt(),
                json.get("lambdaW").getAsDouble(),
                json.get("lambdaH").getAsDouble(),
                bias);
        return new TrainedReference(json.get("id").getAsString(), problem, json);
    }

    private static Matrix matrix(double[][] rows) {
        Matrix matrix = Matrix.zeros(rows.length, rows[0].length);
        for (int k = 0; k < rows.length; k++) {
            for (int m = 0; m < rows[k].length; m++) {
                matrix.set(k, m, rows[k][m]);
            }
        }
        return matrix;
    }

    double number(String name) {
        return json.get(name).getAsDouble();
    }

    Matrix logits() {
        return matrix(GoldenJson.rows(json.get("logits")));
    }

    /** Critical points of lower rank; the i-th is a minimum of the model with feature dimension i + 1. */
    List<JsonObject> saddles() {
        return json.has("saddles")
                ? json.get("saddles").getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .toList()
                : List.of();
    }

    @Override
    public String toString() {
        return id + " " + problem.loss().name() + " K=" + problem.classes() + " M=" + problem.groups() + " "
                + problem.bias();
    }
}
