package io.github.collapse4j.io.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.Resource;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.head.LinearHead;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files laid out as by Keras 2 and 3 (generate_keras_golden.py), and two made by others. */
class KerasModelTest {
    private static final double TOLERANCE = 11 * 4 * 0x1p-24;

    @TempDir
    private Path directory;

    private LinearHead head(String resource, String choice) throws IOException {
        Path copied = directory.resolve(Path.of(resource).getFileName());
        Path file = Files.exists(copied) ? copied : Resource.copy(resource, directory);
        try (KerasModel model = KerasModel.open(file, file.getFileName() + "")) {
            return model.head(choice).orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sequential.h5, 'model_weights/a_dense/a_dense/kernel:0 (3×4), model_weights/a_dense/a_dense/bias:0'",
        "functional.h5, 'model_weights/a_dense/a_dense/kernel:0 (3×4), model_weights/a_dense/a_dense/bias:0'",
        "weights-only.h5, 'a_dense/a_dense/kernel:0 (3×4), a_dense/a_dense/bias:0'",
        "named.keras, 'layers/dense_1/vars/0 (3×4), layers/dense_1/vars/1'",
        "counted.keras, '_layer_checkpoint_dependencies/dense_1/vars/0 (3×4), _layer_checkpoint_dependencies/dense_1/vars/1'",
        "batchnorm.h5, 'model_weights/a_dense/a_dense/kernel:0 (3×4), model_weights/a_dense/a_dense/bias:0, bn"
                + " (BatchNormalization) folded in'",
        "rescaling.h5, 'model_weights/a_dense/a_dense/kernel:0 (3×4), model_weights/a_dense/a_dense/bias:0, scaling"
                + " (Rescaling) folded in'",
    })
    void findsTheLastDenseLayer(String name, String description) throws IOException {
        LinearHead head = head("keras/" + name, "");
        assertEquals(description, head.description());
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(4 * i + j, head.weights().get(i, j), TOLERANCE);
            }
        }
        assertArrayEquals(new double[] {0.5, -1, 2}, head.bias().orElseThrow(), TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"z_dense", "model_weights/z_dense/z_dense/kernel:0"})
    void choosesByName(String choice) throws IOException {
        assertEquals(4, head("keras/sequential.h5", choice).weights().rows());
    }

    @Test
    void foldsWhatFollowsAChosenLayerThatIsTheLast() throws IOException {
        LinearHead found = head("keras/batchnorm.h5", "");
        LinearHead chosen = head("keras/batchnorm.h5", "a_dense");
        assertEquals(found.description(), chosen.description());
        assertArrayEquals(found.weights().data(), chosen.weights().data());
        assertEquals(
                "model_weights/a_dense/a_dense/kernel:0 (3×4), model_weights/a_dense/a_dense/bias:0",
                head("keras/refused-lambda.h5", "a_dense").description());
    }

    @ParameterizedTest
    @CsvSource({
        "refused-probabilities.h5, '', activation softmax of 'a_dense'",
        "refused-lambda.h5, '', Lambda 'temperature'",
        "refused-activation.h5, '', activation relu of 'a_dense'",
        "refused-layer.h5, '', LSTM 'a_dense'",
        "refused-epsilon.h5, '', epsilon of 'bn': expected a number",
        "sequential.h5, nothing, 'nothing'",
    })
    void refusesByName(String name, String choice, String found) {
        String message = String.valueOf(assertThrows(FormatException.class, () -> head("keras/" + name, choice))
                .getMessage());
        assertTrue(message.contains(found), message);
        assertEquals(1, message.lines().count(), message);
    }

    /** Files of save_weights: types and shapes decide, or the order of layers of one type. */
    @Test
    void findsTheLastLayerOfWeightsAlone() throws IOException {
        LinearHead head = head("keras/three.weights.h5", "");
        assertEquals("layers/dense_1/vars/0 (3×4), layers/dense_1/vars/1", head.description());
        assertEquals(6, head.weights().get(1, 2));
        assertEquals(
                "layers/dense_2/vars/0 (3×3)",
                head("keras/equal.weights.h5", "").description());
    }

    @ParameterizedTest
    @CsvSource({
        "refused-two.weights.h5, 'expected one last Dense layer, or FILE:LAYER, since weights alone do not tell how layers"
                + " are connected, found layers/dense_1 (5×4), layers/einsum_dense (3×4)'",
        "refused-norm.weights.h5, 'expected no BatchNormalization that may follow layers/dense_1 (3×4), or"
                + " FILE:layers/dense_1 to take that layer as it is, found layers/batch_normalization of as many channels'"
    })
    void refusesWeightsThatDoNotDecide(String name, String found) throws IOException {
        String message = String.valueOf(assertThrows(FormatException.class, () -> head("keras/" + name, ""))
                .getMessage());
        assertTrue(message.contains(found), message);
        for (String choice : List.of("layers/dense_1", "dense_1", "layers/dense_1/vars/0")) {
            String description = head("keras/" + name, choice).description();
            assertTrue(description.startsWith("layers/dense_1/vars/0 ("), description);
        }
    }

    /** The values are those of h5py. */
    @Test
    void readsModelsMadeByOthers() throws IOException {
        LinearHead kilj = head("models/kilj-mnist.h5", "");
        assertEquals(
                "model_weights/dense/dense/kernel:0 (10×1600), model_weights/dense/dense/bias:0", kilj.description());
        assertEquals(0.17451001703739166, kilj.weights().get(1, 0));
        assertEquals(0.044557299464941025, kilj.weights().get(9, 1599));
        assertEquals(-0.046939823776483536, kilj.bias().orElseThrow()[3]);
        LinearHead art = head("models/art-fee.keras", "");
        assertEquals("layers/dense_1/vars/0 (10×4), layers/dense_1/vars/1", art.description());
        assertEquals(-0.12033749905011319, art.weights().get(1, 0));
        assertEquals(-0.0768043389191702, art.bias().orElseThrow()[3]);
    }

    @Test
    void readsOtherFilesOfArrays() throws IOException {
        String file = Resource.copy("keras/arrays.h5", directory).toString();
        try (NumericMatrix features = ArrayFile.open(file + ":features").matrix()) {
            double[] row = new double[4];
            features.readRows(5, 1, row);
            assertArrayEquals(new double[] {20, 21, 22, 23}, row);
        }
        assertEquals(List.of(6L, 4L), ArrayFile.open(file + ":lzf").header().shape());
        assertEquals(List.of(6L), ArrayFile.open(file + ":labels").header().shape());
        try (KerasModel model = KerasModel.open(Path.of(file), file)) {
            assertTrue(model.head("").isEmpty());
            assertTrue(model.head("W").isEmpty());
            assertEquals(List.of("W", "features", "huge", "labels", "lzf"), sorted(model.names()));
        }
        for (String refused : List.of("huge", "names", "elsewhere")) {
            String message =
                    String.valueOf(assertThrows(FormatException.class, () -> ArrayFile.open(file + ":" + refused))
                            .getMessage());
            assertTrue(message.startsWith(file), message);
        }
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().sorted().toList();
    }

    /** Truncations, and changed bytes in the parts that hold structure. */
    @ParameterizedTest
    @CsvSource({"arrays.h5", "sequential.h5", "named.keras"})
    void readsOrRefusesDamagedFiles(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Resource.copy("keras/" + name, directory));
        Random random = new Random(5);
        for (int i = 0; i < 24; i++) {
            byte[] damaged = i < 12 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int j = 0; i >= 12 && j < 3; j++) {
                damaged[random.nextInt(Math.min(damaged.length, 4096))] = (byte) random.nextInt(256);
            }
            read(damaged, name.substring(name.indexOf('.')));
        }
    }

    private static void read(byte[] bytes, String suffix) throws IOException {
        ReaderOracle.checkFile(bytes, suffix, file -> {
            try (KerasModel model = KerasModel.open(file, file.toString())) {
                ReaderOracle.check(() -> model.head(""));
                for (String name : model.names()) {
                    ReaderOracle.check(() -> model.array(name).close());
                }
            }
        });
    }
}
