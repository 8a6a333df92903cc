package io.github.collapse4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.collapse4j.testkit.GoldenBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Keys of JSON output, with their types, as they were when version 1.0.0 was made: none disappears or changes its type
 * within a major version (UPGRADING.md). New keys are added to the golden files with the next minor version.
 */
class JsonKeysTest {
    private static final String FIXTURE = "src/test/resources/fixtures/mnist10k-ce-d10";

    @ParameterizedTest
    @CsvSource({
        "certify, certify",
        "solve, 'solve --counts 3,2'",
        "plan, 'plan --counts 50,20,5'",
        "measure, measure " + FIXTURE + "/epoch150/features.npy " + FIXTURE + "/labels.npy --weights " + FIXTURE
                + "/epoch150/weights.npy",
        "landscape, landscape --loss ce --classes 3 --per-class 4 --starts 2"
    })
    void keysAndTypesStay(String name, String command) {
        Set<String> found = new TreeSet<>();
        collect("", Run.json(command.split(" ")), found);
        Set<String> missing = golden(name);
        missing.removeAll(found);
        assertEquals(Set.of(), missing, () -> "all of " + name + ":\n" + String.join("\n", found) + "\n");
    }

    private static void collect(String path, JsonElement element, Set<String> found) {
        if (element instanceof JsonObject object) {
            object.asMap().forEach((key, value) -> collect(path + "." + key, value, found));
        } else if (element instanceof JsonArray array) {
            found.add(path + " array");
            array.forEach(value -> collect(path + "[]", value, found));
        } else if (element instanceof JsonPrimitive primitive) {
            found.add(path + (primitive.isNumber() ? " number" : primitive.isBoolean() ? " boolean" : " string"));
        }
    }

    private static Set<String> golden(String name) {
        byte[] text = GoldenBytes.load(JsonKeysTest.class, "/golden/json-" + name + ".txt");
        return Arrays.stream(new String(text, StandardCharsets.UTF_8).split("\n"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
