package io.github.collapse4j.io.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.Resource;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.linalg.Matrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that other programs wrote (generate_onnx_golden.py), and two made by others. */
class OnnxModelTest {
    private static final double[] BIAS = {0.5, -1, 2};

    /** A few roundings in single precision of entries up to 11. */
    private static final double TOLERANCE = 11 * 4 * 0x1p-24;

    @TempDir
    private Path directory;

    private OnnxHead head(String name, String choice) throws IOException {
        Path file = Resource.copy("onnx/" + name + ".onnx", directory);
        try (OnnxModel model = OnnxModel.open(file, name)) {
            return model.onnxHead(choice);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gemm, h, z, 'fc.weight (3×4), fc.bias'",
        "softmax, h, z, 'fc.weight (3×4), fc.bias'",
        "log-softmax, h, z, 'fc.weight (3×4), fc.bias'",
        "gemm-kd-scaled, h, y, 'w (3×4), c'",
        "gemm-batch-bias, h, y, 'fc.weight (3×4), c'",
        "matmul, h, y, 'kernel (3×4), c'",
        "matmul-bias-first, h, y, 'kernel (3×4), c'",
        "gemm-weights-first, h, y, 'fc.weight (3×4), c'",
        "reshaped-listed-inputs, h, p, 'kernel (3×4), c'",
        "constants, h, y, 'w/0:k (3×4), b/0:k'",
        "integer-input, h, z, 'fc.weight (3×4), fc.bias'",
        "written-softmax, h, z, 'fc.weight (3×4), fc.bias'",
        "written-log-softmax, h, z, 'fc.weight (3×4), fc.bias'",
        "written-with-reciprocal, h, z, 'fc.weight (3×4), fc.bias'",
        "batchnorm, h, y, 'v (3×4), c, g (BatchNormalization) folded in'",
        "scaled, h, y, 'kernel (3×4), two folded in, c folded in'",
        "convolution, h, c, 'k (3×4), fc.bias'",
        "clipped-softmax, h, z, 'fc.weight (3×4), fc.bias'",
        "at-least-softmax, h, z, 'fc.weight (3×4), fc.bias'",
        "exp-of-log-softmax, h, z, 'fc.weight (3×4), fc.bias'",
        "clipped-logits, h, z, 'fc.weight (3×4), fc.bias'",
        "expanded-softmax, h, z, 'fc.weight (3×4), fc.bias'",
        "stacked-kernel, u, y, 'kernel (3×4), fc.bias'",
        "convolved-vector, p, c, 'k (3×4), fc.bias'",
        "embedding-and-logits, h, z, 'fc.weight (3×4), fc.bias'",
        "label-and-probability, h, z, 'fc.weight (3×4), fc.bias'",
        "centred-logits, h, z, 'fc.weight (3×4), fc.bias'",
        "weights-concatenated, h, y, 'w (3×4), fc.bias'",
        "weights-sliced, h, y, 'all (3×4), fc.bias'",
        "weights-gathered, h, y, 'all (3×4), fc.bias'",
        "weights-split, h, y, 'all (3×4), fc.bias'",
        "weights-normalised, h, y, 'w (3×4), fc.bias'",
        "weights-dequantised, h, y, 'k (3×4), fc.bias'",
        "weights-dequantised-kd, h, y, 'k (3×4), fc.bias'",
        "weights-of-low-rank, h, y, 'w (3×4), fc.bias'",
        "weights-permuted, h, y, 'v (3×4), fc.bias'",
        "weights-of-unit-length, h, y, 'w (3×4), fc.bias'",
        "bias-of-zeros, h, y, 'fc.weight (3×4), c'",
        "einsum, h, y, 'fc.weight (3×4), fc.bias'",
        "einsum-kd, h, y, 'kernel (3×4), fc.bias'",
        "negated, h, y, 'w (3×4), c, Neg folded in'",
        "gathered-classes, h, g, 'w (5×4), c, 3 classes by Gather'",
        "sliced-classes, h, y, 'w (5×4), c, 3 classes by Slice'",
        "split-classes, h, y, 'w (6×4), c, 3 classes by Split'",
        "rounded-probabilities, h, z, 'fc.weight (3×4), fc.bias'",
        "labels-alone, h, z, 'fc.weight (3×4), fc.bias'",
        "convolution-channels-last, h, c, 'k (3×4), fc.bias'",
    })
    void findsTheLastLinearMap(String name, String features, String logits, String description) throws IOException {
        OnnxHead head = head(name, "");
        assertEquals(features, head.features());
        assertEquals(logits, head.logits());
        assertEquals(description, head.linear().description());
        assertFalse(head.transposed());
        assertWeights(head);
        assertArrayEquals(BIAS, head.linear().bias().orElseThrow(), TOLERANCE);
        assertEquals(List.of("x"), head.inputs().stream().map(OnnxInput::name).toList());
    }

