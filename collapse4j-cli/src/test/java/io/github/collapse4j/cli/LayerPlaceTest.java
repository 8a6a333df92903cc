package io.github.collapse4j.cli;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.collapse4j.io.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code certify} and {@code measure} on one folder that holds everything, compared with naming every file. */
class LayerPlaceTest {
    private static final Fixture NETWORK = new Fixture("mnist10k-ce-d10/epoch150");

    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        for (String array : List.of("features", "labels", "weights", "bias")) {
            Files.copy(Path.of(NETWORK.path(array)), folder.resolve(array + ".npy"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"certify", "measure"})
    void theFolderEqualsItsFiles(String command) {
        // Several threads of measure take batches as they come, which affects the last digit.
        String option = command.equals("measure") ? "--threads=1" : "--loss=ce";
        JsonObject named = Run.json(
                command,
                NETWORK.path("features"),
                NETWORK.path("labels"),
                "--weights",
                NETWORK.path("weights"),
                "--bias",
                NETWORK.path("bias"),
                option);
        JsonObject found = Run.json(command, folder.toString(), option);
        named.remove("command");
        found.remove("command");
        assertEquals(named, found);
        assertTrue(Run.text(command, folder.toString())
                .startsWith(folder + ": features = features.npy (8000×10), labels = labels.npy (8000),"
                        + " weights = weights.npy (10×10), bias = bias.npy (10)"));
    }

    @Test
    void labelsMayBeOneFolderUp() {
        String features = NETWORK.path("features");
        String text = Run.text("certify", features.substring(0, features.lastIndexOf("features.npy")));
        assertTrue(text.lines().findFirst().orElseThrow().contains("labels = ../labels.npy (8000)"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"certify", "measure"})
    void ambiguousWeightsAreRejected(String command) throws IOException {
        Files.delete(folder.resolve("weights.npy"));
        for (String name : List.of("W", "fc.weight")) {
            new NpyWriter(NpyWriter.Type.FLOAT32)
                    .writeMatrix(folder.resolve(name + ".npy"), new double[100], 10, 10, NpyWriter.Layout.ROW_MAJOR);
        }
        Run.assertRefused(
                1,
                "collapse4j " + command + ": " + folder
                        + ": expected one array of weights (K×d), found W.npy (10×10), fc.weight.npy (10×10): name them"
                        + " with --weights",
                command,
                folder.toString());
        Run.text(command, folder.toString(), "--weights", NETWORK.path("weights"), "--bias", "none");
    }

    @Test
    void certifyNeedsWeightsAndMeasureDoesNot() throws IOException {
        Files.delete(folder.resolve("weights.npy"));
        Run.assertRefused(
                1,
                "collapse4j certify: " + folder
                        + ": expected weights (K×d) too, found features = features.npy (8000×10),"
                        + " labels = labels.npy (8000), no weights: name them with --weights",
                "certify",
                folder.toString());
        String text = Run.text("measure", folder.toString());
        assertTrue(text.lines().findFirst().orElseThrow().endsWith("no weights"), text);
        assertFalse(text.contains("NC3"), text);
    }

    @Test
    void biasNoneIgnoresTheBias() {
        String text = Run.text("certify", folder.toString(), "--bias", "none");
        assertTrue(text.contains("cross-entropy, without bias"), text);
    }

    /** The logits are the same, and so is the loss; the penalties of the original are not implied. */
    @Test
    void certifyReadsTheOutputOfCompress() {
        Path small = folder.resolve("small");
        String text = Run.text("compress", folder.toString(), "--out", small.toString());
        assertTrue(text.contains("features.npy, weights.npy, projection.npy, bias.npy, labels.npy"), text);
        JsonObject before = Run.json("certify", folder.toString());
        JsonObject after = Run.json("certify", small.toString());
        assertClose(
                before.get("lossValue").getAsDouble(), after.get("lossValue").getAsDouble(), 1e-5, "loss");
        assertEquals(before.get("accuracy"), after.get("accuracy"));
    }

    /** {@code train --out} writes networks, not epochs. */
    @Test
    void networksHaveNoEpoch() throws IOException {
        for (String name : List.of("etf-d9-s0", "learned-d9-s0")) {
            Path network = Files.createDirectory(folder.resolve(name));
            for (String array : List.of("features", "weights", "bias")) {
                Files.copy(folder.resolve(array + ".npy"), network.resolve(array + ".npy"));
            }
        }
        JsonObject json = Run.json("measure", "--series", folder + "/*-s0");
        JsonObject first = json.getAsJsonArray("series").get(0).getAsJsonObject();
        assertEquals("etf-d9-s0", first.get("name").getAsString());
        assertFalse(first.has("epoch"));
    }
}
