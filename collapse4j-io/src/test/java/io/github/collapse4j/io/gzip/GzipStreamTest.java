package io.github.collapse4j.io.gzip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.testkit.Seeded;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipStreamTest {
    private static final int BUFFER = 1 << 16;

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Incompressible bytes, so that the test controls where members end. */
    private static byte[] noise(int length) {
        Seeded random = Seeded.of(3);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.between(-128, 127);
        }
        return bytes;
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        // a stream without available(), like our file streams
        InputStream in = new ByteArrayInputStream(packed) {
            @Override
            public synchronized int available() {
                return 0;
            }
        };
        try (InputStream stream = GzipStream.unpackedIfCompressed(in)) {
            return stream.readAllBytes();
        }
    }

    private static String refusal(byte[] packed) {
        return String.valueOf(
                assertThrows(IOException.class, () -> unpacked(packed)).getMessage());
    }

    /** Ends the first member at every position around the end of the buffer (JDK-7036144). */
    @ParameterizedTest
    @ValueSource(ints = {-40, -18, -9, -8, -7, -1, 0, 1, 8, 30})
    void readsTheSecondMemberWhereverTheFirstOneEnds(int shift) throws IOException {
        byte[] first = noise(BUFFER - 18 - 23 + shift);
        byte[] second = {1, 2, 3};
        assertArrayEquals(joined(first, second, first), unpacked(joined(packed(first), packed(second), packed(first))));
    }

    @Test
    void readsEmptyMembersAndTrailingZeros() throws IOException {
        byte[] some = {5, 6};
        assertArrayEquals(some, unpacked(joined(packed(new byte[0]), packed(some), new byte[100_000])));
        assertArrayEquals(new byte[0], unpacked(packed(new byte[0])));
    }

    @Test
    void readsHeadersWithAllFields() throws IOException {
        byte[] plain = packed(new byte[] {7});
        byte[] header = {0x1F, (byte) 0x8B, 8, 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 'x', 'y', 'n', 0, 'c', 'c', 0};
        assertArrayEquals(new byte[] {7}, unpacked(joined(header, Arrays.copyOfRange(plain, 10, plain.length))));
    }

    @Test
    void passesThroughUncompressedData() throws IOException {
        assertArrayEquals(new byte[] {'a'}, unpacked(new byte[] {'a'}));
        assertArrayEquals(new byte[0], unpacked(new byte[0]));
    }

    @Test
    void refusesOtherDataAfterAMember() {
        byte[] packed = packed(new byte[] {1});
        assertTrue(refusal(joined(packed, new byte[] {'x'})).contains("after member 1"));
        assertTrue(refusal(joined(packed, new byte[] {0, 0, 'x'})).contains("non-zero bytes after member 1"));
        assertTrue(refusal(joined(packed, new byte[] {0x1F, (byte) 0x8B})).contains("premature end"));
    }

    @Test
    void refusesEveryTruncation() {
        byte[] whole = joined(packed(noise(50)), packed(noise(30)));
        int first = packed(noise(50)).length;
        for (int length = 2; length < whole.length; length++) {
            if (length != first) {
                assertTrue(refusal(Arrays.copyOf(whole, length)).contains("premature end"), "of length " + length);
            }
        }
    }

    @Test
    void refusesEveryDamagedByteOfDataAndTrailer() {
        byte[] whole = packed(noise(50));
        for (int i = 11; i < whole.length; i++) { // the previous byte contains padding
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x10;
            assertThrows(IOException.class, () -> unpacked(damaged), "at " + i);
        }
    }
}
