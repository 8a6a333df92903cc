package io.github.collapse4j.cli.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.cli.Run;
import io.github.collapse4j.io.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code certify} on input that it cannot certify: one line that names the file, no stack trace, and the right exit
 * code.
 */
class CertifyRefusalTest {
    private static final int N = 6;
    private static final int D = 3;
    private static final int K = 2;

    @TempDir
    private Path directory;

    private final double[] features = new double[N * D];
    private final long[] labels = {0, 1, 0, 1, 0, 1};

    @BeforeEach
    void writeValidFiles() throws IOException {
        for (int i = 0; i < features.length; i++) {
            features[i] = Math.sin(i);
        }
        write("features", features, N, D);
        write("weights", Arrays.copyOf(features, K * D), K, D);
        NpyWriter.writeLabels(path("labels"), labels);
    }

    @Test
    void acceptsValidFiles() {
        Run.text("certify", file("features"), file("labels"), "--weights", file("weights"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, NaN", "4, 2, Infinity"})
    void namesTheFileTheRowAndTheColumnOfAFeatureThatIsNotFinite(int row, int column, double value) throws IOException {
        features[row * D + column] = value;
        write("features", features, N, D);
        Run run = Run.of("certify", file("features"), file("labels"), "--weights", file("weights"));
        assertOneLine(run);
        assertTrue(run.err().startsWith("collapse4j certify: " + file("features") + ": "), run.err());
        assertTrue(
                run.err()
                        .strip()
                        .endsWith(": row %d, column %d: expected a finite number, found %s"
                                .formatted(row, column, value)),
                run.err());
    }

    @Test
    void namesTheFileThatIsMissing() {
        Run.assertRefused(
                1,
                "collapse4j certify: " + file("none") + ": no such file",
                "certify",
                file("features"),
                file("labels"),
                "--weights",
                file("none"));
    }

    @Test
    void namesTheFileThatIsTransposed() throws IOException {
        write("weights", new double[K * D], D, K);
        Run.assertRefused(
                1,
                "collapse4j certify: " + file("weights") + ": expected K×d with d = 3 as in " + file("features")
                        + ", found 3×2, which looks transposed if there are 2 classes (save weights.T)",
                "certify",
                file("features"),
                file("labels"),
                "--weights",
                file("weights"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"features", "labels", "weights", "bias"})
    void rejectsOtherFormats(String array) throws IOException {
        Files.writeString(path(array), "0.5, 1.5, NaN\n");
        String[] arguments = {
            "certify", file("features"), file("labels"), "--weights", file("weights"), "--bias", file("bias")
        };
        if (!array.equals("bias")) {
            new NpyWriter(NpyWriter.Type.FLOAT64).writeVector(path("bias"), new double[K]);
        }
        Run run = Run.of(arguments);
        assertOneLine(run);
        assertTrue(run.err().startsWith("collapse4j certify: " + file(array) + ": magic: "), run.err());
    }

    @Test
    void rejectsAJsonFileInAMissingFolderBeforeReading() {
        Path json = directory.resolve("none").resolve("x.json");
        Run.assertRefused(
                1,
                "collapse4j certify: " + json + ": its directory does not exist",
                "certify",
                file("none"),
                file("none"),
                "--weights",
                file("none"),
                "--json",
                json.toString());
    }

    @Test
    void incompleteFilesAreAUsageError() {
        String line =
                "collapse4j certify: Expected FEATURES, LABELS and --weights W together, a table with --weights W, a"
                        + " folder or archive that holds them, or no arguments";
        Run.assertRefused(2, line, "certify", file("features"));
        Run.assertRefused(2, line, "certify", file("features"), file("labels"));
        Run.assertRefused(2, line, "certify", "--weights", file("weights"));
        Run.assertRefused(2, line, "certify", "--bias", file("bias"));
    }

    @ParameterizedTest
    @CsvSource({
        "--lambda-w, 0, a finite number above 0",
        "--lambda-w, NaN, a finite number above 0",
        "--lambda-h, -1e-9, a finite number above 0",
        "--lambda-b, -1, a finite number of at least 0",
        "--lambda-b, Infinity, a finite number of at least 0",
        "--lambda-b, much, a finite number of at least 0",
        "--tolerance, 0, a finite number above 0"
    })
    void numbersOutOfRangeAreUsageErrors(String option, String value, String expected) {
        Run.assertRefused(
                2,
                "collapse4j certify: Invalid value for option '%s': expected %s, found %s"
                        .formatted(option, expected, value),
                "certify",
                option,
                value);
    }

    @Test
    void anUnknownLossIsAUsageError() {
        Run.assertRefused(
                2,
                "collapse4j certify: Invalid value for option '--loss': expected one of [ce, mse, bce], found"
                        + " hinge",
                "certify",
                "--loss",
                "hinge");
    }

    private static void assertOneLine(Run run) {
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    private Path path(String array) {
        return directory.resolve(array + ".npy");
    }

    private String file(String array) {
        return path(array).toString();
    }

    private void write(String array, double[] values, int rows, int columns) throws IOException {
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(path(array), values, rows, columns, NpyWriter.Layout.ROW_MAJOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"certify", "measure", "compress --out nowhere"})
    void aMissingFolderIsNamed(String command) {
        Run run = Run.of((command + " missing-folder").split(" ", -1));
        assertEquals(1, run.exitCode());
        assertEquals(
                "collapse4j " + command.split(" ", -1)[0] + ": missing-folder: no such file or folder",
                run.err().strip());
    }
}
