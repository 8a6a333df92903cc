package io.github.collapse4j.io.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.array.NumericVector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files identical to those of {@code np.save}, written completely or not at all. */
class NpyWriterTest {
    @TempDir
    private Path directory;

    @AfterEach
    void leavesNoTemporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    List.of(),
                    files.filter(f -> f.getFileName().toString().endsWith(".tmp"))
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,5", "1,1", "3,4", "7,13", "1000,3"})
    void writesMatricesAsNumpyDoes(int rows, int columns) throws IOException {
        byte[] numpy = Golden.bytes("written/f8_%dx%d.npy".formatted(rows, columns));
        double[] values = Sample.ramp(rows, columns);
        NpyWriter writer = new NpyWriter(NpyWriter.Type.FLOAT64);
        writer.writeMatrix(file(), values, rows, columns, NpyWriter.Layout.ROW_MAJOR);
        assertArrayEquals(numpy, Files.readAllBytes(file()));
        double[] transposed = Sample.columnMajor(values, rows, columns);
        writer.writeMatrix(file(), transposed, rows, columns, NpyWriter.Layout.COLUMN_MAJOR);
        assertArrayEquals(numpy, Files.readAllBytes(file()));
        try (NpyRowWriter some = writer.openMatrix(file(), rows, columns)) {
            for (int i = 0; i < rows; i += 3) {
                int count = Math.min(3, rows - i);
                some.append(Arrays.copyOfRange(values, i * columns, (i + count) * columns + 1), count);
            }
            some.commit();
        }
        assertArrayEquals(numpy, Files.readAllBytes(file()));
    }

    @Test
    void writesOtherTypesAsNumpyDoes() throws IOException {
        double[] values = Sample.ramp(7, 13);
        NpyWriter floats = new NpyWriter(NpyWriter.Type.FLOAT32);
        floats.writeMatrix(file(), values, 7, 13, NpyWriter.Layout.ROW_MAJOR);
        assertArrayEquals(Golden.bytes("written/f4_7x13.npy"), Files.readAllBytes(file()));
        NpyWriter longs = new NpyWriter(NpyWriter.Type.INT64);
        double[] whole = Arrays.stream(values).map(Math::floor).toArray();
        longs.writeMatrix(file(), whole, 7, 13, NpyWriter.Layout.ROW_MAJOR);
        assertArrayEquals(Golden.bytes("written/i8_7x13.npy"), Files.readAllBytes(file()));
    }

