package io.github.collapse4j.cli.solve;

import static io.github.collapse4j.testkit.Close.assertAtMost;
import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code solve}: its output for every way of specifying a problem. */
class SolveCommandTest {
    /** Relative distance within which two values of one objective are equal: the default {@code --gap} is 1e-10. */
    private static final double EQUAL = 1e-9;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--counts 100,50,20",
                "--counts 7,1",
                "--classes 10 --per-class 500",
                "--classes 2 --per-class 1 --loss mse",
                "--classes 12 --long-tail 1280:5 --lambda-h 1e-7",
                "--groups 20x100,30x5 --lambda-h 1e-6",
                "--counts 9,9,4,1 --no-bias",
                "--counts 9,9,4,1 --no-bias --loss mse",
                "--counts 9,9,4,1 --lambda-b 0",
                "--counts 9,9,4,1 --lambda-b 0 --loss mse",
                "--counts 9,9,4,1 --loss mse",
                "--counts 9,9,4,1 --dim 3",
                "--counts 9,9,4,1 --dim 9",
                "--classes 5 --per-class 4 --dim 2",
                "--classes 10 --per-class 5 --lambda-w 10 --lambda-h 10"
            })
    void jsonHasEveryNumber(String options) {
        JsonObject json = Run.json(("solve " + options).split(" "));
        for (String key : List.of("objective", "lowerBound", "relativeGap", "mu", "sigmaOverMu", "rank")) {
            assertFinite(json, key);
        }
        for (String key : List.of("W", "H", "b")) {
            assertFinite(json.getAsJsonObject("residuals"), key);
        }
        assertFalse(json.get("method").getAsString().isEmpty());
        assertFalse(json.get("verdict").getAsString().isEmpty());
        assertTrue(json.get("logits").isJsonArray());
        assertTrue(json.get("collapsedClasses").isJsonArray());
        assertAtMost(assertFinite(json, "objective"), assertFinite(json, "lowerBound"), "lowerBound");
        if (!options.endsWith("--dim 2")) {
            assertEquals("GlobalMinimum", json.get("verdict").getAsString());
            assertAtMost(EQUAL, assertFinite(json, "relativeGap"), "relativeGap");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--counts 5,5,5 | --classes 3 --per-class 5",
                "--counts 5,5,3 | --groups 2x5,1x3",
                "--counts 5,5,3 | --groups 2×5,1X3",
                "--counts 16,8,4,2 | --classes 4 --long-tail 16:2",
                "--counts 5,5,3 | --counts 5,5,3 --dim 3",
                "--counts 5,5,3 | --counts 3,5,5"
            })
    void equivalentOptionsGiveTheSameAnswer(String one, String other) {
        assertClose(
                assertFinite(Run.json(("solve " + one).split(" ")), "objective"),
                assertFinite(Run.json(("solve " + other).split(" ")), "objective"),
                EQUAL,
                other);
    }

    /** Above the rank of the solution a larger dimension changes nothing; below it, the minimum rises. */
    @Test
    void theDimensionMattersOnlyBelowTheRank() {
        double enough = assertFinite(Run.json("solve", "--classes", "6", "--per-class", "4"), "objective");
        for (String d : List.of("5", "6", "20")) {
            JsonObject json = Run.json("solve", "--classes", "6", "--per-class", "4", "--dim", d);
            assertClose(enough, assertFinite(json, "objective"), EQUAL, "d = " + d);
            assertEquals(5, json.get("rank").getAsInt());
        }
        JsonObject below = Run.json("solve", "--classes", "6", "--per-class", "4", "--dim", "3");
        assertEquals("MULTI_START", below.get("method").getAsString());
        assertEquals("free", below.get("domain").getAsString());
        assertEquals(below.get("sigmaOverMu"), below.get("gaugeOverMu"));
        assertEquals("LocalMinimum", below.get("verdict").getAsString());
        assertEquals(below.get("symmetryExplains"), below.get("nullity"));
        assertEquals(3, below.get("rank").getAsInt());
        assertAtMost(assertFinite(below, "objective"), enough * 1.01, "objective at d = 5");
        assertClose(enough, assertFinite(below, "lowerBound"), EQUAL, "the bound is that of the unrestricted problem");
    }

    /** The text, the numbers and the files agree if squared error keeps fewer singular values than the optimum has. */
    @Test
    void squaredErrorInOneDimensionIsTheGlobalMinimumOfThatDimension() {
        String[] solve = {
            "solve",
            "--counts",
            "10000000000000,1",
            "--loss",
            "mse",
            "--no-bias",
            "--lambda-w",
            "1e-20",
            "--lambda-h",
            "1e-20",
            "--dim",
            "1"
        };
        JsonObject json = Run.json(solve);
        assertEquals("GlobalMinimum", json.get("verdict").getAsString());
        assertEquals(1, json.get("rank").getAsInt());
        assertClose(8.1622776e-14, assertFinite(json, "objective"), 1e-7, "objective");
        String text = Run.text(solve);
        assertTrue(text.contains("the unrestricted optimum needs 2 dimensions"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-3", "1e-6", "1e-9"})
    void squaredErrorWithASmallPenaltyOfTheBiasIsCertified(String lambda) {
        JsonObject json = Run.json(
                "solve",
                "--counts",
                "4,3,2",
                "--loss",
                "mse",
                "--lambda-w",
                lambda,
                "--lambda-h",
                lambda,
                "--lambda-b",
                lambda);
        assertEquals("GlobalMinimum", json.get("verdict").getAsString());
        assertEquals("NEWTON_ON_GROUPS", json.get("method").getAsString());
        assertAtMost(1e-12, assertFinite(json, "relativeGap"), "relativeGap");
    }

    /** Stopped early, it says so, without a verdict on an unfinished point. */
    @Test
    void aRemainingGapIsNotCalledAGlobalMinimum() {
        String[] solve = {"solve", "--counts", "90,40,7,1", "--gap", "1e-2"};
        assertEquals("Undecided", Run.json(solve).get("verdict").getAsString());
        String text = Run.text(solve);
        assertTrue(text.contains("a certified relative gap of"), text);
        assertTrue(text.contains("remains, above the tolerance of 1e-08"), text);
        assertFalse(text.contains("not a critical point"), text);
    }

    /** More freedom in the bias never raises the minimum. */
    @Test
    void biasesAreOrdered() {
        String[] solve = {"solve", "--counts", "40,9,2"};
        double none = objective(solve, "--no-bias");
        double regularised = objective(solve, "--lambda-b", "0.01");
        double free = objective(solve, "--lambda-b", "0");
        assertTrue(free < regularised && regularised < none, free + ", " + regularised + ", " + none);
        assertTrue(
                Run.json("solve", "--counts", "4,2", "--no-bias").get("lambdaB").isJsonNull());
    }

    @Test
    void solvesAMillionClassesInTwoGroups() {
        Assertions.assertTimeout(Duration.ofSeconds(30), () -> {
            JsonObject json =
                    Run.json("solve", "--groups", "900000x1000,100000x5", "--lambda-w", "1e-4", "--lambda-h", "1e-14");
            assertEquals("GlobalMinimum", json.get("verdict").getAsString());
            assertEquals(1_000_000, json.get("classes").getAsInt());
            assertEquals(900_500_000L, json.get("samples").getAsLong());
            assertEquals(999_999, json.get("rank").getAsInt());
            assertAtMost(1e-8, assertFinite(json, "relativeGap"), "relativeGap");
            JsonArray logits = json.getAsJsonArray("logits");
            assertEquals(2, logits.size());
            assertEquals(900_000, logits.get(0).getAsJsonObject().get("classes").getAsInt());
            assertEquals(100_000, logits.get(1).getAsJsonObject().get("classes").getAsInt());
            for (JsonElement group : logits) {
                JsonObject numbers = group.getAsJsonObject();
                double own = assertFinite(numbers, "own");
                for (JsonElement other : numbers.getAsJsonArray("others")) {
                    assertTrue(other.getAsDouble() < own);
                }
            }
        });
    }

    @Test
    void reportsASimplexForBalancedClasses() {
        String[] solve = {"solve", "--classes", "10", "--per-class", "500"};
        assertTrue(Run.json(solve).get("simplexEtf").getAsBoolean());
        String text = Run.text(solve);
        assertTrue(text.contains("Geometry: a simplex ETF"), text);
        assertTrue(text.contains("96.38°"), text);
        assertTrue(text.contains("GlobalMinimum"), text);
    }

    @Test
    void reportsCollapsedClasses() {
        String[] solve = {"solve", "--counts", "1000,3,1000,3,3", "--lambda-w", "0.05", "--lambda-h", "1e-3"};
        assertEquals("[1,3,4]", Run.json(solve).get("collapsedClasses").toString());
        String text = Run.text(solve);
        assertTrue(text.contains("3 of the 5 classes have collapsed"), text);
        String all = Run.text("solve", "--classes", "4", "--per-class", "2", "--lambda-w", "9", "--lambda-h", "9");
        assertTrue(all.contains("Everything has collapsed to zero"), all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--counts 7,1",
                "--classes 2 --per-class 1",
                "--classes 60 --long-tail 1280:5 --lambda-h 1e-6",
                "--counts 9,9,4,1 --no-bias --loss mse",
                "--classes 5 --per-class 4 --dim 2",
                "--counts 1000,1000,3,3,3 --lambda-w 0.05 --lambda-h 1e-3",
                "--groups 900000x1000,100000x5 --lambda-h 1e-9"
            })
    void everyReportIsReadable(String options) {
        String text = Run.text(("solve " + options).split(" "));
        assertFalse(text.matches("(?s).*\\b(NaN|Infinity|null|Optional)\\b.*"), text);
        text.lines().forEach(line -> assertTrue(line.length() <= 120, line));
    }

    private static double objective(String[] solve, String... more) {
        String[] arguments =
                Stream.concat(Arrays.stream(solve), Arrays.stream(more)).toArray(String[]::new);
        return assertFinite(Run.json(arguments), "objective");
    }

    private static double assertFinite(JsonObject json, String key) {
        JsonElement value = json.get(key);
        assertTrue(
                value != null && value.isJsonPrimitive() && Double.isFinite(value.getAsDouble()), key + ": " + value);
        return value.getAsDouble();
    }
}