    private static void assertWeights(OnnxHead head) {
        Matrix w = head.linear().weights();
        assertEquals(3, w.rows());
        assertEquals(4, w.columns());
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(4 * i + j, w.get(i, j), TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"gemm-transposed-features", "matmul-weights-first", "einsum-transposed-features"})
    void saysThatFeaturesAreTransposed(String name) throws IOException {
        OnnxHead head = head(name, "");
        assertEquals("y", head.logits());
        assertTrue(head.transposed());
        assertEquals("t", head.features());
        assertWeights(head);
        assertArrayEquals(BIAS, head.linear().bias().orElseThrow(), TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"fields-float", "fields-double", "fields-float16", "fields-bfloat16"})
    void readsNumbersInFields(String name) throws IOException {
        assertWeights(head(name, ""));
    }

    @Test
    void readsDataBesideTheModel() throws IOException {
        Path data = Resource.copy("onnx/external.bin", directory);
        assertWeights(head("external", ""));
        Files.delete(directory.resolve("external.onnx"));
        Files.write(data, new byte[7]);
        assertTrue(refusal("external").contains("expected 48 bytes, found 7 bytes"), refusal("external"));
    }

    @Test
    void describesTheInput() throws IOException {
        OnnxInput input = head("integer-input", "").inputs().get(0);
        assertEquals(OnnxType.INT32, input.type());
        assertEquals(List.of(OptionalLong.of(1), OptionalLong.of(4)), input.dimensions());
        assertEquals(
                List.of(OptionalLong.empty(), OptionalLong.of(4)),
                head("gemm", "").inputs().get(0).dimensions());
    }

    @Test
    void listsSeveralHeads() throws IOException {
        String message = refusal("two-heads");
        assertTrue(message.contains("z = fc.weight (3×4), fc.bias; y2 = other (5×4)"), message);
    }

    @ParameterizedTest
    @CsvSource({"two-heads, y", "two-heads, z", "two-heads, fc.weight", "constants, w/0:k", "batchnorm, v"})
    void choosesByName(String name, String choice) throws IOException {
        assertWeights(head(name, choice));
    }

    @Test
    void choosesTheOtherOfTwoHeads() throws IOException {
        assertEquals(5, head("two-heads", "other").linear().weights().rows());
    }

    @ParameterizedTest
    @CsvSource({
        "refused-if, 'If, a graph inside the graph, that makes y'",
        "refused-trees, ai.onnx.ml.TreeEnsembleClassifier (no linear map) that makes y",
        "refused-linear-classifier, 'ai.onnx.ml.LinearClassifier (a whole classifier in one operation: its inputs are the features) that makes y'",
        "refused-normalised-scores, ai.onnx.ml.LinearClassifier (a whole classifier",
        "refused-quantised, 'MatMulInteger (a quantised head: export the model before quantisation) that makes i'",
        "refused-activation, Relu that makes y",
        "refused-relu6, Clip that makes y",
        "refused-exp, Exp that makes y",
        "refused-dynamic-weights, made by Relu",
        "refused-quantised-logits, 'DequantizeLinear (a quantised head: export the model before quantisation) that makes y'",
        "refused-tanh, 'found Tanh that makes y, after the linear map that makes z'",
        "refused-round, 'found Round that makes y, after the linear map that makes z'",
        "refused-pooled-logits, 'found ReduceMean that makes y, after the linear map that makes z'",
        "refused-two-kernels, Concat of 2 tensors that depend on the input that makes y",
        "refused-one-class, 'Gather that makes y: expected a choice of two or more of 3 classes, for all samples'",
        "refused-some-samples, 'Slice that makes y: expected a choice of two or more of 3 classes, for all samples'",
        "refused-first-samples, 'found 3 samples to become [2, 3]'",
        "refused-einsum, 'expected an equation such as bd,kd->bk, found bd,kd->b'",
        "refused-einsum-columns, 'a column for each, by Einsum bd,kd->kb that makes y'",
        "refused-shapes, 'Add that makes w: expected shapes that fit, found [3, 4] and [2, 4]'",
        "refused-index, 'Gather that makes w: expected indices of 3, found 3'",
        "refused-growing, that fits into memory",
        "refused-vast, that fits into memory",
        "refused-one-logit, 'found 1×4 (the single logit of a sigmoid'",
        "refused-fused, com.microsoft.FusedMatMul (of ONNX Runtime's optimiser",
        "refused-cycle, a cycle",
        "refused-heads-in-a-cycle, 'one linear map before the outputs, or '",
        "refused-constant-cycle, made by Identity",
        "refused-shape-of-shapes, made by Reshape",
        "refused-dimensions, 'expected lengths from 0, and fewer than 2^63 bytes'",
        "refused-no-classes, 'expected K×d with at least 2 classes, found 0×1099511627776'",
        "refused-column-logits, 'logits with a row for each sample, found a column for each, by MatMul of weights and features'",
        "refused-transposed-logits, 'logits with a row for each sample, found a column for each, by Gemm and Transpose'",
        "refused-row-of-biases, 'constant fc.bias: expected a column of one number for each class, found fc.bias (3)'",
        "refused-missing-numbers, that fits into memory",
        "refused-negative, 'found [-3, -4]'",
        "refused-external-parent, ../secret",
        "refused-external-absolute, /etc/passwd",
    })
    void refusesByName(String name, String found) throws IOException {
        assertTrue(refusal(name).contains(found), refusal(name));
    }

