package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.io.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code certify} on features without negative entries. */
class CertifyNonnegativeTest {
    private static final int[] COUNTS = {9, 5, 2};

    /** The spurious minimum of docs/theory.md §14 with classes 1 and 2 on a unit each, and class 3 dead. */
    private static void write(Path folder, double sign) throws IOException {
        double samples = 16;
        double mu = 0.002;
        double[] features = new double[16 * 2];
        long[] labels = new long[16];
        double[] weights = new double[3 * 2];
        int next = 0;
        for (int k = 0; k < 3; k++) {
            double root = Math.sqrt(COUNTS[k]);
            double q = mu * samples / root * Math.sqrt(2.0 / 3);
            double norm = root * Math.log(2 * (1 / q - 1)) * Math.sqrt(2.0 / 3);
            for (int i = 0; i < COUNTS[k]; i++) {
                labels[next] = k;
                if (k < 2) {
                    features[2 * next + k] = Math.sqrt(2) * Math.sqrt(norm) / root;
                }
                next++;
            }
            for (int j = 0; j < 3 && k < 2; j++) {
                weights[2 * j + k] =
                        Math.sqrt(0.5) * Math.sqrt(norm) * ((j == k ? 1 : 0) - 1.0 / 3) / Math.sqrt(2.0 / 3);
            }
        }
        features[31] = sign * 0.0;
        NpyWriter writer = new NpyWriter(NpyWriter.Type.FLOAT64);
        writer.writeMatrix(folder.resolve("features.npy"), features, 16, 2, NpyWriter.Layout.ROW_MAJOR);
        writer.writeMatrix(folder.resolve("weights.npy"), weights, 3, 2, NpyWriter.Layout.ROW_MAJOR);
        NpyWriter.writeLabels(folder.resolve("labels.npy"), labels);
    }

    @Test
    void aDeadClassIsASpuriousMinimum(@TempDir Path folder) throws IOException {
        write(folder, 1);
        JsonObject json = Run.json("certify", folder.toString());
        assertEquals("nonnegative", json.get("domain").getAsString());
        assertClose(0.191245730787, json.get("objective").getAsDouble(), 1e-11, "objective");
        assertClose(0.004, json.get("lambdaW").getAsDouble(), 1e-12, "implied λ_W");
        assertEquals("[2]", json.get("deadClasses").toString());
        assertEquals("[0,1]", json.get("survivingClasses").toString());
        assertClose(36.084391824, json.get("gaugeOverMu").getAsDouble(), 1e-9, "γ₊/μ");
        // Three units are needed for the global minimum: with two, nothing lower is known.
        assertEquals("LocalMinimum", json.get("verdict").getAsString());
        assertEquals(0, json.get("nullity").getAsInt());
        assertTrue(json.get("smallestPositive").getAsDouble() > 1e-4, json::toString);
        assertClose(
                0.06702545614,
                json.getAsJsonObject("optimum").get("objective").getAsDouble(),
                1e-9,
                "attainable optimum");
        assertClose(
                0.05759701423687,
                json.getAsJsonObject("freeOptimum").get("objective").getAsDouble(),
                1e-9,
                "optimum without a ReLU");
        String text = Run.text("certify", folder.toString());
        assertTrue(text.contains("No feature is negative, as after a ReLU"), text);
        assertTrue(text.contains("The features of 1 of the 3"), text);
        String file = folder.resolve("proof.json").toString();
        String proved = Run.text("certify", folder.toString(), "--prove", file);
        assertTrue(proved.contains("The proof is about features of any sign."), proved);
        assertFalse(Run.text("certify", folder.toString(), "--features", "free", "--prove", file)
                .contains("features of any sign"));
    }

    @Test
    void negativeZeroIsNotNegative(@TempDir Path folder) throws IOException {
        write(folder, -1);
        assertEquals(
                "nonnegative",
                Run.json("certify", folder.toString()).get("domain").getAsString());
    }

    @Test
    void statedDomainsAreChecked() {
        Run.assertRefused(
                1,
                "collapse4j certify: --features=nonnegative: expected non-negative features, as after a ReLU, found"
                        + " negative ones",
                "certify",
                "--features",
                "nonnegative");
        assertEquals("free", Run.json("certify").get("domain").getAsString());
    }
}
