package io.github.collapse4j.cli.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.testkit.Close;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the last layer of a real network, 8000×64 with ten classes. */
class CompressCommandTest {
    private static final String LAYER = "src/test/resources/fixtures/mnist10k-ce-d64/epoch150/";
    private static final String FEATURES = LAYER + "features.npy";
    private static final String WEIGHTS = LAYER + "weights.npy";
    private static final String BIAS = LAYER + "bias.npy";

    @TempDir
    private Path folder;

    @Test
    void keepsLogitsAndPredictions() throws IOException {
        JsonObject json =
                Run.json("compress", FEATURES, "--weights", WEIGHTS, "--bias", BIAS, "--out", folder.toString());

        assertEquals(10, json.get("compressedDimension").getAsInt());
        assertEquals(0, json.get("predictionsChanged").getAsLong());
        assertEquals(4L * (8000 * 64 + 10 * 64), json.get("bytesBefore").getAsLong());
        assertEquals(
                4L * (8000 * 10 + 10 * 10 + 10 * 64), json.get("bytesAfter").getAsLong());
        Matrix expected = logits(FEATURES, WEIGHTS);
        Matrix actual = logits(
                folder.resolve("features.npy").toString(),
                folder.resolve("weights.npy").toString());
        // Features and weights are float32, like the input.
        Close.assertClose(expected.data(), actual.data(), 0, 3e-7 * largest(expected), "logits");
        Matrix projected = LinearAlgebra.multiply(
                matrix(FEATURES),
                Op.NONE,
                matrix(folder.resolve("projection.npy").toString()),
                Op.TRANSPOSE);
        Close.assertClose(
                matrix(folder.resolve("features.npy").toString()).data(),
                projected.data(),
                0,
                3e-7 * largest(projected),
                "P h");
        assertTrue(Files.size(folder.resolve("features.npy")) < 8000 * 10 * 4 + 256, "float32 stays float32");
    }

    @Test
    void centredNeedsOneDimensionLess() {
        JsonObject json = Run.json("compress", FEATURES, "--weights", WEIGHTS, "--centred", "--out", folder.toString());
        assertEquals(9, json.get("compressedDimension").getAsInt());
        assertEquals(0, json.get("predictionsChanged").getAsLong());
        assertTrue(json.get("relativeLogitDifference").getAsDouble() < 1e-6);
        assertFalse(Files.exists(folder.resolve("bias.npy")));
    }

    /** Between two equally good classes rounding chooses differently: the files are written, but the command fails. */
    @Test
    void changedPredictionsAreReported() throws IOException {
        Path w = folder.resolve("w.npy");
        Path h = folder.resolve("h.npy");
        int d = 30;
        int rows = 200;
        Random random = new Random(2);
        double[] weights = new double[20 * d];
        double[] features = new double[rows * d];
        for (int i = 0; i < weights.length; i++) {
            // the second half of the rows is the first half with the features in reverse order
            weights[i] = i < 10 * d ? random.nextGaussian() : weights[i - 10 * d - i % d + (d - 1 - i % d)];
        }
        for (int i = 0; i < features.length; i++) {
            // and features read the same either way: every logit occurs twice, up to the order of summation
            int mirror = i - i % d + (d - 1 - i % d);
            features[i] = i % d < d / 2 ? random.nextGaussian() : features[mirror];
        }
        NpyWriter doubles = new NpyWriter(NpyWriter.Type.FLOAT64);
        doubles.writeMatrix(w, weights, 20, d, NpyWriter.Layout.ROW_MAJOR);
        doubles.writeMatrix(h, features, rows, d, NpyWriter.Layout.ROW_MAJOR);
        Run run = Run.of(
                "compress",
                h.toString(),
                "--weights",
                w.toString(),
                "--out",
                folder.resolve("out").toString());
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.err().contains(" of 200 predictions changed in what was written to "), run.err());
        assertEquals(1, run.err().lines().count());
    }

    @Test
    void textStatesTheSavings() {
        String text = Run.text("compress", FEATURES, "--weights", WEIGHTS, "--out", folder.toString());
        assertTrue(text.contains("8000×64 to 8000×10"), text);
        assertTrue(text.contains("0 of 8,000 changed"), text);
        assertTrue(text.contains("2,050,560 to 322,960 (84.3 % saved)"), text);
    }

    @Test
    void saysThatFeaturesAfterAReluLoseTheirSign() throws IOException {
        Path features = folder.resolve("relu.npy");
        double[] values = matrix(FEATURES).transpose().data();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]);
        }
        new NpyWriter(NpyWriter.Type.FLOAT64).writeMatrix(features, values, 8000, 64, NpyWriter.Layout.ROW_MAJOR);
        String out = folder.resolve("out").toString();
        String text = Run.text("compress", features.toString(), "--weights", WEIGHTS, "--out", out);
        assertTrue(text.contains("had no negative entries, as after a ReLU"), text);
        JsonObject signed = Run.json("compress", FEATURES, "--weights", WEIGHTS, "--out", out);
        assertFalse(signed.get("losesSign").getAsBoolean());
    }

    @Test
    void neverOverwritesItsInput() throws IOException {
        Path features = folder.resolve("features.npy");
        Files.copy(Path.of(FEATURES), features);
        Run.assertRefused(
                1,
                "collapse4j compress: --out " + folder + ": expected another folder, found the input " + features
                        + " in it",
                "compress",
                features.toString(),
                "--weights",
                WEIGHTS,
                "--out",
                folder.toString());
        assertEquals(-1, Files.mismatch(Path.of(FEATURES), features));
    }

    @Test
    void weightsOfAnotherDimension() {
        Run.assertRefused(
                1,
                "collapse4j compress: " + WEIGHTS + ": expected K×d with d = 10 as in " + FEATURES.replace("d64", "d10")
                        + ", found 10×64, which looks transposed if there are 64 classes (save weights.T)",
                "compress",
                FEATURES.replace("d64", "d10"),
                "--weights",
                WEIGHTS,
                "--out",
                folder.toString());
    }

    private static double largest(Matrix matrix) {
        double largest = 0;
        for (double value : matrix.data()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** N×K, without bias. */
    private static Matrix logits(String features, String weights) throws IOException {
        return LinearAlgebra.multiply(matrix(features), Op.NONE, matrix(weights), Op.TRANSPOSE);
    }

    private static Matrix matrix(String file) throws IOException {
        try (NumericMatrix matrix = ArrayFile.open(file).matrix()) {
            double[] rows = new double[(int) (matrix.rows() * matrix.columns())];
            matrix.readRows(0, (int) matrix.rows(), rows);
            return Matrix.wrap((int) matrix.columns(), (int) matrix.rows(), rows)
                    .transpose();
        }
    }
}
