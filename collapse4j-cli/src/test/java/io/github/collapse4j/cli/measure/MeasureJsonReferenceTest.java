package io.github.collapse4j.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.testkit.Close;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against metrics-reference.json: three networks at three epochs, by the Python package neural_collapse in float64 and,
 * where that lacks a metric or computes it wrongly, by NumPy (see generate.py).
 */
class MeasureJsonReferenceTest {
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures");

    /** The peer sums these over a K×K array that it always keeps in float32. */
    private static final Set<String> SINGLE_PRECISION = Set.of("nc1Cdnv", "gnc2Log");

    static Stream<String> layers() throws IOException {
        return reference().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyMetricAgrees(String layer) throws IOException {
        Path folder = FIXTURES.resolve(layer);
        JsonObject actual = Run.json(
                "measure",
                folder.resolve("features.npy").toString(),
                folder.resolveSibling("labels.npy").toString(),
                "--weights",
                folder.resolve("weights.npy").toString(),
                "--bias",
                folder.resolve("bias.npy").toString());
        JsonObject expected = reference().getAsJsonObject(layer).getAsJsonObject("metrics");
        assertEquals(22, expected.size());
        for (Map.Entry<String, JsonElement> metric : expected.entrySet()) {
            String key = metric.getKey();
            double relative = SINGLE_PRECISION.contains(key) ? 1e-6 : 1e-11;
            Close.assertClose(numbers(metric.getValue()), numbers(actual.get(key)), relative, 0, layer + ": " + key);
        }
    }

    private static double[] numbers(JsonElement value) {
        return value.isJsonArray()
                ? value.getAsJsonArray().asList().stream()
                        .mapToDouble(JsonElement::getAsDouble)
                        .toArray()
                : new double[] {value.getAsDouble()};
    }

    private static JsonObject reference() throws IOException {
        return JsonParser.parseString(Files.readString(FIXTURES.resolve("metrics-reference.json")))
                .getAsJsonObject();
    }
}
