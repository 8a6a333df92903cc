package io.github.collapse4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last linear map of models of every format. */
class ClassifierSourceTest {
    @TempDir
    private Path directory;

    private static ClassifierSource open(Path file) throws IOException {
        return ClassifierSource.open(file.toString(), null, FileName::path);
    }

    @ParameterizedTest
    @CsvSource({
        "torch/checkpoint.pth.tar, state_dict.module.fc2",
        "torch/checkpoint-legacy.pth.tar, state_dict.module.fc2",
        "torch/nested-legacy.pth, net.module.fc2",
        "torch/parameters.pth, fc2",
    })
    void findsTheHeadOfCheckpoints(String name, String layer) throws IOException {
        Path file = Resource.copy(name, directory);
        ClassifierSource head = open(file);
        assertEquals(
                Optional.of("weights: %1$s.weight (3×6), %1$s.bias of %2$s".formatted(layer, file)),
                head.description());
        Matrix w = head.weights(6, "features");
        assertEquals(3, head.classes());
        for (int i = 0; i < 18; i++) {
            assertEquals(i, w.get(i / 6, i % 6));
        }
        assertArrayEquals(new double[] {0, 1, 2}, head.bias().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "mindmapper.pth, 'fc2.weight (10×128), fc2.bias', 128",
        "cc-lenet-reg.onnx, 'head.fc3.weight (10×84), head.fc3.bias', 84",
        "mnist-cntk.onnx, 'Parameter193 (10×256), Parameter194', 256",
    })
    void findsTheHeadsOfModelsMadeByOthers(String name, String taken, int d) throws IOException {
        ClassifierSource head = open(Resource.copy("models/" + name, directory));
        assertEquals(Optional.of(taken), head.taken());
        assertEquals(10, head.classes());
        assertEquals(d, head.weights(d, "features").columns());
        assertEquals(10, head.bias().orElseThrow().length);
    }

    /** The layers of burn-mnist.safetensors, in the order of its header, with fewer channels. */
    @Test
    void foldsABatchNormIn() throws IOException {
        Path file = safetensors(
                "conv1.weight 8,1,3,3",
                "fc1.bias 4",
                "fc1.weight 4,20",
                "fc2.bias 3",
                "fc2.weight 3,4",
                "norm1.running_mean 8",
                "norm1.running_var 8",
                "norm2.bias 3",
                "norm2.running_mean 3",
                "norm2.running_var 3",
                "norm2.weight 3");
        ClassifierSource head = open(file);
        assertEquals(Optional.of("fc2.weight (3×4), fc2.bias, norm2 (BatchNorm, ε = 1e-5) folded in"), head.taken());
        Matrix w = head.weights(4, "features");
        double[] b = head.bias().orElseThrow();
        for (int k = 0; k < 3; k++) {
            double scale = entry(10, k) / Math.sqrt(entry(9, k) + 1e-5);
            for (int j = 0; j < 4; j++) {
                assertEquals(scale * entry(4, 4 * k + j), w.get(k, j), 4 * Math.ulp(w.get(k, j)));
            }
            double shift = (entry(3, k) - entry(8, k)) * scale + entry(7, k);
            assertEquals(shift, b[k], 8 * Math.ulp(Math.abs(shift) + entry(7, k)));
        }
        InputException refusal = assertThrows(
                InputException.class, () -> ClassifierSource.open(file.toString(), "none", FileName::path));
        assertTrue(String.valueOf(refusal.getMessage()).contains("expected no --bias"), refusal.getMessage());
        ClassifierSource raw = ClassifierSource.open(file + ":fc2.weight", file + ":fc2.bias", FileName::path);
        assertEquals(entry(4, 0), raw.weights(4, "features").get(0, 0));
    }

    @Test
    void refusesABatchNormThatMayBelongToAnotherLayer() throws IOException {
        Path file = safetensors(
                "conv1.weight 3,1,3,3", "bn1.running_mean 3", "bn1.running_var 3", "fc.weight 3,4", "fc.bias 3");
        String message = String.valueOf(
                assertThrows(InputException.class, () -> open(file)).getMessage());
        assertTrue(
                message.contains(
                        "found bn1 and conv1.weight of as many channels: fold it in, or name weights and bias"),
                message);
    }

    @Test
    void listsCandidates() throws IOException {
        Path file = safetensors("age.weight 5,4", "age.bias 5", "sex.weight 2,4", "sex.bias 2");
        String message = String.valueOf(
                assertThrows(InputException.class, () -> open(file)).getMessage());
        assertEquals(
                file + ": expected one last linear layer, or " + file
                        + ":NAME, found age.weight (5×4), sex.weight (2×4)",
                message);
        ClassifierSource named = ClassifierSource.open(file + ":sex.weight", null, FileName::path);
        assertEquals(Optional.of("sex.weight (2×4), sex.bias"), named.taken());
        assertEquals(
                Optional.of("sex.weight (2×4), sex.bias"),
                ClassifierSource.open(file + ":sex", null, FileName::path).taken());
    }

