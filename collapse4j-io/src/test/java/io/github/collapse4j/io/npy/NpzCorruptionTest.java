package io.github.collapse4j.io.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.npy.NpzWriter.Packing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged and inconsistent archives: the right values or a {@link FormatException}, nothing else. */
@Tag("slow")
class NpzCorruptionTest {
    private static final double[] VALUES = {1, 2, 4, 8, 16, 32};

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Packing.class)
    void refusesEveryTruncation(Packing packing) throws IOException {
        byte[] whole = archive(packing);
        for (int length = 0; length < whole.length; length++) {
            Path file = Files.write(directory.resolve("cut.npz"), Arrays.copyOf(whole, length));
            Sample.refusal(file.toString(), () -> readAll(file));
        }
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void survivesEveryChangeOfOneByteInOurArchives(Packing packing) throws IOException {
        byte[] whole = archive(packing);
        survivesChanges(whole, "a", 0xFF, 0, 1);
        survivesChanges(whole, "a", 0, 0xFF, 0);
        survivesChanges(whole, "a", 0xFF, 0, -1);
        for (int bit = 1; bit < 256; bit <<= 1) {
            survivesChanges(whole, "a", 0xFF, bit, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"npz/stored.npz", "npz/deflated.npz", "npz/zip64.npz"})
    void survivesChangesOfOneByteInNumpysArchives(String name) throws IOException {
        survivesChanges(Golden.bytes(name), "features", 0xFF, 0x04, 0);
        survivesChanges(Golden.bytes(name), "features", 0xFF, 0x80, 1);
    }

    /** Changes each byte in turn: keeps the bits in {@code mask} and flips those in {@code flipped}. */
    private void survivesChanges(byte[] whole, String array, int mask, int flipped, int added) throws IOException {
        Path file = directory.resolve("mutated.npz");
        Files.write(file, whole);
        double[] right = readAll(file, array);
        int read = 0;
        int refused = 0;
        for (int position = 0; position < whole.length; position++) {
            byte[] mutated = whole.clone();
            mutated[position] = (byte) (((whole[position] & mask) ^ flipped) + added);
            Files.write(file, mutated);
            try {
                assertArrayEquals(right, readAll(file, array), "changed values at " + position);
                read++;
            } catch (FormatException e) {
                refused++;
            }
        }
        assertTrue(read > 0 && refused > 0, read + " read, " + refused + " refused");
    }

    @Test
    void refusesWrongChecksums() throws IOException {
        byte[] archive = archive(Packing.STORED);
        ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < archive.length - 4; i++) {
            if (bytes.getFloat(i) == 8) {
                bytes.putFloat(i, 9);
            }
        }
        Path file = Files.write(directory.resolve("x.npz"), archive);
        assertEquals(
                "checksum", Sample.refusal(file.toString(), () -> readAll(file)).field());
    }

    @ParameterizedTest
    @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
    void refusesArraysLargerThanTheirMember(int method) throws IOException {
        byte[] lying = Sample.file("(1073741824, 1073741823)", "<f8", new byte[16]);
        Path file = Files.write(directory.resolve("x.npz"), zip(method, lying));
        FormatException refused = Sample.refusal(file.toString(), () -> readAll(file));
        assertEquals("data", refused.field());
        assertEquals(file + "!a.npy", refused.file());
    }

    @ParameterizedTest
    @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
    void refusesBytesAfterTheArray(int method) throws IOException {
        Path file = Files.write(directory.resolve("x.npz"), zip(method, Sample.file("(1,)", "<f8", new byte[16])));
        FormatException refused = Sample.refusal(file.toString(), () -> readAll(file));
        assertEquals("8 bytes", refused.found());
    }

    /** Also with a directory that declares as much as the header. */
    @Test
    void refusesMembersShorterThanTheDirectorySays() throws IOException {
        byte[] lying = Sample.file("(100000000,)", "|u1", new byte[16]);
        Path file = Files.write(
                directory.resolve("x.npz"), promising(zip(ZipEntry.DEFLATED, lying), lying.length - 16 + 100_000_000));
        try (Npz npz = Npz.open(file)) {
            long none = Long.MAX_VALUE;
            FormatException refused = Sample.refusal(file + "!a.npy", () -> npz.array("a", none));
            assertEquals("16 bytes", refused.found());
            assertEquals(100_000_000, npz.header("a").elementCount());
        }
    }

    /** A hundred megabytes of zeros in a tenth of one: no more is unpacked than header and directory declare. */
    @Test
    void unpacksNoMoreThanDeclared() throws IOException {
        byte[] bomb = Sample.file("(16,)", "|u1", new byte[100_000_000]);
        Path file = Files.write(
                directory.resolve("x.npz"), promising(zip(ZipEntry.DEFLATED, bomb), bomb.length - 100_000_000 + 16));
        assertTrue(Files.size(file) < 200_000);
        FormatException refused = Sample.refusal(file + "!a.npy", () -> readAll(file));
        assertEquals("more", refused.found());
    }

    @Test
    void refusesDuplicateNames() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.putNextEntry(new ZipEntry("b.npy"));
        }
        byte[] archive = out.toByteArray();
        for (int i = 0; i < archive.length; i++) {
            archive[i] = archive[i] == 'b' ? (byte) 'a' : archive[i];
        }
        Path file = Files.write(directory.resolve("x.npz"), archive);
        assertEquals(
                "a.npy again",
                Sample.refusal(file.toString(), () -> Npz.open(file)).found());
    }

    @Test
    void refusesEncryptedMembers() throws IOException {
        byte[] archive = archive(Packing.STORED);
        archive[directoryOf(archive) + 8] |= 1;
        Path file = Files.write(directory.resolve("x.npz"), archive);
        assertTrue(Sample.refusal(file.toString(), () -> readAll(file)).found().contains("encrypted"));
    }

    private static double[] readAll(Path file) throws IOException {
        return readAll(file, "a");
    }

    private static double[] readAll(Path file, String name) throws IOException {
        try (Npz npz = Npz.open(file)) {
            npz.header(name);
            try (NumericMatrix matrix = npz.array(name).matrix()) {
                double[] values = new double[(int) (matrix.rows() * matrix.columns())];
                matrix.readRows(0, (int) matrix.rows(), values);
                return values;
            }
        }
    }

    private byte[] archive(Packing packing) throws IOException {
        Path file = directory.resolve("whole.npz");
        try (NpzWriter writer = NpzWriter.create(file, packing)) {
            writer.addMatrix("a", NpyWriter.Type.FLOAT32, VALUES, 3, 2, NpyWriter.Layout.ROW_MAJOR);
            writer.commit();
        }
        return Files.readAllBytes(file);
    }

    private static byte[] zip(int method, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry("a.npy");
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setMethod(method);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
        }
        return out.toByteArray();
    }

    /** Sets the size of the only member in the directory to {@code bytes}. */
    private static byte[] promising(byte[] archive, int bytes) {
        ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).putInt(directoryOf(archive) + 24, bytes);
        return archive;
    }

    private static int directoryOf(byte[] archive) {
        return ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).getInt(archive.length - 6);
    }
}
