package io.github.collapse4j.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Golden numbers in JSON resources. A missing file fails the test. */
public final class GoldenJson {
    private GoldenJson() {}

    /** The content of a resource with an absolute name such as {@code /reference/numbers.json}. */
    public static JsonElement load(Class<?> test, String resource) {
        try (InputStream in = test.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("the golden file " + resource + " is missing");
            }
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An array of numbers. */
    public static double[] numbers(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }

    /** An array of rows of numbers. */
    public static double[][] rows(JsonElement array) {
        return array.getAsJsonArray().asList().stream().map(GoldenJson::numbers).toArray(double[][]::new);
    }
}
