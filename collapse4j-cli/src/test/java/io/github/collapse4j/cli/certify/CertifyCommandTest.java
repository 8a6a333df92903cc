package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.cli.Fixture;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.npy.NpyFile;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.io.npy.NpzWriter;
import io.github.collapse4j.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code certify} on readable layers. */
class CertifyCommandTest {
    private static final Fixture TRAINED = new Fixture("mnist10k-ce-d10/epoch150");
    private static final Fixture UNTRAINED = new Fixture("mnist10k-ce-d10/epoch001");
    private static final List<String> CERTIFICATE = List.of("objective", "lowerBound", "relativeGap");
    private static final List<String> PARTS = List.of("total", "withinClass", "spread", "placement", "betweenClass");

    @TempDir
    private Path directory;

    @Test
    void withoutArgumentsCertifiesTheBundledLayer() {
        String text = Run.text("certify");
        assertTrue(text.startsWith("Last layer of a bundled convolutional network"), text);
        assertTrue(text.contains("8,000 samples, 10 classes, d = 10, cross-entropy, with bias"), text);
        assertTrue(text.contains("Not optimal: 28.77 %"), text);
        assertTrue(text.replaceAll("\\s+", " ").contains("Training with these penalties has not converged"), text);
        assertTrue(text.contains("  Leave the head, and train the features on"), text);
    }

    @Test
    void theBundledLayerIsTheFixture() {
        assertEquals(Run.json("certify"), Run.json(TRAINED.certify()));
    }

    @Test
    void certifiesFiles() {
        String text = Run.text(TRAINED.certify());
        assertTrue(text.startsWith("Last layer of " + TRAINED.path("features")), text);
    }

    @Test
    void certifiesArraysOfAnArchive() throws IOException {
        Path archive = directory.resolve("run.npz");
        try (NpzWriter writer = NpzWriter.create(archive, NpzWriter.Packing.DEFLATED)) {
            for (String array : List.of("features", "weights", "bias")) {
                try (NumericMatrix matrix =
                        NpyFile.open(Path.of(TRAINED.path(array))).matrix()) {
                    int rows = (int) matrix.rows();
                    int columns = (int) matrix.columns();
                    double[] values = new double[rows * columns];
                    matrix.readRows(0, rows, values);
                    if (array.equals("bias")) {
                        writer.addVector(array, NpyWriter.Type.FLOAT32, values);
                    } else {
                        writer.addMatrix(
                                array, NpyWriter.Type.FLOAT32, values, rows, columns, NpyWriter.Layout.ROW_MAJOR);
                    }
                }
            }
            try (NumericArray labels = NpyFile.open(Path.of(TRAINED.path("labels")))) {
                long[] values = new long[(int) labels.header().elementCount()];
                labels.vector().readLongs(0, values.length, values);
                writer.addLabels("labels", values);
            }
            writer.commit();
        }
        JsonObject found = Run.json(
                "certify",
                archive + ":features",
                archive + ":labels",
                "--weights",
                archive + ":weights",
                "--bias",
                archive + ":bias");
        assertEquals(Run.json("certify"), found);
    }

    @Test
    void jsonHasEveryNumber() {
        JsonObject json = Run.json(TRAINED.certify());
        for (String key : CERTIFICATE) {
            assertFinite(json, key);
        }
        for (String key : List.of("mu", "sigmaOverMu", "rank", "impliedMu", "impliedLambdaW", "impliedLambdaH")) {
            assertFinite(json, key);
        }
        for (String key : List.of("W", "H", "b")) {
            assertFinite(json.getAsJsonObject("residuals"), key);
        }
        JsonObject excess = json.getAsJsonObject("excess");
        for (String key : PARTS) {
            assertTrue(assertFinite(excess, key) >= 0, key);
        }
        double above = assertFinite(json, "objective") - assertFinite(json, "lowerBound");
        assertClose(above, assertFinite(excess, "total"), 1e-9, "total");
        assertClose(
                above,
                assertFinite(excess, "spread")
                        + assertFinite(excess, "placement")
                        + assertFinite(excess, "betweenClass"),
                1e-9,
                "sum of the parts");
        assertClose(above / assertFinite(json, "objective"), assertFinite(json, "relativeGap"), 1e-9, "relativeGap");
        assertEquals("NotCritical", json.get("verdict").getAsString());
    }

    @Test
    void jsonIsNullWithoutACertificate() {
        JsonObject json = Run.json(UNTRAINED.certify());
        assertTrue(assertFinite(json, "impliedMu") < 0);
        for (String key : CERTIFICATE) {
            assertTrue(json.get(key).isJsonNull(), key);
        }
        assertTrue(json.get("excess").isJsonNull());
        assertTrue(json.get("optimum").isJsonNull());
        for (String key : List.of("mu", "sigmaOverMu", "rank", "impliedLambdaW", "impliedLambdaH")) {
            assertFinite(json, key);
        }
        assertEquals("Undecided", json.get("verdict").getAsString());
        assertEquals("OtherSamples", json.get("reason").getAsString());
    }

    @Test
    void aNegativeImpliedPenaltyIsExplained() {
        String text = Run.text(UNTRAINED.certify("--loss", "ce")).replaceAll("\\s+", " ");
        assertEquals(2, text.split("No optimum to compare with", -1).length, text);
        assertTrue(text.contains("implied μ = -1.50e-06"), text);
        assertTrue(text.contains("Features of the training set at the end of training would tell more"), text);
        String raw = text.substring(text.indexOf("The raw layer"));
        assertFalse(raw.contains("certified gap"), raw);
    }

