package io.github.collapse4j.cli.solve;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.npy.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code solve --out} writes a point whose objective, computed from its definition, is the printed one. */
class SolveFilesTest {
    private static final double LAMBDA_W = 5e-3;
    private static final double LAMBDA_H = 2e-4;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--html - | 1 | --html: expected the name of a file, found -",
                "--logit-adjustment nan | 2 | Invalid value for option '--logit-adjustment': expected a finite number, found nan"
            })
    void refusesWithoutWork(String options, int exitCode, String message) {
        String[] arguments = ("solve --counts 3,2 " + options).split(" ");
        Run.assertRefused(exitCode, "collapse4j solve: " + message, arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8,5,5,2 | 4 | ce  | --lambda-b 0.01",
                "8,5,5,2 | 4 | mse | --lambda-b 0.01",
                "8,5,5,2 | 7 | ce  | --lambda-b 0",
                "8,5,5,2 | 3 | mse | --lambda-b 0",
                "8,5,5,2 | 3 | ce  | --no-bias",
                "8,5,5,2 | 9 | mse | --no-bias",
                "4,4,4,4 | 4 | ce  | --lambda-b 0.01",
                "4,4,4,4 | 2 | ce  | --lambda-b 0.01",
                "4,4,4,4 | 1 | mse | --no-bias",
                "900,9,9,1 | 4 | ce | --lambda-b 0"
            })
    void theFilesHaveThePrintedObjective(String counts, int d, String loss, String bias) throws IOException {
        Path out = directory.resolve("a").resolve("b");
        String command = "solve --counts %s --dim %d --loss %s --lambda-w %s --lambda-h %s %s --out"
                .formatted(counts, d, loss, LAMBDA_W, LAMBDA_H, bias);
        String[] arguments = Stream.concat(Stream.of(command.split(" ")), Stream.of(out.toString()))
                .toArray(String[]::new);
        JsonObject json = Run.json(arguments);
        int[] samples = Stream.of(counts.split(",")).mapToInt(Integer::parseInt).toArray();
        double[][] w = matrix(out.resolve("weights.npy"), samples.length, d);
        double[][] h = matrix(out.resolve("features.npy"), IntStream.of(samples).sum(), d);
        long[] labels = new long[h.length];
        try (NumericArray array = NpyFile.open(out.resolve("labels.npy"))) {
            array.vector().readLongs(0, labels.length, labels);
        }
        double[] b = new double[samples.length];
        boolean hasBias = !bias.equals("--no-bias");
        if (hasBias) {
            try (NumericArray array = NpyFile.open(out.resolve("bias.npy"))) {
                array.vector().readDoubles(0, b.length, b);
            }
        }
        double lambdaB = bias.equals("--lambda-b 0.01") ? 0.01 : 0;
        double objective = objective(loss, labels, w, h, b) + lambdaB / 2 * squares(b);
        assertClose(json.get("objective").getAsDouble(), objective, 1e-10, "objective");
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(
                    hasBias
                            ? List.of("bias.npy", "features.npy", "labels.npy", "objective.json", "weights.npy")
                            : List.of("features.npy", "labels.npy", "objective.json", "weights.npy"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void theReportNamesItsFiles() {
        String text = Run.text("solve", "--counts", "3,2", "--out", directory.toString());
        assertTrue(
                text.contains("Written to " + directory + ": features.npy, labels.npy, weights.npy, bias.npy"), text);
    }

    /** The printed command confirms that the layer is the global minimum, with the value that solve found. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--classes 10 --per-class 50",
                "--classes 5 --per-class 1 --dim 4",
                "--counts 100,50,20 --lambda-h 1e-3",
                "--counts 100,50,20 --lambda-b 0",
                "--counts 40,5,5,2 --no-bias",
                "--counts 8,5,5,2 --loss mse",
                "--classes 4 --per-class 6 --loss mse --no-bias",
                "--counts 8,5,5,2 --loss mse --lambda-b 0 --dim 9",
                "--counts 3,2 --lambda-w 1 --lambda-h 1"
            })
    void theLayerIsCertified(String problem) {
        String[] solve = ("solve " + problem + " --out " + directory).split(" ");
        String text = Run.text(solve);
        String command = text.lines()
                .filter(line -> line.contains("To certify them: collapse4j "))
                .map(line -> line.substring(line.indexOf("collapse4j ") + "collapse4j ".length()))
                .findFirst()
                .orElseThrow();
        JsonObject certificate = Run.json(command.split(" "));
        assertEquals("GlobalMinimum", certificate.get("verdict").getAsString());
        assertClose(
                Run.json(solve).get("objective").getAsDouble(),
                certificate.get("objective").getAsDouble(),
                1e-9,
                "objective");
    }

    /** Without the stated penalties, they are implied. */
    @Test
    void theArraysAloneAreCertified() throws IOException {
        Run.text("solve", "--counts", "100,50,20", "--lambda-b", "0", "--out", directory.toString());
        Files.delete(directory.resolve("objective.json"));
        JsonObject certificate = Run.json("certify", directory.toString());
        assertEquals("GlobalMinimum", certificate.get("verdict").getAsString());
        assertClose(5e-4, certificate.get("lambdaW").getAsDouble(), 1e-6, "implied λ_W");
    }

    @Test
    void theBiasOfAnEarlierSolutionIsDeleted() {
        Run.text("solve", "--counts", "9,3", "--out", directory.toString());
        Run.text("solve", "--counts", "9,3", "--no-bias", "--out", directory.toString());
        assertFalse(Files.exists(directory.resolve("bias.npy")));
    }

    @Test
    void unwritableOutputIsRejectedBeforeSolving() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Run.assertRefused(
                1,
                "collapse4j solve: --out: " + file + " is not a folder",
                "solve",
                "--counts",
                "3,2",
                "--out",
                file.toString());
        Run.assertRefused(
                1,
                "collapse4j solve: --out: expected features N×d of at most 500000000 entries, found 3000000×1000000"
                        + " (a smaller --dim, of at least K−1?)",
                "solve",
                "--groups",
                "1000000x3",
                "--out",
                directory.toString());
    }

    /** docs/theory.md §1 literally: every sample separately. */
    private static double objective(String loss, long[] labels, double[][] w, double[][] h, double[] b) {
        double losses = 0;
        double squares = 0;
        for (int i = 0; i < h.length; i++) {
            double[] logits = b.clone();
            squares += LAMBDA_H / 2 * squares(h[i]);
            for (int j = 0; j < h[i].length; j++) {
                for (int c = 0; c < logits.length; c++) {
                    logits[c] += w[c][j] * h[i][j];
                }
            }
            int label = (int) labels[i];
            losses += loss.equals("ce") ? crossEntropy(logits, label) : squaredError(logits, label);
        }
        for (double[] row : w) {
            squares += LAMBDA_W / 2 * squares(row);
        }
        return losses / h.length + squares;
    }

    private static double crossEntropy(double[] logits, int label) {
        double sum = 0;
        for (double z : logits) {
            sum += Math.exp(z);
        }
        return Math.log(sum) - logits[label];
    }

    private static double squaredError(double[] logits, int label) {
        double sum = 0;
        for (int c = 0; c < logits.length; c++) {
            sum += Math.pow(logits[c] - (c == label ? 1 : 0), 2);
        }
        return sum / 2;
    }

    private static double squares(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v * v;
        }
        return sum;
    }

    private static double[][] matrix(Path file, int rows, int columns) throws IOException {
        try (NumericMatrix matrix = NpyFile.open(file).matrix()) {
            assertEquals(
                    List.of((long) rows, (long) columns),
                    matrix.array().header().shape());
            double[][] values = new double[rows][columns];
            for (int i = 0; i < rows; i++) {
                matrix.readRows(i, 1, values[i]);
            }
            return values;
        }
    }
}
