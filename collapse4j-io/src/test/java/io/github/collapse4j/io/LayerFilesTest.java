package io.github.collapse4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.io.npy.NpzWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles assigned to the arrays of one folder or archive: 6 samples of 3 classes in 4 dimensions. */
class LayerFilesTest {
    private static final String FEATURES = "6x4";
    private static final String LABELS = "labels";
    private static final String WEIGHTS = "3x4";
    private static final String BIAS = "3";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "features, labels, weights, bias",
        "h, y, W, b",
        "H, targets, fc.weight, fc.bias",
        "X, Y, w, B",
        "feats, label, classifier.weight, classifier.bias",
        "embeddings, target, module.head.weight, module.head.bias",
        "arr_0, arr_1, arr_2, arr_3"
    })
    void findsEverythingInAnArchiveAndAFolder(String h, String y, String w, String b) throws IOException {
        String[] arrays = {h, FEATURES, y, LABELS, w, WEIGHTS, b, BIAS};
        String archive = npz("run", arrays);
        assertTaken(archive + ":", h, y, w, b, find(archive));
        folder("run", arrays);
        LayerFiles found = find(directory.resolve("run").toString());
        String folder = directory.resolve("run") + "/";
        assertEquals(folder + h + ".npy", found.features());
        assertEquals(folder + y + ".npy", found.labels());
        assertEquals(Optional.of(folder + w + ".npy"), found.weights());
        assertEquals(Optional.of(folder + b + ".npy"), found.bias());
    }

    /** The usual name of weights does not hide the BatchNorm after them. */
    @Test
    void foldsABatchNormAfterWeightsOfAUsualName() throws IOException {
        Path file = folderWithABatchNorm();
        LayerFiles found = find(directory.resolve("run").toString());
        assertEquals(Optional.of(file + ":fc.weight"), found.weights());
        assertEquals(Optional.empty(), found.bias());
        assertTrue(found.description().contains("norm (BatchNorm, ε = 1e-5) folded in"), found.description());
    }

    /** Weights with a BatchNorm folded in have a bias; those named with a bias are taken as they are. */
    @Test
    void saysWhatIsTakenWithABiasOfItsOwn() throws IOException {
        Path file = folderWithABatchNorm();
        String run = directory.resolve("run").toString();
        String bias = file + ":fc.bias";
        String message = assertThrows(
                        InputException.class, () -> LayerFiles.find(run, new LayerFiles.Given(null, null, bias)))
                .getMessage();
        assertEquals(
                file
                        + ":fc.weight: expected no --bias, since there is one in fc.weight (3×4), fc.bias, norm (BatchNorm,"
                        + " ε = 1e-5) folded in, found --bias " + bias,
                message);
        LayerFiles named = LayerFiles.find(run, new LayerFiles.Given(null, file + ":fc.weight", bias));
        assertEquals(Optional.of(bias), named.bias());
        assertTrue(
                named.description().endsWith("weights = " + file + ":fc.weight (3×4), bias = " + bias + " (3)"),
                named.description());
    }

    private Path folderWithABatchNorm() throws IOException {
        folder("run", "features", FEATURES, "labels", LABELS);
        String header = "{\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[3,4],\"data_offsets\":[0,48]},"
                + "\"fc.bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[48,60]},"
                + "\"norm.running_mean\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[60,72]},"
                + "\"norm.running_var\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[72,84]}}";
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Path file = directory.resolve("run").resolve("model.safetensors");
        Files.write(
                file,
                ByteBuffer.allocate(8 + json.length + 84)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .array());
        return file;
    }

    @Test
    void findsEverythingInSafetensors() throws IOException {
        Path file = directory.resolve("run.safetensors");
        String header = "{\"h\":{\"dtype\":\"F32\",\"shape\":[6,4],\"data_offsets\":[0,96]},"
                + "\"y\":{\"dtype\":\"I64\",\"shape\":[6],\"data_offsets\":[96,144]},"
                + "\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[3,4],\"data_offsets\":[144,192]}}";
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Files.write(
                file,
                ByteBuffer.allocate(8 + json.length + 192)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(json.length)
                        .put(json)
                        .array());
        LayerFiles found = find(file.toString());
        assertEquals(
                file + ": features = h (6×4), labels = y (6), weights = fc.weight (3×4), no bias", found.description());
        assertEquals(Optional.of(file + ":fc.weight"), found.weights());
    }

    @Test
    void reportsRolesDecidedByShape() throws IOException {
        String file = npz("run", "one", FEATURES, "two", LABELS, "three", WEIGHTS);
        assertEquals(
                file + ": features = one (6×4) by shape, labels = two (6) by shape, weights = three (3×4) by shape,"
                        + " no bias",
                find(file).description());
    }

    /**
     * An additional test set, as written by {@code train --out}, is neither weights nor a candidate for the features.
     */
    @Test
    void ignoresOtherArrays() throws IOException {
        String file = npz(
                "run",
                "features",
                FEATURES,
                "labels",
                LABELS,
                "weights",
                WEIGHTS,
                "test_features",
                "3x4",
                "test_labels",
                "labels",
                "means",
                "3x4",
                "counts",
                "3");
        assertTaken(file + ":", "features", "labels", "weights", null, find(file, null, null, LayerFiles.NO_BIAS));
        String without = npz("without", "features", FEATURES, "labels", LABELS, "test_features", "5x4");
        assertEquals(
                without + ": features = features (6×4), labels = labels (6), no weights",
                find(without).description());
    }

    @Test
    void ownNamesTakePrecedence() throws IOException {
        String file = npz("run", "features", FEATURES, "h", "6x4", "labels", LABELS, "y", LABELS, "W", WEIGHTS);
        assertTaken(file + ":", "features", "labels", "W", null, find(file));
    }

    @Test
    void shapesDecideBetweenAliases() throws IOException {
        String file = npz(
                "run",
                "h",
                FEATURES,
                "x",
                "9x4",
                "y",
                LABELS,
                "fc.weight",
                "7x5",
                "head.weight",
                WEIGHTS,
                "fc.bias",
                "7",
                "head.bias",
                BIAS);
        assertTaken(file + ":", "h", "y", "head.weight", "head.bias", find(file));
    }

    /** A PyTorch layer without a matching bias name has no bias. */
    @Test
    void ignoresTheBiasOfAnotherLayer() throws IOException {
        String file = npz("run", "h", FEATURES, "y", LABELS, "fc.weight", WEIGHTS, "conv.bias", BIAS);
        assertEquals(Optional.empty(), find(file).bias());
    }

    @Test
    void refusesAmbiguity() throws IOException {
        String weights = npz("weights", "h", FEATURES, "y", LABELS, "p", WEIGHTS, "q", WEIGHTS);
        assertRefused(
                weights + ": expected one array of weights (K×d), found p (3×4), q (3×4): name them with --weights",
                weights);
        assertTaken(weights + ":", "h", "y", "q", null, find(weights, null, weights + ":q", null));
        String features = npz("features", "a", FEATURES, "c", "6x5", "y", LABELS);
        assertRefused(
                features + ": expected one array of features (N×d), found a (6×4), c (6×5): name FEATURES and LABELS",
                features);
        String labels = npz("labels", "h", FEATURES, "a", LABELS, "c", LABELS);
        assertRefused(
                labels + ": expected one array of labels (N integers), found a (6), c (6): name FEATURES and LABELS",
                labels);
        String bias = npz("bias", "h", FEATURES, "y", LABELS, "W", WEIGHTS, "accuracy", BIAS, "a", BIAS);
        assertRefused(
                bias
                        + ": expected one array of bias (K numbers), found a (3), accuracy (3): name it with --bias, or give"
                        + " --bias none",
                bias);
        assertEquals(
                Optional.of(bias + ":a"), find(bias, null, null, bias + ":a").bias());
        assertEquals(
                Optional.empty(), find(bias, null, null, LayerFiles.NO_BIAS).bias());
    }

    /** Known weights identify the features by their dimension. */
    @Test
    void weightsSelectTheFeatures() throws IOException {
        String file = npz("run", "layer3", "6x5", "layer4", FEATURES, "y", LABELS, "W", WEIGHTS);
        assertTaken(file + ":", "layer4", "y", "W", null, find(file));
    }

    @Test
    void reportsMissingParts() throws IOException {
        String labels = npz("labels", "h", FEATURES, "W", WEIGHTS);
        assertRefused(
                labels + ": expected labels (N integers) beside h (6×4), found none among W (3×4), h (6×4)", labels);
        String features = npz("features", "y", LABELS, "W", WEIGHTS);
        assertRefused(features + ": expected features (N×d) beside y (6), found none among W (3×4), y (6)", features);
        String weights = npz("weights", "h", FEATURES, "y", LABELS);
        assertEquals(
                weights
                        + ": expected weights (K×d) too, found features = h (6×4), labels = y (6), no weights: name them"
                        + " with --weights",
                assertThrows(InputException.class, () -> find(weights).requiredWeights())
                        .getMessage());
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertRefused(empty + ": expected features (N×d), found no arrays", empty.toString());
        String nowhere = directory.resolve("nowhere.npz").toString();
        assertRefused(nowhere + ": no such file", nowhere);
    }

    @Test
    void labelsMayBeInTheParentFolder() throws IOException {
        folder("run", "labels", LABELS);
        folder("run/epoch1", "features", FEATURES, "weights", WEIGHTS);
        LayerFiles found = find(directory.resolve("run/epoch1").toString());
        assertEquals(directory.resolve("run/labels.npy").toString(), found.labels());
        assertTrue(found.description().contains("labels = ../labels.npy (6)"), found.description());
    }

    @Test
    void archivesInAFolderAreSearched() throws IOException {
        folder("run", "features", FEATURES, "labels", LABELS);
        npz("run/model", "fc.weight", WEIGHTS, "conv.weight", "9x9");
        LayerFiles found = find(directory.resolve("run").toString());
        assertEquals(Optional.of(directory.resolve("run/model.npz") + ":fc.weight"), found.weights());
    }

    @Test
    void skipsUnreadableArraysWithUnknownNames() throws IOException {
        folder("run", "features", FEATURES, "labels", LABELS);
        Files.writeString(directory.resolve("run/notes.npy"), "no array");
        assertEquals(Optional.empty(), find(directory.resolve("run").toString()).weights());
        Files.writeString(directory.resolve("run/weights.npy"), "no array");
        assertThrows(FormatException.class, () -> find(directory.resolve("run").toString()));
    }

    @Test
    void aPlaceIsAFolderOrAnArchiveWithoutArrayName() throws IOException {
        assertTrue(LayerFiles.isPlace(directory.toString(), "labels.npy"));
        assertTrue(LayerFiles.isPlace("run.npz", null));
        assertTrue(LayerFiles.isPlace("run.safetensors", null));
        assertEquals(false, LayerFiles.isPlace("run.npz", "labels.npy"));
        assertEquals(false, LayerFiles.isPlace("run.npz:h", null));
        assertEquals(false, LayerFiles.isPlace("features.npy", null));
        assertEquals(false, LayerFiles.isPlace("features.csv", null));
    }

    private static LayerFiles find(String place) throws IOException {
        return find(place, null, null, null);
    }

    private static LayerFiles find(
            String place, @Nullable String labels, @Nullable String weights, @Nullable String bias) throws IOException {
        return LayerFiles.find(place, new LayerFiles.Given(labels, weights, bias));
    }

    private static void assertTaken(
            String prefix, String features, String labels, String weights, @Nullable String bias, LayerFiles found) {
        assertEquals(prefix + features, found.features());
        assertEquals(prefix + labels, found.labels());
        assertEquals(Optional.of(prefix + weights), found.weights());
        assertEquals(Optional.ofNullable(bias).map(name -> prefix + name), found.bias());
    }

    private static void assertRefused(String message, String place) {
        assertEquals(
                message, assertThrows(InputException.class, () -> find(place)).getMessage());
    }

    /** Writes arrays, each with a name and a shape. */
    private String npz(String name, String... arrays) throws IOException {
        Path file = directory.resolve(name + ".npz");
        try (NpzWriter writer = NpzWriter.create(file, NpzWriter.Packing.STORED)) {
            for (int i = 0; i < arrays.length; i += 2) {
                int[] shape = shape(arrays[i + 1]);
                if (arrays[i + 1].equals(LABELS)) {
                    writer.addLabels(arrays[i], new long[] {0, 1, 2, 0, 1, 2});
                } else if (shape.length == 1) {
                    writer.addVector(arrays[i], NpyWriter.Type.FLOAT64, new double[shape[0]]);
                } else {
                    writer.addMatrix(
                            arrays[i],
                            NpyWriter.Type.FLOAT64,
                            new double[shape[0] * shape[1]],
                            shape[0],
                            shape[1],
                            NpyWriter.Layout.ROW_MAJOR);
                }
            }
            writer.commit();
        }
        return file.toString();
    }

    private void folder(String name, String... arrays) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(name));
        NpyWriter writer = new NpyWriter(NpyWriter.Type.FLOAT32);
        for (int i = 0; i < arrays.length; i += 2) {
            Path file = folder.resolve(arrays[i] + ".npy");
            int[] shape = shape(arrays[i + 1]);
            if (arrays[i + 1].equals(LABELS)) {
                NpyWriter.writeLabels(file, new long[] {0, 1, 2, 0, 1, 2});
            } else if (shape.length == 1) {
                writer.writeVector(file, new double[shape[0]]);
            } else {
                writer.writeMatrix(
                        file, new double[shape[0] * shape[1]], shape[0], shape[1], NpyWriter.Layout.ROW_MAJOR);
            }
        }
    }

    private static int[] shape(String text) {
        List<Integer> lengths = new ArrayList<>();
        for (String length : text.equals(LABELS) ? new String[] {"6"} : text.split("x", -1)) {
            lengths.add(Integer.parseInt(length));
        }
        return lengths.stream().mapToInt(Integer::intValue).toArray();
    }
}