    @Test
    void refusesOtherFiles() throws IOException {
        for (String text : List.of("", "version https://git-lfs.github.com/spec/v1\noid 0", "<!doctype html>")) {
            Path file = Files.writeString(directory.resolve("other.onnx"), text);
            String message = String.valueOf(assertThrows(
                            FormatException.class,
                            () -> OnnxModel.open(file, "other.onnx").onnxHead(""))
                    .getMessage());
            assertTrue(message.startsWith("other.onnx: ") && message.contains("ONNX model"), message);
        }
    }

    /** A chain of twenty thousand operations, and a graph of as many outputs. */
    @Test
    void endsOnLargeGraphs() throws IOException {
        ByteArrayOutputStream nodes = new ByteArrayOutputStream();
        ByteArrayOutputStream outputs = new ByteArrayOutputStream();
        for (int i = 0; i < 20_000; i++) {
            byte[] in = "%06d".formatted(i).getBytes(StandardCharsets.US_ASCII);
            byte[] out = "%06d".formatted(i + 1).getBytes(StandardCharsets.US_ASCII);
            field(nodes, 1, join(bytes(1, in), bytes(2, out), bytes(4, new byte[] {'E', 'x', 'p'})));
            field(outputs, 12, bytes(1, out));
        }
        for (byte[] graph : List.of(nodes.toByteArray(), join(nodes.toByteArray(), outputs.toByteArray()))) {
            Path file = Files.write(directory.resolve("large.onnx"), bytes(7, graph));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThrows(
                            FormatException.class,
                            () -> OnnxModel.open(file, "large").onnxHead("")));
        }
    }

    private static byte[] bytes(int number, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        field(out, number, content);
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] content) {
        out.write(number << 3 | 2);
        int length = content.length;
        while (length >= 128) {
            out.write((length & 127) | 128);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** The values are those of onnx.numpy_helper. */
    @Test
    void readsModelsMadeByOthers() throws IOException {
        Path lenet = Resource.copy("models/cc-lenet-reg.onnx", directory);
        try (OnnxModel model = OnnxModel.open(lenet, "cc")) {
            OnnxHead head = model.onnxHead("");
            assertEquals("head.fc3.weight (10×84), head.fc3.bias", head.linear().description());
            assertEquals("30", head.features());
            assertEquals("31", head.logits());
            assertEquals(-0.05792190507054329, head.linear().weights().get(0, 0));
            assertEquals(-0.056132689118385315, head.linear().weights().get(9, 83));
            assertEquals(0.00665642, head.linear().bias().orElseThrow()[3], 5e-9);
            assertEquals("input_0", head.inputs().get(0).name());
        }
        Path cntk = Resource.copy("models/mnist-cntk.onnx", directory);
        try (OnnxModel model = OnnxModel.open(cntk, "cntk")) {
            OnnxHead head = model.onnxHead("");
            assertEquals("Parameter193 (10×256), Parameter194", head.linear().description());
            assertEquals("Pooling160_Output_0_reshape0", head.features());
            assertEquals("Plus214_Output_0", head.logits());
            assertEquals(0.12143590301275253, head.linear().weights().get(1, 0));
            assertEquals(0.122023805975914, head.linear().weights().get(9, 255));
            assertEquals(-0.04485602676868439, head.linear().bias().orElseThrow()[0]);
            OnnxInput input = head.inputs().get(0);
            assertEquals("Input3", input.name());
            assertEquals(OnnxType.FLOAT, input.type());
            assertEquals(
                    List.of(OptionalLong.of(1), OptionalLong.of(1), OptionalLong.of(28), OptionalLong.of(28)),
                    input.dimensions());
        }
    }

    private String refusal(String name) throws IOException {
        Path file = directory.resolve(name + ".onnx");
        Files.deleteIfExists(file);
        String message = String.valueOf(
                assertThrows(FormatException.class, () -> head(name, "")).getMessage());
        assertEquals(1, message.lines().count(), message);
        return message;
    }
}
