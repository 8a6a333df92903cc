package io.github.collapse4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.collapse4j.io.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cosine heads: {@code solve}, {@code certify} and {@code landscape} with {@code --features unit}. */
class CosineHeadTest {
    /** Options and minima of cases of core's {@code cosine-reference.json}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--counts 10,10,10,10 --dim 3 --temperature 1 | 0.5826576530618005 | 3",
                "--counts 10,10,10,10 --dim 4 --temperature 5 --margin 0.2 | 0.01032464891553331 | 3",
                "--classes 5 --per-class 9 --dim 7 --temperature 16 | 8.244614455767398e-09 | 4",
                "--counts 50,20,10,5,2 --dim 4 --temperature 1 | 0.6909398164824204 | 4",
                "--counts 60,30,12,6,3,1 --temperature 1 | 0.8200256857234235 | 4",
                "--counts 1,1000,1000 --dim 2 --temperature 3 | 0.018720813412855072 | 2"
            })
    void solves(String options, double minimum, int rank) {
        JsonObject json = Run.json(("solve --features unit " + options).split(" "));
        assertEquals("unit", json.get("domain").getAsString());
        assertEquals("GlobalMinimum", json.get("verdict").getAsString());
        assertEquals(minimum, number(json, "objective"), 1e-10 * minimum);
        assertTrue(number(json, "lowerBound") <= number(json, "objective"));
        assertTrue(number(json, "relativeGap") <= 1e-10);
        assertEquals(1, number(json, "gaugeOverMu"), 1e-9);
        assertEquals(rank, json.get("rank").getAsInt());
    }

    @Test
    void writesALayerThatCertifyAccepts(@TempDir Path directory) {
        String folder = directory.resolve("head").toString();
        String text =
                Run.text("solve", "--counts", "9,9,3", "--features", "unit", "--temperature", "3", "--out", folder);
        assertTrue(text.contains("collapse4j certify " + folder + "\n"), text);
        JsonObject json = Run.json("certify", folder);
        assertEquals("GlobalMinimum", json.get("verdict").getAsString());
        assertTrue(number(json, "relativeGap") <= 1e-6);
        assertTrue(number(json.getAsJsonObject("residuals"), "W") < 1e-9);
        assertTrue(number(json.getAsJsonObject("residuals"), "H") < 1e-9);
        assertEquals(0, json.get("notPositiveBetas").getAsInt());
        JsonObject other = Run.json("certify", folder, "--features", "unit", "--temperature", "16");
        assertEquals("NotCritical", other.get("verdict").getAsString());
    }

    /** The spurious minimum of counts 1, 1000, 1000, as a layer of 2,001 samples whose vectors are of any length. */
    @Test
    void certifyRecognisesASpuriousMinimum(@TempDir Path directory) throws IOException {
        double[][] weights = {
            {-0.9999999971044276, 7.609957395626373e-05},
            {0.24951710475135017, 0.9683703911399315},
            {0.24936971671340205, -0.9684083562146073}
        };
        double[][] features = {
            {0.9999999971044274, -7.609957395624258e-05},
            {0.5154812646608034, 0.8569008494474135},
            {0.5153508391115958, -0.8569792953315583}
        };
        int samples = 2001;
        double[] all = new double[2 * samples];
        long[] labels = new long[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = i == 0 ? 0 : 1 + i % 2;
            all[2 * i] = 4 * features[(int) labels[i]][0];
            all[2 * i + 1] = 4 * features[(int) labels[i]][1];
        }
        NpyWriter writer = new NpyWriter(NpyWriter.Type.FLOAT64);
        writer.writeMatrix(directory.resolve("features.npy"), all, samples, 2, NpyWriter.Layout.ROW_MAJOR);
        writer.writeMatrix(
                directory.resolve("weights.npy"),
                Arrays.stream(weights).flatMapToDouble(Arrays::stream).toArray(),
                3,
                2,
                NpyWriter.Layout.ROW_MAJOR);
        NpyWriter.writeLabels(directory.resolve("labels.npy"), labels);
        JsonObject json = Run.json("certify", directory.toString(), "--features", "unit", "--temperature", "3");
        assertEquals("SpuriousLocalMinimum", json.get("verdict").getAsString());
        assertEquals(0.02093613051387553, number(json, "objective"), 1e-12);
        assertEquals(0.018720813412855072, number(json, "globalMinimum"), 1e-8);
        assertEquals(1, json.get("notPositiveBetas").getAsInt());
        assertEquals(1, json.get("nullity").getAsInt());
        assertEquals(2.67885e-3, number(json, "smallestPositive"), 1e-8);
    }

