package io.github.collapse4j.io.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericVector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels and other vectors; the values of every type are in {@link NpyGoldenTest}. */
class NpyVectorTest {
    @ParameterizedTest
    @ValueSource(strings = {"<f8", ">f4", "<f2"})
    void refusesFloatLabelsWithAdvice(String descr) throws IOException {
        int itemBytes = descr.charAt(2) - '0';
        try (NumericVector vector = vector("(2,)", descr, new byte[2 * itemBytes])) {
            FormatException refused = Sample.refusal("x.npy", () -> vector.readLongs(0, 2, new long[2]));
            assertTrue(refused.found().contains(descr), refused.found());
            assertTrue(refused.expected().contains(".astype(np.int64)"), refused.expected());
        }
    }

    @Test
    void refusesAndNamesUnsignedLabelsBeyondLong() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        data.putLong(7).putLong(Long.MAX_VALUE).putLong(Long.MIN_VALUE);
        try (NumericVector vector = vector("(3,)", "<u8", data.array())) {
            long[] labels = new long[2];
            vector.readLongs(0, 2, labels);
            assertArrayEquals(new long[] {7, Long.MAX_VALUE}, labels);
            FormatException refused = Sample.refusal("x.npy", () -> vector.readLongs(1, 2, labels));
            assertEquals("element 2", refused.field());
            assertEquals("9223372036854775808", refused.found());
            assertEquals(vector.array().header().dataOffset() + 16, refused.offset());
            double[] doubles = new double[1];
            vector.readDoubles(2, 1, doubles);
            assertEquals(0x1p63, doubles[0]);
        }
    }

    @Test
    void readsNonZeroAsTrue() throws IOException {
        try (NumericVector vector = vector("(4,)", "|b1", new byte[] {0, 1, 2, -1})) {
            long[] labels = new long[4];
            vector.readLongs(0, 4, labels);
            assertArrayEquals(new long[] {0, 1, 1, 1}, labels);
        }
    }

    @Test
    void readsLabelsLongerThanAChunk() throws IOException {
        byte[] data = new byte[10001];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i % 251);
        }
        try (NumericVector vector = vector("(10001,)", "|u1", data)) {
            long[] labels = new long[10000];
            vector.readLongs(1, 10000, labels);
            for (int i = 0; i < labels.length; i++) {
                assertEquals((i + 1) % 251, labels[i]);
            }
        }
    }

    @Test
    void refusesColumnsAsVectors() throws IOException {
        try (NumericArray array =
                NpyFile.read(new ByteArrayInputStream(Sample.file("(4, 1)", "|u1", new byte[4])), "x.npy")) {
            FormatException refused = Sample.refusal("x.npy", array::vector);
            assertEquals(
                    "x.npy: shape: expected 1 dimension (use .ravel()), found (4, 1) (at byte offset 10)",
                    refused.getMessage());
        }
    }

    @Test
    void refusesMissingElements() throws IOException {
        NumericVector vector = vector("(4,)", "|u1", new byte[4]);
        assertThrows(IndexOutOfBoundsException.class, () -> vector.readLongs(-1, 1, new long[1]));
        assertThrows(IndexOutOfBoundsException.class, () -> vector.readLongs(2, 3, new long[3]));
        assertThrows(IndexOutOfBoundsException.class, () -> vector.readLongs(0, 4, new long[3]));
        assertThrows(IndexOutOfBoundsException.class, () -> vector.readDoubles(4, 1, new double[1]));
        assertThrows(IndexOutOfBoundsException.class, () -> vector.readDoubles(0, 2, new double[1]));
        vector.close();
        assertThrows(IllegalStateException.class, () -> vector.readLongs(0, 1, new long[1]));
    }

    @Test
    void readsConsecutiveArraysInAStream() throws IOException {
        byte[] one = Sample.file("(1,)", "|u1", (byte) 1);
        byte[] two = Sample.file("(1,)", "|u1", (byte) 2);
        ByteArrayInputStream in = new ByteArrayInputStream(
                ByteBuffer.allocate(one.length + two.length).put(one).put(two).array());
        long[] label = new long[1];
        for (int i = 1; i <= 2; i++) {
            try (NumericVector vector = NpyFile.read(in, "stream").vector()) {
                vector.readLongs(0, 1, label);
                assertEquals(i, label[0]);
            }
        }
        Sample.refusal("stream", () -> NpyFile.read(in, "stream"));
    }

    private static NumericVector vector(String shape, String descr, byte[] data) throws IOException {
        return NpyFile.read(new ByteArrayInputStream(Sample.file(shape, descr, data)), "x.npy")
                .vector();
    }
}
