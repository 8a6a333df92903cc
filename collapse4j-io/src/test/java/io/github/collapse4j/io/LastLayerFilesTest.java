package io.github.collapse4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.lastlayer.EmptyClassException;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerAnalysis;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.measure.SamplePasses;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.testkit.Seeded;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A last layer with K = 3, d = 4 and N = 12, and every way to pass it incorrectly. */
class LastLayerFilesTest {
    private static final int N = 12;
    private static final int D = 4;
    private static final int K = 3;

    @TempDir
    private Path directory;

    private final double[] features = Seeded.of(1).gaussian(N * D, 1);
    private final double[] weights = Seeded.of(2).gaussian(K * D, 1);
    private final double[] bias = {0.5, -1, 0.25};
    private final long[] labels = new long[N];

    @BeforeEach
    void writeValidArrays() throws IOException {
        for (int i = 0; i < N; i++) {
            labels[i] = i % K;
        }
        writeMatrix("features", features, N, D);
        writeMatrix("weights", weights, K, D);
        writeVector("bias", bias);
        writeLabels(labels);
    }

    @Test
    void readsALayer() throws IOException {
        LastLayer layer = read();
        assertEquals(K, layer.classes());
        assertEquals(D, layer.samples().featureDimension());
        assertTrue(layer.hasBias());
        assertArrayEquals(bias, layer.bias());
        for (int k = 0; k < K; k++) {
            for (int j = 0; j < D; j++) {
                assertEquals(weights[k * D + j], layer.classifier().get(k, j));
            }
        }
        LastLayerCertificate found = analyze(layer);
        assertEquals(ClassCounts.of(4, 4, 4), found.counts());
    }

    @Test
    void readsALayerWithoutBias() throws IOException {
        LastLayer layer = open("features", "labels", null);
        assertFalse(layer.hasBias());
        assertArrayEquals(new double[K], layer.bias());
    }

    @Test
    void refusesTransposedFeatures() throws IOException {
        writeMatrix("features", features, D, N);
        assertRefused(
                "labels",
                "expected a label for each of the 4 rows of " + path("features") + ", found 12; " + path("features")
                        + " (4×12) looks transposed (save features.T)");
    }

    /**
     * With d = N a transposition of the features does not conflict with the weights, but with labels of another length.
     */
    @Test
    void refusesTransposedFeaturesDetectedByTheLabels() throws IOException {
        writeMatrix("features", Seeded.of(3).gaussian(3 * N, 1), 3, N);
        writeMatrix("weights", Seeded.of(4).gaussian(K * N, 1), K, N);
        assertRefused(
                "labels",
                "expected a label for each of the 3 rows of " + path("features") + ", found 12; " + path("features")
                        + " (3×12) looks transposed (save features.T)");
    }

    @Test
    void refusesTransposedWeights() throws IOException {
        writeMatrix("weights", weights, D, K);
        assertRefused(
                "weights",
                "expected K×d with d = 4 as in " + path("features")
                        + ", found 4×3, which looks transposed if there are 3 classes (save weights.T)");
    }

    @Test
    void refusesFeaturesOfAnotherDimension() throws IOException {
        writeMatrix("features", Seeded.of(3).gaussian(N * 5, 1), N, 5);
        assertRefused("weights", "expected K×d with d = 5 as in " + path("features") + ", found 3×4");
    }

    @Test
    void refusesLabelsInPlaceOfFeatures() throws IOException {
        IOException refused = assertThrows(InputException.class, () -> open("labels", "features", null));
        assertMessage(
                refused,
                path("features")
                        + ": expected a vector of class numbers, found 12×4 (if one-hot, save labels.argmax(1))");
    }

    @Test
    void refusesFeaturesOfMoreDimensions() throws IOException {
        String file = Files.readString(path("features"), StandardCharsets.ISO_8859_1);
        Files.writeString(path("features"), file.replace("(12, 4)", "(3,4,4)"), StandardCharsets.ISO_8859_1);
        FormatException refused = assertThrows(FormatException.class, this::read);
        assertEquals("(3, 4, 4)", refused.found());
        assertEquals(path("features").toString(), refused.file());
    }

