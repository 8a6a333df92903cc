package io.github.collapse4j.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.extract.Extraction;
import io.github.collapse4j.io.extract.FeatureExtraction;
import io.github.collapse4j.io.extract.ModelFiles;
import io.github.collapse4j.io.extract.TrainedModel;
import io.github.collapse4j.io.input.InputFiles;
import io.github.collapse4j.io.input.InputRequest;
import io.github.collapse4j.io.input.ModelInputs;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.testkit.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The models that the reader of heads is tested on (generate_onnx_golden.py): what it finds there, ONNX Runtime runs. */
class OnnxFormatTest {
    private static final Path MODELS = Path.of("../collapse4j-io/src/test/resources/onnx");
    private static final int SAMPLES = 7;

    @TempDir
    private Path folder;

    /** Written for the reader alone: an output of the wrong type, and a bias for another number of samples. */
    private static final Set<String> NOT_TO_RUN = Set.of("label-and-probability.onnx", "gemm-batch-bias.onnx");

    static Stream<String> models() throws IOException {
        return names().filter(name -> !isRefused(name) && !NOT_TO_RUN.contains(name));
    }

    static Stream<String> refused() throws IOException {
        return names().filter(OnnxFormatTest::isRefused);
    }

    private static boolean isRefused(String name) {
        return name.startsWith("refused-") || name.equals("two-heads.onnx");
    }

    private static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(MODELS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".onnx"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** Each logit is compared with W·h + b in the extraction itself, up to round-off. */
    @ParameterizedTest
    @MethodSource("models")
    void theHeadMakesTheLogitsOfTheModel(String name) throws IOException {
        try (TrainedModel model = ModelFiles.open(MODELS.resolve(name).toString())) {
            int[] sample = model.input().sample();
            int size = Arrays.stream(sample).map(length -> Math.max(1, length)).reduce(1, (a, b) -> a * b);
            double[] values = Seeded.of(5).gaussian(SAMPLES * size, 1);
            if (model.input().type().isIntegral()) {
                Arrays.setAll(values, i -> Math.floor(Math.abs(values[i])));
            }
            Path file = folder.resolve("x.npy");
            new NpyWriter(NpyWriter.Type.FLOAT64).writeMatrix(file, values, SAMPLES, size, NpyWriter.Layout.ROW_MAJOR);
            try (ModelInputs inputs = InputFiles.open(InputRequest.of(file.toString()), model.input())) {
                Extraction extraction = new FeatureExtraction(
                                name, model, inputs, Optional.empty(), OptionalInt.empty(), 2)
                        .into(folder.resolve("out"), (done, all) -> {});
                assertEquals(SAMPLES, extraction.samples());
                assertTrue(extraction.largestLogit() > 0, name);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesInOneLine(String name) {
        IOException e = assertThrows(
                IOException.class,
                () -> ModelFiles.open(MODELS.resolve(name).toString()).close());
        assertTrue(String.valueOf(e.getMessage()).contains(name), e.getMessage());
        assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e.getMessage());
    }

    @Test
    void saysWhichParametersAreMissing() throws IOException {
        Path copy = Files.copy(MODELS.resolve("external.onnx"), folder.resolve("external.onnx"));
        IOException e = assertThrows(IOException.class, () -> ModelFiles.open(copy.toString()));
        assertTrue(String.valueOf(e.getMessage()).contains("external.bin"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"damaged.onnx", "model.pt", "model"})
    void refusesOtherFiles(String name) throws IOException {
        Path file = Files.write(folder.resolve(name), new byte[] {1, 2, 3});
        IOException e = assertThrows(IOException.class, () -> ModelFiles.open(file.toString()));
        assertTrue(String.valueOf(e.getMessage()).startsWith(file.toString()), e.getMessage());
    }

    @Test
    void appendsOutputsAsProtobufMergesThem() throws IOException {
        Path file = Files.write(folder.resolve("m"), new byte[] {9});
        String name = "n".repeat(200);
        ModelBytes bytes = ModelBytes.read(file, List.of("ab", name));
        byte[] found = new byte[bytes.buffer().remaining()];
        bytes.buffer().get(found);
        byte[] first = {9, 0x3a, 6, 0x62, 4, 0x0a, 2, 'a', 'b'};
        assertArrayEquals(first, Arrays.copyOf(found, first.length));
        // 200 is c8 01; each level adds a tag and two bytes of length
        byte[] second = {0x3a, (byte) 0xce, 1, 0x62, (byte) 0xcb, 1, 0x0a, (byte) 0xc8, 1, 'n'};
        assertArrayEquals(second, Arrays.copyOfRange(found, first.length, first.length + second.length));
        assertEquals(first.length + 9 + 200, found.length);
    }
}
