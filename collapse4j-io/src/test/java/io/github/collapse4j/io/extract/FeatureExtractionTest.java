package io.github.collapse4j.io.extract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.input.InputFiles;
import io.github.collapse4j.io.input.InputRequest;
import io.github.collapse4j.io.input.ModelInputs;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.testkit.Seeded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureExtractionTest {
    private static final int SAMPLES = 1003;

    @TempDir
    private Path folder;

    private final double[] values = Seeded.of(3).gaussian(2 * SAMPLES, 1);
    private final int[] labels = new int[SAMPLES];
    private long right;

    @BeforeEach
    void write() throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) values[i];
        }
        for (int i = 0; i < SAMPLES; i++) {
            labels[i] = i % 10 == 0 ? 0 : values[2 * i + 1] > values[2 * i] ? 1 : 0;
            right += labels[i] == (values[2 * i + 1] > values[2 * i] ? 1 : 0) ? 1 : 0;
        }
        new NpyWriter(NpyWriter.Type.FLOAT32)
                .writeMatrix(folder.resolve("x.npy"), values, SAMPLES, 2, NpyWriter.Layout.ROW_MAJOR);
    }

    private ModelInputs inputs(TrainedModel model) throws IOException {
        return InputFiles.open(InputRequest.of(folder.resolve("x.npy").toString()), model.input());
    }

    private Extraction extract(TrainedModel model, OptionalInt batch, int threads) throws IOException {
        try (ModelInputs inputs = inputs(model)) {
            return new FeatureExtraction("fake", model, inputs, Optional.of(labels), batch, threads, Duration.ZERO)
                    .into(folder.resolve("out"), (done, all) -> assertTrue(done <= all));
        }
    }

    private double[] features() throws IOException {
        try (NumericArray array =
                ArrayFile.open(folder.resolve("out/features.npy").toString())) {
            double[] found = new double[2 * SAMPLES];
            assertEquals(SAMPLES, array.matrix().rows());
            array.matrix().readRows(0, SAMPLES, found);
            return found;
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 32, 1", "0, 1, 3", "0, 5000, 2", "1, 0, 2", "10, 0, 4", "64, 0, 1", "1003, 0, 2", "2000, 0, 2"})
    void writesEverySampleInOrderWhateverTheBatch(int fixed, int batch, int threads) throws IOException {
        Extraction extraction =
                extract(new FakeModel(fixed), batch == 0 ? OptionalInt.empty() : OptionalInt.of(batch), threads);
        assertArrayEquals(values, features());
        assertEquals(OptionalLong.of(right), extraction.correct());
        assertEquals(SAMPLES, extraction.samples());
        assertEquals(0, extraction.resumedAt());
        try (NumericArray found =
                ArrayFile.open(folder.resolve("out/labels.npy").toString())) {
            long[] read = new long[SAMPLES];
            found.vector().readLongs(0, SAMPLES, read);
            for (int i = 0; i < SAMPLES; i++) {
                assertEquals(labels[i], read[i]);
            }
        }
        try (var files = Files.list(folder.resolve("out"))) {
            assertEquals(4, files.count());
        }
    }

    /** Fails once so many runs are done. */
    private static final class Failing extends FakeModel {
        private final int after;

        Failing(int after) {
            super(1);
            this.after = after;
        }

        @Override
        public Outputs run(ByteBuffer samples, long[] shape) throws IOException {
            if (runs.get() > after) {
                throw new IOException("the power failed");
            }
            return super.run(samples, shape);
        }
    }

    @Test
    void continuesWhereItWas() throws IOException {
        Failing failing = new Failing(600);
        assertThrows(IOException.class, () -> extract(failing, OptionalInt.empty(), 1));
        assertFalse(Files.exists(folder.resolve("out/features.npy")));
        FakeModel model = new FakeModel(1);
        Extraction extraction = extract(model, OptionalInt.empty(), 1);
        assertTrue(extraction.resumedAt() > 100, "resumed at " + extraction.resumedAt());
        assertEquals(SAMPLES - extraction.resumedAt(), model.runs.get());
        assertArrayEquals(values, features());
        assertEquals(OptionalLong.of(right), extraction.correct());
    }

    @Test
    void beginsAgainIfItIsNotTheSame() throws IOException {
        assertThrows(IOException.class, () -> extract(new Failing(600), OptionalInt.empty(), 1));
        labels[0] = 1 - labels[0];
        assertEquals(0, extract(new FakeModel(1), OptionalInt.empty(), 1).resumedAt());
        assertThrows(IOException.class, () -> extract(new Failing(600), OptionalInt.empty(), 1));
        Files.write(folder.resolve("out/.features.npy.part"), new byte[200]);
        assertEquals(0, extract(new FakeModel(1), OptionalInt.empty(), 1).resumedAt());
        assertThrows(IOException.class, () -> extract(new Failing(600), OptionalInt.empty(), 1));
        Files.writeString(folder.resolve("out/.extract.json"), "{\"version\":1}");
        assertEquals(0, extract(new FakeModel(1), OptionalInt.empty(), 1).resumedAt());
        assertArrayEquals(values, features());
    }

    @Test
    void refusesAHeadThatDoesNotMakeTheLogits() {
        FakeModel other = new FakeModel(0) {
            @Override
            public Outputs run(ByteBuffer samples, long[] shape) throws IOException {
                Outputs outputs = super.run(samples, shape);
                outputs.logits()[1] += 1e-3f;
                return outputs;
            }
        };
        IOException e = assertThrows(InputException.class, () -> extract(other, OptionalInt.empty(), 1));
        assertTrue(
                String.valueOf(e.getMessage())
                        .startsWith("fake: expected W·h + b to be the model's own logits, found logit 1 of "),
                e.getMessage());
    }

    @Test
    void refusesFeaturesThatAreNoNumbers() {
        FakeModel other = new FakeModel(0) {
            @Override
            public Outputs run(ByteBuffer samples, long[] shape) throws IOException {
                Outputs outputs = super.run(samples, shape);
                outputs.features()[5] = Float.NaN;
                return outputs;
            }
        };
        IOException e = assertThrows(InputException.class, () -> extract(other, OptionalInt.empty(), 1));
        assertTrue(String.valueOf(e.getMessage()).contains("sample 2: expected finite features"), e.getMessage());
    }

    @Test
    void refusesLabelsThatTheModelDoesNotHave() throws IOException {
        labels[17] = 2;
        IOException e = assertThrows(InputException.class, () -> extract(new FakeModel(0), OptionalInt.empty(), 1));
        assertEquals(
                "label of " + folder.resolve("x.npy")
                        + ": sample 17: expected 0…1 for the outputs of fake, found 2 (labels count from 0)",
                e.getMessage());
    }

    @Test
    void saysWhenTheAccuracyIsChance() throws IOException {
        assertEquals(
                0, extract(new FakeModel(0), OptionalInt.empty(), 2).doubts().size());
        for (int i = 0; i < SAMPLES; i++) {
            labels[i] = i % 2;
        }
        String doubt =
                extract(new FakeModel(0), OptionalInt.empty(), 2).doubts().get(0);
        assertTrue(doubt.contains("no better than chance (always answering class 0: 50.05 %)"), doubt);
    }

    @Test
    void leavesNoLabelsOfAnotherExtraction() throws IOException {
        extract(new FakeModel(0), OptionalInt.empty(), 2);
        FakeModel model = new FakeModel(0);
        try (ModelInputs inputs = inputs(model)) {
            Extraction extraction = new FeatureExtraction(
                            "fake", model, inputs, Optional.empty(), OptionalInt.empty(), 1)
                    .into(folder.resolve("out"), (done, all) -> {});
            assertTrue(extraction.correct().isEmpty());
        }
        assertFalse(Files.exists(folder.resolve("out/labels.npy")));
        assertTrue(Files.exists(folder.resolve("out/features.npy")));
    }

    @Test
    void refusesAnotherBatchThanTheModels() {
        IOException e = assertThrows(InputException.class, () -> extract(new FakeModel(10), OptionalInt.of(7), 1));
        assertEquals("--batch: expected 10, the only one that fake takes, found 7", e.getMessage());
    }
}