    @Test
    void writesVectorsAsNumpyDoes() throws IOException {
        new NpyWriter(NpyWriter.Type.FLOAT64).writeVector(file(), Sample.ramp(1, 9));
        assertArrayEquals(Golden.bytes("written/f8_vector.npy"), Files.readAllBytes(file()));
        NpyWriter.writeLabels(file(), new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE});
        assertArrayEquals(Golden.bytes("written/labels.npy"), Files.readAllBytes(file()));
    }

    @ParameterizedTest
    @CsvSource({"1,70001", "300,701", "70001,1"})
    void writesMatricesLargerThanItsChunks(int rows, int columns) throws IOException {
        double[] values = Sample.ramp(rows, columns);
        double[] transposed = Sample.columnMajor(values, rows, columns);
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(file(), transposed, rows, columns, NpyWriter.Layout.COLUMN_MAJOR);
        double[] read = new double[rows * columns];
        try (NumericMatrix matrix = NpyFile.open(file()).matrix()) {
            matrix.readRows(0, rows, read);
        }
        assertArrayEquals(values, read);
    }

    @Test
    void writesNonFiniteValues() throws IOException {
        double[] values = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Float.MAX_VALUE};
        for (NpyWriter.Type type : List.of(NpyWriter.Type.FLOAT64, NpyWriter.Type.FLOAT32)) {
            new NpyWriter(type).writeVector(file(), values);
            double[] read = new double[5];
            try (NumericVector vector = NpyFile.open(file()).vector()) {
                vector.readDoubles(0, 5, read);
            }
            assertArrayEquals(values, read);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT32,1e39",
        "FLOAT32,-3.5e38",
        "INT64,0.5",
        "INT64,NaN",
        "INT64,Infinity",
        "INT64,9223372036854775808",
        "INT64,-9223372036854777856"
    })
    void refusesUnrepresentableValuesAndKeepsTheOldFile(NpyWriter.Type type, double value) throws IOException {
        Files.writeString(file(), "old");
        double[] values = new double[30_000];
        values[20_005] = value;
        NpyWriter writer = new NpyWriter(type);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> writer.writeMatrix(file(), values, 3000, 10, NpyWriter.Layout.ROW_MAJOR));
        assertTrue(String.valueOf(refused.getMessage()).contains("row 2000, column 5"), refused.getMessage());
        assertEquals("old", Files.readString(file()));
    }

    @Test
    void refusesMatricesOfOtherSizes() {
        NpyWriter writer = new NpyWriter(NpyWriter.Type.FLOAT64);
        for (int[] shape : new int[][] {{2, 2}, {-1, -3}, {65536, 65536}, {1, 4}, {0, 0}}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> writer.writeMatrix(file(), new double[3], shape[0], shape[1], NpyWriter.Layout.ROW_MAJOR));
        }
        assertThrows(IllegalArgumentException.class, () -> writer.openMatrix(file(), -1, 3));
        assertThrows(IllegalArgumentException.class, () -> writer.openMatrix(file(), 1L << 60, 8));
        assertFalse(Files.exists(file()));
    }

    @Test
    void rowsAreAllOrNothing() throws IOException {
        Files.writeString(file(), "old");
        try (NpyRowWriter rows = new NpyWriter(NpyWriter.Type.FLOAT64).openMatrix(file(), 3, 2)) {
            rows.append(new double[4], 2);
            assertThrows(IllegalArgumentException.class, () -> rows.append(new double[4], 2));
            assertThrows(IllegalArgumentException.class, () -> rows.append(new double[4], -1));
            assertThrows(IndexOutOfBoundsException.class, () -> rows.append(new double[1], 1));
            assertThrows(IllegalStateException.class, rows::commit);
        }
        assertEquals("old", Files.readString(file()));
    }

    @Test
    void partlyRefusedRowsAreNotCommitted() throws IOException {
        NpyWriter writer = new NpyWriter(NpyWriter.Type.INT64);
        double[] values = new double[20_000];
        values[15_000] = 0.5;
        try (NpyRowWriter rows = writer.openMatrix(file(), 2, 10_000)) {
            assertThrows(IllegalArgumentException.class, () -> rows.append(values, 2));
            rows.append(new double[20_000], 2);
            assertThrows(IllegalStateException.class, rows::commit);
        }
        assertFalse(Files.exists(file()));
    }

    @Test
    void replacesTheTargetsOfSymbolicLinks() throws IOException {
        Path target = directory.resolve("target.npy");
        Files.writeString(target, "old");
        try {
            Files.createSymbolicLink(file(), target);
        } catch (IOException | UnsupportedOperationException e) {
            Assumptions.abort("no symbolic links here");
        }
        NpyWriter.writeLabels(file(), new long[1]);
        assertTrue(Files.isSymbolicLink(file()));
        try (NumericVector vector = NpyFile.open(target).vector()) {
            assertEquals(1, vector.length());
        }
    }

    @Test
    void doesNotReplaceDirectoriesOrDevices() throws IOException {
        Files.createDirectory(file());
        assertThrows(FileSystemException.class, () -> NpyWriter.writeLabels(file(), new long[1]));
        assertTrue(Files.isDirectory(file()));
        Path device = Path.of("/dev/null");
        if (Files.exists(device)) {
            assertThrows(FileSystemException.class, () -> NpyWriter.writeLabels(device, new long[1]));
        }
    }

    @Test
    void namesTheFileIfItsDirectoryIsMissing() {
        Path file = directory.resolve("none").resolve("x.npy");
        NoSuchFileException missing =
                assertThrows(NoSuchFileException.class, () -> NpyWriter.writeLabels(file, new long[1]));
        assertEquals(file.toString(), missing.getFile());
    }

    @Test
    void createsFilesWithDefaultPermissions() throws IOException {
        Path ordinary = Files.createFile(directory.resolve("ordinary"));
        Assumptions.assumeTrue(Files.getFileStore(ordinary).supportsFileAttributeView("posix"));
        NpyWriter.writeLabels(file(), new long[1]);
        assertEquals(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(ordinary)),
                PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void acceptsTheLongestNames() throws IOException {
        Path file = directory.resolve("n".repeat(251) + ".npy");
        NpyWriter.writeLabels(file, new long[1]);
        assertTrue(Files.exists(file));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 99_999, 1L << 31, (1L << 59) + 12345})
    void padsHeadersTo64Bytes(long rows) {
        byte[] header = ElementEncoder.header(NpyWriter.Type.FLOAT64.dtype(), List.of(rows, 1L));
        assertEquals(0, header.length % 64);
        assertEquals('\n', header[header.length - 1]);
        String text = new String(header, 10, header.length - 10, StandardCharsets.ISO_8859_1);
        assertTrue(text.startsWith("{'descr': '<f8', 'fortran_order': False, 'shape': (" + rows + ", 1), }  "), text);
    }

    private Path file() {
        return directory.resolve("x.npy");
    }
}
