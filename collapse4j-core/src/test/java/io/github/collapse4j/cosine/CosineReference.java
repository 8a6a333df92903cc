package io.github.collapse4j.cosine;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.testkit.GoldenJson;
import java.util.Arrays;
import java.util.stream.Stream;

/** A case of {@code reference/cosine-reference.json}; the resource's README explains the numbers. */
record CosineReference(JsonObject json) {
    static Stream<CosineReference> all() {
        return GoldenJson.load(CosineReference.class, "/reference/cosine-reference.json")
                .getAsJsonArray()
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject)
                .map(CosineReference::new);
    }

    static Stream<CosineReference> ofKind(String kind) {
        return all().filter(
                        reference -> reference.json.get("kind").getAsString().startsWith(kind));
    }

    CosineProblem problem() {
        double[] margins = new double[integer("K")];
        Arrays.fill(margins, number("margin"));
        return new CosineProblem(
                integer("K"),
                Arrays.stream(numbers("labels")).mapToInt(label -> (int) label).toArray(),
                ClassCounts.of(Arrays.stream(numbers("counts"))
                        .mapToLong(count -> (long) count)
                        .toArray()),
                integer("featureDimension"),
                number("tau"),
                margins);
    }

    CosinePoint point() {
        return CosinePoint.of(
                Matrix.ofRows(GoldenJson.rows(json.get("W"))), Matrix.ofRows(GoldenJson.rows(json.get("H"))));
    }

    double number(String name) {
        return json.get(name).getAsDouble();
    }

    int integer(String name) {
        return json.get(name).getAsInt();
    }

    double[] numbers(String name) {
        return GoldenJson.numbers(json.get(name));
    }

    @Override
    public String toString() {
        return json.get("id").getAsString() + " " + json.get("kind").getAsString();
    }
}
