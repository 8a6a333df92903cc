package io.github.collapse4j.cli.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.io.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCommandTest {
    @Test
    void balancedClassesAreTheClosedForm() {
        JsonObject json = Run.json("plan --classes 10 --per-class 500 --mu 2e-4".split(" "));
        JsonObject group = group(json.getAsJsonObject("optimum"), 0);
        double s = Math.log(1 / (2e-4 * Math.sqrt(500)) - 9);
        assertEquals(s, group.get("margin").getAsDouble(), 1e-10);
        assertEquals("apart", group.get("fate").getAsString());
        assertEquals(Math.sqrt(500) / 5000, group.get("mergedFromMu").getAsDouble(), 1e-12);
        assertEquals(Math.sqrt(500) / 5000, json.get("vanishingMu").getAsDouble(), 1e-12);
        assertEquals(9, json.getAsJsonObject("optimum").get("dimension").getAsInt());
        JsonObject smoothed = json.getAsJsonArray("alternatives").get(0).getAsJsonObject();
        assertEquals("label smoothing 0.1", smoothed.get("name").getAsString());
        assertEquals(
                Math.log(1 / (0.01 + 2e-4 * Math.sqrt(500)) - 9),
                group(smoothed.getAsJsonObject("optimum"), 0).get("margin").getAsDouble(),
                1e-10);
        assertFalse(json.getAsJsonObject("equalisingWeights").get("found").getAsBoolean());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce", "mse", "bce"})
    void weightsThatEqualiseMarginsDoSoInSolve(String loss) {
        String model = " --counts 400,400,50,50,9,9 --loss " + loss + " ";
        JsonObject json = Run.json(("plan" + model + "--mu 1e-3").split(" "));
        JsonObject found = json.getAsJsonObject("equalisingWeights");
        assertTrue(found.get("found").getAsBoolean());
        JsonArray weights = found.getAsJsonArray("classWeights");
        StringBuilder list = new StringBuilder();
        weights.forEach(weight -> list.append(list.isEmpty() ? "" : ",").append(weight.getAsDouble()));
        JsonObject solved = Run.json(
                ("solve" + model + "--lambda-w 1e-3 --lambda-h 1e-3 --gap 1e-14 --class-weights " + list).split(" "));
        double first = margin(solved, 0);
        assertEquals(first, margin(solved, 1), 1e-8);
        assertEquals(first, margin(solved, 2), 1e-8);
        assertEquals(
                first, group(found.getAsJsonObject("optimum"), 0).get("margin").getAsDouble(), 1e-8);
        assertTrue(found.getAsJsonObject("optimum").get("marginSpread").getAsDouble() <= 1e-9);
    }

    private static double margin(JsonObject solved, int group) {
        JsonObject logits = solved.getAsJsonArray("logits").get(group).getAsJsonObject();
        double highest = Double.NEGATIVE_INFINITY;
        for (var other : logits.getAsJsonArray("others")) {
            highest = Math.max(highest, other.getAsDouble());
        }
        return logits.get("own").getAsDouble() - highest;
    }

    private static JsonObject group(JsonObject optimum, int group) {
        return optimum.getAsJsonArray("groups").get(group).getAsJsonObject();
    }

    /** Counts within a ratio are one group: seconds, where solving for every count takes half a minute. */
    @Tag("heavy")
    @Test
    void aThousandClassesOfALongTail() {
        JsonObject json = Run.json("plan --classes 1000 --long-tail 1280:5 --mu 3e-5".split(" "));
        JsonArray groups = json.getAsJsonObject("optimum").getAsJsonArray("groups");
        assertTrue(groups.size() <= 16);
        int classes = 0;
        for (var group : groups) {
            classes += group.getAsJsonObject().get("classes").getAsInt();
        }
        assertEquals(1000, classes);
        assertTrue(json.get("countsMergedWithin").getAsDouble() < 1.5);
        assertEquals(
                "merged",
                group(json.getAsJsonObject("optimum"), groups.size() - 1)
                        .get("fate")
                        .getAsString());
        assertTrue(json.getAsJsonObject("equalisingWeights").get("found").getAsBoolean());
        JsonObject first = json.getAsJsonArray("scan").get(0).getAsJsonObject();
        assertEquals(999, first.getAsJsonObject("optimum").get("dimension").getAsInt());
        assertTrue(first.getAsJsonObject("optimum").get("relativeGap").getAsDouble() < 1e-10);
    }

    @Test
    void countsMayBeAListOrLabels(@TempDir Path directory) throws IOException {
        Path list = directory.resolve("counts.txt");
        Files.writeString(list, "3\n2\n1\n");
        Path labels = directory.resolve("labels.npy");
        NpyWriter.writeLabels(labels, new long[] {0, 2, 1, 0, 1, 0});
        JsonObject expected = withoutCommand(Run.json("plan --counts 3,2,1 --mu 0.01".split(" ")));
        for (String counts : new String[] {"=@" + list, " @" + list, "=" + labels}) {
            assertEquals(expected, withoutCommand(Run.json(("plan --mu 0.01 --counts" + counts).split(" "))), counts);
        }
        NpyWriter.writeLabels(labels, new long[] {0, 2});
        Run.assertRefused(
                2,
                "collapse4j plan: --counts: expected at least one sample per class, found 0 in class 1",
                "plan",
                "--counts",
                labels.toString());
        NpyWriter.writeLabels(labels, new long[] {0, -1});
        Run.assertRefused(
                1,
                "collapse4j plan: " + labels + ": label 1: expected 0…99999999, found -1",
                "plan",
                "--counts",
                labels.toString());
        Files.writeString(list, "3,x");
        Run.assertRefused(
                1, "collapse4j plan: " + list + ": expected integers, found \"x\"", "plan", "--counts=@" + list);
    }

    @Test
    void theTextNamesWhatIsLost() {
        String text = Run.text("plan --groups 3x500,3x5 --mu 0.0016 --no-bias".split(" "));
        assertTrue(
                text.contains("3 of 6 classes are lost (merged with others) at the optimum, which needs d = 3."), text);
        assertTrue(text.contains("No logit adjustment equalises the margins"), text);
        assertTrue(text.contains("Margins are all"), text);
        assertTrue(text.contains("μ"), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 120), text);
    }

    @Test
    void theVerdictNamesClassesThresholdsAndRemedies() {
        String options = "plan --counts 12,5000,2000,800,300,120,50,20 --lambda-h 1e-3";
        JsonObject json = Run.json(options.split(" "));
        JsonObject verdict = json.getAsJsonObject("verdict");
        assertFalse(verdict.get("allPredicted").getAsBoolean());
        assertEquals(
                "2 of 8 classes are lost (outscored by another class) at the optimum, which needs d = 5.",
                verdict.get("headline").getAsString());
        assertEquals(
                "Lost: class 7 (20 samples), class 0 (12 samples), the first of them from μ = 0.000403651 on, the last"
                        + " from 0.000511255 on.",
                verdict.get("boundary").getAsString());
        assertEquals(
                "Any of these alone keeps all classes: a μ below 0.000403651, here divided by more than 1.75; balanced"
                        + " weights; weights ∝ 1/√n; the equalising weights.",
                verdict.get("advice").getAsString());
        assertEquals("[7]", json.getAsJsonArray("groups").get(6).toString());
        String remedied = options + " --class-weights balanced";
        assertTrue(Run.json(remedied.split(" "))
                .getAsJsonObject("verdict")
                .get("allPredicted")
                .getAsBoolean());
    }

    /** The μ that the verdict names is where it changes. */
    @ParameterizedTest
    @ValueSource(strings = {"--counts 900,30", "--groups 5x140,5x10 --lambda-b 0", "--counts 90,30,9 --loss bce"})
    void theVerdictChangesAtItsThreshold(String model) {
        double threshold = Double.POSITIVE_INFINITY;
        for (var below : Run.json(("plan " + model).split(" ")).getAsJsonArray("predictedBelowMu")) {
            threshold = Math.min(threshold, below.getAsDouble());
        }
        for (double factor : new double[] {0.999, 1.001}) {
            JsonObject verdict = Run.json(("plan " + model + " --mu " + factor * threshold).split(" "))
                    .getAsJsonObject("verdict");
            assertEquals(factor < 1, verdict.get("allPredicted").getAsBoolean(), verdict::toString);
        }
    }

    @Test
    void thePageHasTheResultOfTheJson(@TempDir Path directory) throws IOException {
        Path page = directory.resolve("plan.html");
        String text = Run.text("plan", "--counts", "9,3", "--mu", "0.01", "--html", page.toString());
        assertTrue(text.endsWith("Page written to " + page + System.lineSeparator()), text);
        assertTrue(Files.readString(page).contains("\"samplesPerClass\":9.0"));
        Run.assertRefused(
                1,
                "collapse4j plan: " + directory + ": is not a regular file, hence not replaced",
                "plan",
                "--counts",
                "9,3",
                "--html",
                directory.toString());
    }

    /** Nothing is NaN, at the extremes too; what there is none of is null. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--counts 1,1",
                "--counts 1000000000,1",
                "--counts 100000000,7,7,1 --mu 1e-6",
                "--counts 50,50,50 --mu 1e3",
                "--counts 9,3 --loss mse --lambda-b 0",
                "--counts 9,3,1 --loss bce --lambda-b 0",
                "--counts 9,3 --no-bias --mu 1e-9",
                "--counts 40,9,3 --margins ldam:0.5",
                "--counts 40,9,3 --logit-adjustment 1 --class-weights 1,2,30"
            })
    void extremesHaveAVerdict(String model) {
        JsonObject json = Run.json(("plan " + model).split(" "));
        for (String sentence : new String[] {"headline", "boundary", "advice"}) {
            String text = json.getAsJsonObject("verdict").get(sentence).getAsString();
            assertFalse(text.contains("NaN") || text.contains("Infinity") || text.contains("–,"), text);
        }
        for (var group : json.getAsJsonObject("optimum").getAsJsonArray("groups")) {
            assertTrue(group.getAsJsonObject().get("margin").isJsonPrimitive(), model);
        }
        assertTrue(json.get("vanishingMu").getAsDouble() > 0, model);
    }

    @Tag("heavy")
    @Test
    void weightsOfALongTailAreGroupedAsItsCountsAre() {
        StringBuilder weights = new StringBuilder("1");
        for (int k = 1; k < 100; k++) {
            weights.append(',').append(1 + k / 100.0);
        }
        String text = Run.text(("plan --classes 100 --long-tail 1280:5 --class-weights " + weights).split(" "));
        assertTrue(text.contains("weights and margins of their classes: 15 groups"), text);
    }

    @Test
    void weightDecayIsOfClassifierAndBias() {
        assertEquals(
                withoutCommand(
                        Run.json("plan --counts 9,3 --lambda-w 0.02 --lambda-b 0.02 --lambda-h 0.001".split(" "))),
                withoutCommand(Run.json("plan --counts 9,3 --weight-decay 0.02 --lambda-h 0.001".split(" "))));
    }

    private static JsonObject withoutCommand(JsonObject result) {
        result.remove("command");
        return result;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--counts 5,3 --mu 3:1 | --mu: expected a range a:b with a < b, found 3:1",
                "--counts 5,3 --mu x | --mu: expected a finite number above 0, found x",
                "--counts 5,3 --mu 0:1 | --mu: expected a finite number above 0, found 0",
                "--counts 5,3 --mu 1 --lambda-w 3 | expected either --mu or --lambda-w, found both",
                "--counts 5,3 --mu 1 --weight-decay 3 | expected either --mu or --weight-decay, found both",
                "--counts 5,3 --weight-decay 1 --lambda-w 3 | expected either --weight-decay or --lambda-w, found both",
                "--counts 5,3 --class-weights 1,2,3 | --class-weights: expected 2 numbers, found 3",
                "--classes 65 --per-class 9 --class-weights 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,63,64,65 | expected at most 64 kinds of classes of the same count, weight and margin, found 65",
                "--counts 5 | --counts: expected at least 2 classes, found 1",
                "--counts 5,y | --counts: expected integers, found \"y\""
            })
    void namesTheWrongOption(String options, String line) {
        Run.assertRefused(2, "collapse4j plan: " + line, ("plan " + options).split(" "));
    }
}