    @ParameterizedTest
    @CsvSource({"11", "13", "4"})
    void refusesLabelsOfAnotherLength(int length) throws IOException {
        writeLabels(new long[length]);
        String hint = length == D ? "; " + path("features") + " (12×4) looks transposed (save features.T)" : "";
        assertRefused(
                "labels",
                "expected a label for each of the 12 rows of " + path("features") + ", found " + length + hint);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 4, 255, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 32) + 1})
    void refusesLabelsOutOfRange(long label) throws IOException {
        labels[5] = label;
        writeLabels(labels);
        assertRefused("labels", "label 5: expected 0…2 for 3 classes, found " + label);
    }

    @Test
    void refusesLabelsFromOne() throws IOException {
        for (int i = 0; i < N; i++) {
            labels[i]++;
        }
        writeLabels(labels);
        assertRefused("labels", "label 2: expected 0…2 for 3 classes, found 3 (labels count from 0)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT32", "FLOAT64"})
    void refusesFloatLabels(NpyWriter.Type type) throws IOException {
        new NpyWriter(type).writeVector(path("labels"), new double[N]);
        FormatException refused = assertThrows(FormatException.class, this::read);
        assertMessage(
                refused,
                path("labels")
                        + ": descr: expected integers or booleans (convert with .astype(np.int64)), found floats, '"
                        + (type == NpyWriter.Type.FLOAT32 ? "<f4" : "<f8") + "' (at byte offset 10)");
    }

    @Test
    void refusesOneHotLabels() throws IOException {
        writeMatrix("labels", new double[N * K], N, K);
        assertRefused("labels", "expected a vector of class numbers, found 12×3 (if one-hot, save labels.argmax(1))");
    }

    @Test
    void refusesAClassWithoutSamples() throws IOException {
        for (int i = 0; i < N; i++) {
            labels[i] = i % 2 == 0 ? 0 : 2;
        }
        writeLabels(labels);
        LastLayer layer = read();
        assertEquals(
                "expected at least one sample of each of the 3 classes, found none of class 1",
                assertThrows(EmptyClassException.class, () -> analyze(layer)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"weights, 6, NaN, 'row 1, column 2'", "weights, 0, Infinity, 'row 0, column 0'", "bias, 2, NaN, entry 2"
    })
    void refusesNonFiniteWeightsAndBias(String array, int index, double value, String where) throws IOException {
        (array.equals("bias") ? bias : weights)[index] = value;
        writeMatrix("weights", weights, K, D);
        writeVector("bias", bias);
        assertRefused(array, where + ": expected a finite number, found " + value);
    }

    /** Features are too many to be checked in advance: bad ones are refused by row and column when streamed. */
    @ParameterizedTest
    @CsvSource({"0, 0, NaN", "7, 2, Infinity", "11, 3, -Infinity"})
    void featuresThatAreNotFiniteAreRefused(int row, int column, double value) throws IOException {
        features[row * D + column] = value;
        writeMatrix("features", features, N, D);
        assertRefused(
                "features", "row %d, column %d: expected a finite number, found %s".formatted(row, column, value));
    }

    @Test
    void refusesABiasOfAnotherLength() throws IOException {
        writeVector("bias", new double[K + 1]);
        assertRefused("bias", "expected 3 entries, one per row of the weights, found 4");
    }

    @Test
    void refusesABiasOfTwoDimensions() throws IOException {
        writeMatrix("bias", bias, 1, K);
        FormatException refused = assertThrows(FormatException.class, this::read);
        assertEquals(path("bias").toString(), refused.file());
        assertEquals("1 dimension (use .ravel())", refused.expected());
    }

    @Test
    void refusesEmptyArrays() throws IOException {
        writeMatrix("features", new double[0], 0, D);
        writeLabels(new long[0]);
        assertRefused("features", "expected at least one sample, found none");
        writeMatrix("features", features, N, D);
        writeMatrix("weights", new double[0], 0, D);
        assertRefused("weights", "expected at least one row and column, found 0×4");
    }

    private LastLayer read() throws IOException {
        return open("features", "labels", "bias");
    }

    private LastLayer open(String features, String labels, @Nullable String bias) throws IOException {
        LastLayerFiles parameters = LastLayerFiles.open(
                path("weights").toString(), bias == null ? null : path(bias).toString(), FileName::path);
        SampleRequest request =
                SampleRequest.of(path(features).toString(), path(labels).toString());
        SampleSource samples =
                new SampleFiles(InputStream.nullInputStream()).open(request.withClasses(parameters.classes()));
        return parameters.layer(SamplePasses.of(samples), request.features());
    }

    private static LastLayerCertificate analyze(LastLayer layer) {
        return new LastLayerAnalysis(LastLayerAnalysis.Options.of(new CrossEntropy()), SolveListener.SILENT)
                .analyze(layer);
    }

    /** While it is opened, or while its samples are streamed. */
    private void assertRefused(String array, String why) {
        IOException refused = assertThrows(InputException.class, () -> {
            try {
                analyze(read());
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
        assertMessage(refused, path(array) + ": " + why);
    }

    private static void assertMessage(IOException refused, String message) {
        assertEquals(message, refused.getMessage());
        assertEquals(1, message.lines().count());
    }

    private Path path(String array) {
        return directory.resolve(array + ".npy");
    }

    private void writeMatrix(String array, double[] values, int rows, int columns) throws IOException {
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(path(array), values, rows, columns, NpyWriter.Layout.ROW_MAJOR);
    }

    private void writeVector(String array, double[] values) throws IOException {
        new NpyWriter(NpyWriter.Type.FLOAT64).writeVector(path(array), values);
    }

    private void writeLabels(long[] values) throws IOException {
        NpyWriter.writeLabels(path("labels"), values);
    }
}
