package io.github.collapse4j.cli.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.testkit.Close;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasureCommandTest {
    private static final String NETWORK = "src/test/resources/fixtures/mnist10k-ce-d64/";
    private static final String FEATURES = NETWORK + "epoch150/features.npy";
    private static final String LABELS = NETWORK + "labels.npy";
    private static final String WEIGHTS = NETWORK + "epoch150/weights.npy";
    private static final String BIAS = NETWORK + "epoch150/bias.npy";

    @TempDir
    private Path folder;

    @Test
    void withoutAClassifierThereIsNoNc3AndNoLinearAccuracy() {
        JsonObject json = Run.json("measure", FEATURES, LABELS);
        for (String key : List.of("nc2Weights", "nc3", "nc3Papyan", "unc3", "nc4AgreementWithBias", "accuracyLinear")) {
            assertTrue(json.get(key).isJsonNull(), key);
        }
        assertTrue(json.get("nc5").isJsonNull());
        assertEquals(1, json.get("accuracyNearestMean").getAsDouble());
        assertEquals(0.08991146342532, json.get("nc1").getAsDouble(), 1e-12);
        assertFalse(Run.text("measure", FEATURES, LABELS).contains("NC3"));
    }

    @Test
    void perClassDetailsAddUp() {
        JsonObject json = Run.json("measure", FEATURES, LABELS, "--weights", WEIGHTS, "--bias", BIAS);
        JsonArray classes = json.getAsJsonArray("perClass");
        assertEquals(10, classes.size());
        long samples = 0;
        double within = 0;
        double between = 0;
        for (JsonElement element : classes) {
            JsonObject one = element.getAsJsonObject();
            samples += one.get("samples").getAsLong();
            within += one.get("samples").getAsLong() * one.get("variance").getAsDouble() / 8000;
            between += Math.pow(one.get("meanNorm").getAsDouble(), 2) / 10;
            JsonObject other = classes.get(one.get("nearestClass").getAsInt()).getAsJsonObject();
            Close.assertAtLeast(
                    one.get("nearestCosine").getAsDouble() - 1e-15,
                    other.get("nearestCosine").getAsDouble(),
                    "the other's own nearest is as near");
        }
        assertEquals(8000, samples);
        Close.assertClose(within / between, json.get("nc1Quotient").getAsDouble(), 1e-12, "tr Σ_W/tr Σ_B");
    }

    @Test
    void testSetAndOutliers() {
        JsonObject json = Run.json(
                "measure",
                FEATURES,
                LABELS,
                "--weights",
                WEIGHTS,
                "--bias",
                BIAS,
                "--test",
                FEATURES,
                LABELS,
                "--ood",
                FEATURES);
        JsonObject test = json.getAsJsonObject("test");
        assertEquals(8000, test.get("samples").getAsInt());
        for (String key : List.of("accuracyLinear", "accuracyNearestMean", "nc4AgreementWithBias")) {
            assertEquals(json.get(key).getAsDouble(), test.get(key).getAsDouble(), key);
        }
        assertTrue(json.get("nc5").getAsDouble() > 0);
    }

    @Test
    void aSeriesHasOneEntryPerCheckpointAndTheLastAtTheTopLevel() {
        JsonObject json = Run.json("measure", "--series", NETWORK + "epoch*");
        JsonArray series = json.getAsJsonArray("series");
        assertEquals(3, series.size());
        int[] epochs = {1, 10, 150};
        for (int i = 0; i < 3; i++) {
            assertEquals(epochs[i], series.get(i).getAsJsonObject().get("epoch").getAsInt());
        }
        assertEquals(json.get("nc1"), series.get(2).getAsJsonObject().get("nc1"));
        String text = Run.text("measure", "--series", "start=" + NETWORK + "epoch001,end=" + NETWORK + "epoch150");
        assertTrue(text.contains("start"), text);
        assertTrue(text.contains("Neural collapse of end"), text);
    }

    @Test
    void threadsAndShardsChangeNothingThatMatters() throws IOException {
        JsonObject one = Run.json("measure", FEATURES, LABELS, "--weights", WEIGHTS, "--threads", "1");
        JsonObject five = Run.json("measure", FEATURES, LABELS, "--weights", WEIGHTS, "--threads", "5");
        for (String key : List.of("nc1", "nc1Cdnv", "nc2Means", "nc3", "unc3")) {
            Close.assertClose(one.get(key).getAsDouble(), five.get(key).getAsDouble(), 1e-12, key);
        }
    }

    @Test
    void missingAndSingleSampleClassesAreReported() throws IOException {
        Path features = folder.resolve("h.npy");
        Path labels = folder.resolve("y.npy");
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(
                        features, new double[] {1, 0, 1.1, 0, 0, 1, 0, 1.2, -1, -1}, 5, 2, NpyWriter.Layout.ROW_MAJOR);
        NpyWriter.writeLabels(labels, new long[] {0, 0, 1, 1, 3});
        JsonObject json = Run.json("measure", features.toString(), labels.toString());
        assertEquals("[2]", json.get("emptyClasses").toString());
        assertEquals("[3]", json.get("singleSampleClasses").toString());
        assertEquals(3, json.getAsJsonArray("perClass").size());
        String text = Run.text("measure", features.toString(), labels.toString(), "--worst", "2");
        assertTrue(text.contains("no samples, left out of averages over classes: class 2"), text);
        assertTrue(text.contains("a single sample, so variance 0: class 3"), text);
        assertTrue(text.contains("Largest variance"), text);
    }

    @Test
    void refusals() throws IOException {
        Run.assertRefused(2, "collapse4j measure: Expected FEATURES and LABELS, a TABLE, or --series", "measure");
        Run.assertRefused(
                2,
                "collapse4j measure: Expected --weights with --bias, found --bias alone",
                "measure",
                FEATURES,
                LABELS,
                "--bias",
                BIAS);
        Run.assertRefused(
                1,
                "collapse4j measure: " + WEIGHTS.replace("d64", "d10") + ": expected K×d with d = 64 as in " + FEATURES
                        + ", found 10×10",
                "measure",
                FEATURES,
                LABELS,
                "--weights",
                WEIGHTS.replace("d64", "d10"));
        Path nowhere = folder.resolve("nowhere");
        Run.assertRefused(
                1,
                "collapse4j measure: --series: " + nowhere
                        + ": expected a folder or an archive with features, found nothing",
                "measure",
                "--series",
                nowhere.toString());
        Path file = Files.createFile(folder.resolve("h.npy"));
        Run run = Run.of("measure", file.toString(), LABELS);
        assertEquals(1, run.exitCode());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void foldersOfASeriesMayContainCommasAndEqualsSigns() throws IOException {
        for (String name : List.of("a,1", "lr=0.1", "d,2=3")) {
            Path checkpoint = Files.createDirectories(folder.resolve(name));
            for (String array : List.of("features.npy", "labels.npy")) {
                Files.copy(Path.of(array.startsWith("f") ? FEATURES : LABELS), checkpoint.resolve(array));
            }
        }
        String items = "start=" + folder + "/a,1," + folder + "/lr=0.1,end=" + folder + "/d,2=3," + folder + "/lr=*";
        JsonArray series = Run.json("measure", "--series", items).getAsJsonArray("series");
        assertEquals(
                List.of("start", "lr=0.1", "end", "lr=0.1"),
                series.asList().stream()
                        .map(one -> one.getAsJsonObject().get("name").getAsString())
                        .toList());
    }

    @Test
    void aPipeOfTooManyFeaturesIsRejected() throws IOException {
        Path labels = folder.resolve("y.npy");
        NpyWriter.writeLabels(labels, new long[] {0, 1});
        Path features = folder.resolve("h.npy");
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(features, new double[2 * 11_586], 2, 11_586, NpyWriter.Layout.ROW_MAJOR);
        InputStream usual = System.in;
        try (InputStream pipe = Files.newInputStream(features)) {
            System.setIn(pipe);
            Run.assertRefused(
                    1,
                    "collapse4j measure: -: expected at most 11585 features in a source that can be read only"
                            + " once, found 11586:"
                            + " put them into a file",
                    "measure",
                    "-",
                    labels.toString());
        } finally {
            System.setIn(usual);
        }
    }

    @Test
    void optionsWithoutEffectAreWrongUsage() {
        for (String option : List.of("--feature-column", "--label-column", "--index-column", "--header")) {
            Run.assertRefused(
                    2,
                    "collapse4j measure: " + option + ": expected a table, found arrays, which have no named columns",
                    "measure",
                    FEATURES,
                    LABELS,
                    option,
                    option.equals("--header") ? "yes" : "x");
        }
        for (String option : List.of("--weights", "--bias", "--classes")) {
            Run.assertRefused(
                    2,
                    "collapse4j measure: Expected --series alone, because its folders contain weights.npy and bias.npy, found "
                            + option,
                    "measure",
                    "--series",
                    NETWORK + "epoch*",
                    option,
                    "3");
        }
    }

    @Test
    void classesHaveToBeThoseOfTheWeights() {
        Run.assertRefused(
                1,
                "collapse4j measure: " + WEIGHTS
                        + ": expected a row for each of the 3 classes of --classes, found 10 rows",
                "measure",
                FEATURES,
                LABELS,
                "--weights",
                WEIGHTS,
                "--classes",
                "3");
    }
}