    @ParameterizedTest
    @CsvSource({
        // as many classes as inputs
        "'net.0.weight 8,3|net.2.weight 8,8|net.10.weight 3,8', net.10.weight (3×8)",
        // an embedding is no layer
        "'word_embeddings.weight 50,4|pooler.weight 4,4|classifier.weight 3,4', classifier.weight (3×4)",
        // an auxiliary head
        "'aux.fc.weight 3,6|fc.weight 3,4', fc.weight (3×4)",
        // a 1×1 convolution, where no layer has a matrix
        "'conv.weight 4,3,3,3|cls.weight 3,4,1,1|cls.bias 3', 'cls.weight (3×4), cls.bias'",
        "'conv1.weight 7,3,1,1|fc.weight 3,4', fc.weight (3×4)",
        // adapters of other layers
        "'att.weight 9,9|att.lora_A.weight 2,9|att.lora_B.weight 9,2|fc.weight 3,9', fc.weight (3×9)",
        // moments of an optimiser
        "'optimizer.0.weight 3,4|head.weight 3,4', head.weight (3×4)",
    })
    void decidesByWhatFollows(String layers, String taken) throws IOException {
        assertEquals(Optional.of(taken), open(safetensors(layers.split("\\|"))).taken());
    }

    @ParameterizedTest
    @CsvSource({
        "'body.weight 4,9|fc.weight_g 3,1|fc.weight_v 3,4', 'fc.weight_v (3×4), which weight normalisation scales'",
        "'body.weight 4,9|fc.parametrizations.weight.original0 3,1|fc.parametrizations.weight.original1 3,4',"
                + " 'fc.parametrizations.weight.original1 (3×4), which weight normalisation scales'",
        "'body.weight 4,9|fc.weight 3,4|fc.lora_A.weight 2,4|fc.lora_B.weight 3,2', 'fc.weight (3×4), to which"
                + " fc.lora_A.weight adds'",
    })
    void refusesWeightsThatAreComputedFromOthers(String layers, String found) throws IOException {
        Path file = safetensors(layers.split("\\|"));
        String message = String.valueOf(
                assertThrows(InputException.class, () -> open(file)).getMessage());
        assertTrue(message.contains("expected the weights of the last layer, found " + found), message);
    }

    @Test
    void readsShards() throws IOException {
        safetensors("fc1.weight 4,9", "fc1.bias 4", "fc2.weight 3,4");
        Files.move(directory.resolve("model.safetensors"), directory.resolve("a.safetensors"));
        safetensors("fc2.bias 3");
        Files.move(directory.resolve("model.safetensors"), directory.resolve("b.safetensors"));
        Path index = directory.resolve("model.safetensors.index.json");
        Files.writeString(
                index,
                "{\"metadata\":{},\"weight_map\":{\"fc1.weight\":\"a.safetensors\",\"fc2.weight\":\"a.safetensors\","
                        + "\"fc2.bias\":\"b.safetensors\"}}");
        assertEquals(Optional.of("fc2.weight (3×4), fc2.bias"), open(index).taken());
        for (String hostile : List.of(
                "{\"weight_map\":{\"w\":\"../a.safetensors\"}}",
                "{\"weight_map\":{\"w\":\"none.safetensors\"}}",
                "{\"weight_map\":[1]}",
                "{}",
                "[",
                "[".repeat(100_000))) {
            Files.writeString(index, hostile);
            String message = String.valueOf(
                    assertThrows(IOException.class, () -> open(index)).getMessage());
            assertTrue(message.startsWith(index + ": ") && message.lines().count() == 1, message);
        }
    }

    @Test
    void findsAModelBesideFeatures() throws IOException {
        Path features = Resource.copy("torch/run.pt", directory);
        Path model = safetensors("fc1.weight 4,9", "fc1.bias 4", "out.weight 3,4", "out.bias 3");
        LayerFiles found = LayerFiles.find(directory.toString(), new LayerFiles.Given(null, null, null));
        assertEquals(
                directory + ": features = run.pt:features (6×4), labels = run.pt:labels (6), weights ="
                        + " model.safetensors: out.weight (3×4), out.bias",
                found.description());
        assertEquals(Optional.of(model.toString()), found.weights());
        LayerFiles given =
                LayerFiles.find(features.toString(), new LayerFiles.Given(null, model + ":out", LayerFiles.NO_BIAS));
        assertEquals(Optional.of(LayerFiles.NO_BIAS), given.bias());
        assertTrue(given.description().endsWith("out.weight (3×4), out.bias, no bias"), given.description());
    }

    @Test
    void namesTheModelWhoseDimensionDiffers() throws IOException {
        Path file = safetensors("fc.weight 3,4", "fc.bias 3");
        String message = String.valueOf(
                assertThrows(InputException.class, () -> open(file).weights(5, "h.npy"))
                        .getMessage());
        assertEquals(file + ": expected K×d with d = 5 as in h.npy, found fc.weight (3×4), fc.bias", message);
    }

    /** Entry i of the tensor of that position; exact in single precision. */
    private static double entry(int tensor, int i) {
        return 1 + tensor + i / 16.0;
    }

    /** Writes tensors given as name and shape. */
    private Path safetensors(String... tensors) throws IOException {
        StringBuilder json = new StringBuilder("{");
        ByteBuffer data = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int t = 0; t < tensors.length; t++) {
            List<String> parts = List.of(tensors[t].split(" "));
            int count = Arrays.stream(parts.get(1).split(","))
                    .mapToInt(Integer::parseInt)
                    .reduce(1, (a, b) -> a * b);
            int start = data.position();
            for (int i = 0; i < count; i++) {
                data.putFloat((float) entry(t, i));
            }
            json.append(t > 0 ? "," : "")
                    .append("\"%s\":{\"dtype\":\"F32\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                            .formatted(parts.get(0), parts.get(1), start, data.position()));
        }
        byte[] header = json.append("}").toString().getBytes(StandardCharsets.UTF_8);
        Path file = directory.resolve("model.safetensors");
        Files.write(
                file,
                ByteBuffer.allocate(8 + header.length + data.position())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .put(header)
                        .put(data.array(), 0, data.position())
                        .array());
        return file;
    }
}