    @Test
    void certifyNamesAVectorWithoutDirection(@TempDir Path directory) throws IOException {
        NpyWriter writer = new NpyWriter(NpyWriter.Type.FLOAT64);
        writer.writeMatrix(
                directory.resolve("features.npy"), new double[] {1, 2, 0, 0}, 2, 2, NpyWriter.Layout.ROW_MAJOR);
        writer.writeMatrix(
                directory.resolve("weights.npy"), new double[] {1, 0, 0, 1}, 2, 2, NpyWriter.Layout.ROW_MAJOR);
        NpyWriter.writeLabels(directory.resolve("labels.npy"), new long[] {0, 1});
        Run run = Run.of("certify", directory.toString(), "--features", "unit", "--temperature", "3");
        assertEquals(1, run.exitCode());
        assertTrue(
                run.err().contains("expected a finite vector other than zero, found one of norm 0.0 for sample 1"),
                run.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--counts 1,1000,1000 | 0.02093613051387553 | 0.018720813412855072 | 2.67885e-3",
                "--counts 1,10,10 | 0.16390393848608692 | 0.019738901681561456 | 5.81307e-2",
                "--counts 1,1000,1000,9 --labels 0,1,2,0 | 0.021046586617758673 | 0.018831658895090198 | 2.29930e-3"
            })
    void landscapeFindsTheSpuriousMinimum(String counts, double value, double minimum, double next) {
        JsonObject json = Run.json(("landscape --features unit --temperature 3 " + counts).split(" "));
        JsonArray models = json.getAsJsonArray("models");
        assertEquals(2, models.size());
        JsonObject spurious = points(models.get(0), "SpuriousLocalMinimum").stream()
                .filter(point -> Math.abs(number(point, "objective") - value) < 1e-10)
                .findFirst()
                .orElseThrow();
        assertEquals(minimum, number(spurious, "better"), 1e-10);
        assertEquals(1, spurious.get("nullity").getAsInt());
        assertEquals(next, number(spurious, "smallestPositive"), 2e-6 * next);
        assertTrue(spurious.get("gaugeOverMu").isJsonNull());
        // In d = K dimensions there are global minima and strict saddles only.
        int all = models.get(1).getAsJsonObject().getAsJsonArray("points").size();
        assertEquals(
                all,
                points(models.get(1), "GlobalMinimum").size()
                        + points(models.get(1), "StrictSaddle").size());
    }

    private static List<JsonObject> points(JsonElement model, String verdict) {
        return model.getAsJsonObject().getAsJsonArray("points").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(point -> point.get("verdict").getAsString().equals(verdict))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "solve --counts 3,2 --features unit | --features=unit: expected --temperature, found none",
                "solve --counts 3,2 --temperature 3 | --temperature: expected --features=unit, found none",
                "solve --counts 3,2 --features unit --temperature 3 --lambda-w 1 | --lambda-w: expected no such option with --features=unit, found one",
                "solve --counts 3,2 --features unit --temperature 3 --loss mse | --loss: expected ce with --features=unit, found mse",
                "solve --counts 3,2,2 --features unit --temperature 3 --dim 1 | --dim: expected at least 2 for unit features of 3 or more classes, found 1",
                "landscape --counts 3,2 --labels 0,1 | --labels: expected --features=unit, found none",
                "landscape --features unit --temperature 3 --counts 3,2 --labels 0,2 | --labels: labels: expected every class from 0 to 2, found no 1",
                "certify --features unit --temperature 3 | --features=unit: expected FEATURES of a cosine head, found none",
                "landscape --features unit --temperature 3 --counts 3,2 --prove=proofs | --prove: expected no such option with --features=unit, found one",
                "landscape --features nonnegative --counts 3,2 --prove=proofs | --prove: expected --features free, found --features nonnegative (proof files have no sign of the features)",
                "landscape --features nonnegative --counts 3,2 --resume=f | --resume: expected --features free, found --features nonnegative (parts of a search with --starts and other --seed add up)",
                "landscape --features unit --temperature 3 --counts 3,2 --dim 3:2 | Invalid value for option '--dim': expected 1 ≤ first ≤ last, found 3:2",
                "solve --features unit --temperature 3 --counts 3,2 --prove=x.json | --prove: expected free features of classes, found unit features",
                "certify --features unit --temperature 3 --prove=x.json | --prove: expected no such option with --features=unit, found one"
            })
    void refusesWhatDoesNotFit(String arguments, String message) {
        String[] words = arguments.split(" ", -1);
        Run.assertRefused(2, "collapse4j " + words[0] + ": " + message, words);
        assertFalse(Files.exists(Path.of("proofs")), "nothing is made before it is refused");
    }

    @Test
    void refusesArcFaceWithTheReason() {
        Run arcFace = Run.of(
                "solve", "--counts", "3,2", "--features", "unit", "--temperature", "3", "--margin", "arcface:0.5");
        assertEquals(2, arcFace.exitCode());
        assertTrue(arcFace.err().contains("ArcFace's margin of the angle makes the loss non-convex"), arcFace.err());
    }

    private static double number(JsonObject json, String name) {
        JsonElement element = json.get(name);
        return element.getAsDouble();
    }
}