    @Test
    void givenPenaltiesAreUsed() {
        JsonObject json = Run.json(UNTRAINED.certify("--lambda-w", "5e-4", "--lambda-h", "1e-7", "--lambda-b", "0.01"));
        assertEquals(5e-4, assertFinite(json, "lambdaW"));
        assertEquals(1e-7, assertFinite(json, "lambdaH"));
        assertClose(Math.sqrt(5e-11), assertFinite(json, "mu"), 1e-15, "mu");
        double gap = assertFinite(json, "relativeGap");
        assertTrue(gap > 0 && gap < 1, "gap " + gap);
        assertTrue(assertFinite(json, "impliedMu") < 0);
    }

    @Test
    void aLayerMayLackABias() {
        JsonObject json = Run.json(
                "certify", TRAINED.path("features"), TRAINED.path("labels"), "--weights", TRAINED.path("weights"));
        assertFalse(json.get("hasBias").getAsBoolean());
        assertEquals(0, assertFinite(json.getAsJsonObject("residuals"), "b"));
    }

    /** The output of {@code solve} is a layer at the optimum. */
    @Test
    void certifiesTheOptimumAsOptimal() throws IOException {
        Run.text(
                "solve",
                "--counts",
                "5,3,3",
                "--lambda-w",
                "5e-3",
                "--lambda-h",
                "1e-3",
                "--out",
                directory.toString());
        String[] certify = {"certify", directory.toString(), "--lambda-b", "0.01"};
        JsonObject json = Run.json(certify);
        assertEquals("GlobalMinimum", json.get("verdict").getAsString());
        assertClose(5e-3, assertFinite(json, "impliedLambdaW"), 1e-6, "impliedLambdaW");
        assertClose(1e-3, assertFinite(json, "impliedLambdaH"), 1e-6, "impliedLambdaH");
        assertClose(1, assertFinite(json, "sigmaOverMu"), 1e-6, "sigmaOverMu");
        String text = Run.text(certify);
        assertTrue(text.contains("Globally optimal to within"), text);
        assertTrue(text.contains("2 feature dimensions suffice; this layer has 3"), text);
    }

    @Test
    void jsonReplacesItsFileAtomically() throws IOException {
        Path file = Files.writeString(directory.resolve("result.json"), "old");
        String text = Run.text(TRAINED.certify("--json", file.toString()));
        assertEquals(Run.text(TRAINED.certify()), text);
        assertEquals(Run.json(TRAINED.certify()), JsonParser.parseString(Files.readString(file)));
        assertEquals(List.of(file), list());
    }

    @Test
    void badInputDoesNotTouchTheJsonFile() throws IOException {
        Path file = Files.writeString(directory.resolve("result.json"), "old");
        Run run = Run.of("certify", "none.npy", "none.npy", "--weights", "none.npy", "--json", file.toString());
        assertEquals(1, run.exitCode());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(file), list());
    }

    /** Whatever the layer, no NaN or infinity is printed. */
    @ParameterizedTest
    @MethodSource("io.github.collapse4j.cli.certify.LastLayerReferenceTest#fixturesAndLosses")
    void everyReportIsReadable(Fixture fixture, LossName loss) {
        String text = Run.text(fixture.certify("--loss", loss.name()));
        assertFalse(text.matches("(?s).*\\b(NaN|Infinity|null|Optional)\\b.*"), text);
        text.lines().skip(1).forEach(line -> assertTrue(line.length() <= 120, line));
    }

    private static double assertFinite(JsonObject json, String key) {
        JsonElement value = json.get(key);
        assertTrue(
                value != null && value.isJsonPrimitive() && Double.isFinite(value.getAsDouble()), key + ": " + value);
        return value.getAsDouble();
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** With fewer dimensions than the optimum needs, the bound is the convex twin's, and the report says so. */
    @Test
    void belowTheRankOfTheOptimumTheBoundIsExplained() throws IOException {
        int classes = 60;
        int d = 4;
        int perClass = 3;
        double[] weights = Seeded.of(1).gaussian(classes * d, 1);
        double[] features = new double[classes * perClass * d];
        long[] labels = new long[classes * perClass];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % classes;
            System.arraycopy(weights, (i % classes) * d, features, i * d, d);
        }
        Path featureFile = directory.resolve("h.npy");
        Path labelFile = directory.resolve("y.npy");
        Path weightFile = directory.resolve("w.npy");
        NpyWriter writer = new NpyWriter(NpyWriter.Type.FLOAT64);
        writer.writeMatrix(featureFile, features, labels.length, d, NpyWriter.Layout.ROW_MAJOR);
        writer.writeMatrix(weightFile, weights, classes, d, NpyWriter.Layout.ROW_MAJOR);
        NpyWriter.writeLabels(labelFile, labels);
        String[] arguments = {
            "certify",
            featureFile.toString(),
            labelFile.toString(),
            "--weights",
            weightFile.toString(),
            "--lambda-w",
            "1e-4",
            "--lambda-h",
            "1e-5"
        };
        String text = Run.text(arguments).replaceAll("\\s+", " ");
        assertTrue(
                text.contains("The bound is that of the convex twin, whose rank is 59: no layer of any d is lower, but"
                        + " none with d = 4 reaches it."),
                text);
        assertTrue(text.contains("is excess over the global minimum"), text);
        JsonObject optimum = Run.json(arguments).getAsJsonObject("optimum");
        assertEquals(59, optimum.get("rank").getAsInt());
        assertFalse(optimum.get("reached").getAsBoolean());
    }
}
