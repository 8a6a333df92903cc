package io.github.collapse4j.io.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.array.NumericVector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and inconsistent files: a valid read or a {@link FormatException}, nothing else. */
@Tag("slow")
class NpyCorruptionTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"matrix/f4_little_C_v1.npy", "matrix/i2_big_F_v3.npy", "matrix/b1_little_C_v2.npy"})
    void refusesEveryTruncation(String name) throws IOException {
        byte[] whole = Golden.bytes(name);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            Path file = Files.write(directory.resolve("cut.npy"), cut);
            Sample.refusal(file.toString(), () -> NpyFile.open(file));
            Sample.refusal("cut", () -> NpyFile.read(new ByteArrayInputStream(cut), "cut"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"matrix/f8_little_F_v1.npy", "matrix/u4_big_C_v2.npy", "shape/vector.npy"})
    void survivesEveryChangeOfOneByte(String name) throws IOException {
        byte[] whole = Golden.bytes(name);
        long header = NpyFile.header(new ByteArrayInputStream(whole), name).dataOffset();
        int read = 0;
        for (int position = 0; position < header; position++) {
            for (int value = 0; value < 256; value++) {
                byte[] mutated = whole.clone();
                mutated[position] = (byte) value;
                try (NumericArray array = NpyFile.read(new ByteArrayInputStream(mutated), "mutated")) {
                    Sample.readAll(array);
                    read++;
                } catch (FormatException e) {
                    assertEquals("mutated", e.file());
                }
            }
        }
        Assertions.assertTrue(read > header, "only " + read + " could be read");
    }

    /** Fewer mutations than in memory, but through the file system. */
    @Test
    void survivesChangesOfOneByteInFiles() throws IOException {
        byte[] whole = Golden.bytes("matrix/f4_little_C_v1.npy");
        Path file = directory.resolve("mutated.npy");
        for (int position = 0; position < 128; position++) {
            for (int value : new int[] {0, ' ', '0', '9', '(', ')', '\'', 0xFF, whole[position] ^ 1}) {
                byte[] mutated = whole.clone();
                mutated[position] = (byte) value;
                Files.write(file, mutated);
                try (NumericArray array = NpyFile.open(file)) {
                    Sample.readAll(array);
                } catch (FormatException e) {
                    assertEquals(file.toString(), e.file());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(5,)",
                "(2, 3)",
                "(1000000000000,)",
                "(1152921504606846975,)",
                "(1073741824, 1073741823)",
                "(1, 1, 1, 1, 5)"
            })
    void refusesShapesLargerThanTheData(String shape) throws IOException {
        byte[] bytes = Sample.file(shape, "<f8", new byte[32]);
        Path file = Files.write(directory.resolve("lie.npy"), bytes);
        FormatException refused = Sample.refusal(file.toString(), () -> NpyFile.open(file));
        assertEquals("data", refused.field());
        assertEquals("32 bytes", refused.found());
        assertEquals(bytes.length - 32, refused.offset());
        // within seconds and in little memory, although a stream does not know its length
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> Sample.refusal("lie", () -> NpyFile.read(new ByteArrayInputStream(bytes), "lie")));
    }

    @Test
    void reportsHowManyBytesAreMissing() throws IOException {
        Path file = Files.write(directory.resolve("short.npy"), Sample.file("(2, 3)", "<f4", new byte[23]));
        assertEquals(
                file + ": data: expected 24 bytes for (2, 3) of <f4, found 23 bytes (at byte offset 69)",
                Sample.refusal(file.toString(), () -> NpyFile.open(file)).getMessage());
    }

    @Test
    void ignoresAndCountsTrailingBytes() throws IOException {
        Path file =
                Files.write(directory.resolve("long.npy"), Sample.file("(2,)", "|u1", (byte) 3, (byte) 4, (byte) 5));
        try (NumericVector vector = NpyFile.open(file).vector()) {
            assertEquals(1, vector.array().trailingBytes());
            long[] labels = new long[2];
            vector.readLongs(0, 2, labels);
            assertArrayEquals(new long[] {3, 4}, labels);
        }
    }

    @Test
    void refusesWhatIsNotARegularFile() {
        assertEquals(
                "a directory",
                Sample.refusal(directory.toString(), () -> NpyFile.open(directory))
                        .found());
        Path device = Path.of("/dev/zero");
        if (Files.exists(device)) {
            Sample.refusal("/dev/zero", () -> NpyFile.open(device));
        }
        Assertions.assertThrows(NoSuchFileException.class, () -> NpyFile.open(directory.resolve("none.npy")));
    }

    @Test
    void reportsFilesTruncatedWhileOpen() throws IOException {
        Path file = directory.resolve("shrinking.npy");
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(file, Sample.ramp(5000, 10), 5000, 10, NpyWriter.Layout.ROW_MAJOR);
        try (NumericMatrix matrix = NpyFile.open(file).matrix();
                RandomAccessFile shrinking = new RandomAccessFile(file.toFile(), "rw")) {
            shrinking.setLength(4096);
            FormatException refused =
                    Sample.refusal(file.toString(), () -> matrix.readRows(4000, 1000, new double[10000]));
            assertEquals("4096 bytes", refused.found());
        }
    }
}
