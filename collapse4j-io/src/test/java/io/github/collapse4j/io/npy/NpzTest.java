package io.github.collapse4j.io.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.array.NumericVector;
import io.github.collapse4j.io.npy.NpzWriter.Packing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives: NumPy's, and ours as {@link ZipFile} reads them. */
class NpzTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"npz/stored.npz", "npz/deflated.npz", "npz/zip64.npz"})
    void readsWhatNumpyWrote(String name) throws IOException {
        NumericMatrix features;
        try (Npz npz = Npz.open(Golden.copy(name, directory))) {
            assertEquals(List.of("features", "labels", "weights"), npz.names());
            assertEquals(List.of(6L, 4L), npz.header("features").shape());
            assertEquals(true, npz.header("weights").fortranOrder());
            features = npz.array("features").matrix();
            try (NumericVector labels = npz.array("labels").vector()) {
                long[] values = new long[6];
                labels.readLongs(0, 6, values);
                assertArrayEquals(new long[] {0, 1, 2, 0, 1, 2}, values);
            }
            try (NumericMatrix weights = npz.array("weights").matrix()) {
                double[] values = new double[12];
                weights.readRows(0, 4, values);
                assertArrayEquals(Sample.columnMajor(Sample.ramp(3, 4), 3, 4), values);
            }
        }
        double[] values = new double[24];
        features.readRows(0, 6, values); // the archive is closed
        assertArrayEquals(Sample.ramp(6, 4), values);
        features.close();
    }

    /** As in archives beyond 4 GiB or 65,534 members, whose ordinary end record is not used. */
    @Test
    void usesTheZip64EndRecord() throws IOException {
        byte[] archive = Golden.bytes("npz/zip64.npz");
        Arrays.fill(archive, archive.length - 14, archive.length - 2, (byte) 0xFF);
        try (Npz npz = Npz.open(Files.write(directory.resolve("x.npz"), archive))) {
            assertEquals(List.of("features", "labels", "weights"), npz.names());
            npz.array("weights").close();
        }
    }

    @Test
    void namesTheArchiveAndTheArray() throws IOException {
        Path file = Golden.copy("npz/stored.npz", directory);
        try (Npz npz = Npz.open(file);
                NumericArray labels = npz.array("labels")) {
            assertEquals(file + "!labels.npy", labels.name());
            assertEquals(0, labels.trailingBytes());
            FormatException missing = Sample.refusal(file.toString(), () -> npz.array("label"));
            assertEquals("only [features, labels, weights]", missing.found());
        }
    }

    @Test
    void readsOtherNamesAndSkipsOtherMembers() throws IOException {
        Path file = Golden.copy("npz/mixed.npz", directory);
        try (Npz npz = Npz.open(file)) {
            assertEquals(List.of("größe", "a/b", "lzma"), npz.names());
            for (String name : List.of("größe", "a/b")) {
                try (NumericVector vector = npz.array(name).vector()) {
                    assertEquals(5, vector.length());
                }
            }
            assertTrue(Sample.refusal(file.toString(), () -> npz.array("lzma"))
                    .found()
                    .contains("method 14"));
        }
    }

    @Test
    void refusesNonArchives() throws IOException {
        Path npy = Golden.copy("shape/vector.npy", directory);
        Sample.refusal(npy.toString(), () -> Npz.open(npy));
        Sample.refusal(directory.toString(), () -> Npz.open(directory));
        Path empty = Files.createFile(directory.resolve("empty.npz"));
        Sample.refusal(empty.toString(), () -> Npz.open(empty));
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void writesStandardArchives(Packing packing) throws IOException {
        Path file = write(directory.resolve("x.npz"), packing);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertEquals(4, zip.size());
            assertArrayEquals(Golden.bytes("written/f8_7x13.npy"), content(zip, "features.npy"));
            assertArrayEquals(Golden.bytes("written/f4_7x13.npy"), content(zip, "floats.npy"));
            assertArrayEquals(Golden.bytes("written/labels.npy"), content(zip, "labels.npy"));
            assertArrayEquals(Golden.bytes("written/f8_vector.npy"), content(zip, "a/bias.npy"));
            int method = zip.getEntry("features.npy").getMethod();
            assertEquals(packing == Packing.STORED ? ZipEntry.STORED : ZipEntry.DEFLATED, method);
        }
        try (Npz npz = Npz.open(file);
                NumericMatrix features = npz.array("features").matrix()) {
            assertEquals(List.of("features", "floats", "labels", "a/bias"), npz.names());
            double[] values = new double[91];
            features.readRows(0, 7, values);
            assertArrayEquals(Sample.ramp(7, 13), values);
        }
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(write(directory.resolve("again.npz"), packing)));
    }

    @ParameterizedTest
    @EnumSource(Packing.class)
    void writesAllOrNothing(Packing packing) throws IOException {
        Path file = directory.resolve("x.npz");
        try (NpzWriter writer = NpzWriter.create(file, packing)) {
            writer.addLabels("a", new long[3]);
            assertThrows(IllegalArgumentException.class, () -> writer.addLabels("a", new long[3]));
            assertThrows(IllegalArgumentException.class, () -> writer.addLabels("", new long[3]));
            double[] refused = {0.5};
            assertThrows(IllegalArgumentException.class, () -> writer.addVector("b", NpyWriter.Type.INT64, refused));
            assertThrows(IllegalStateException.class, writer::commit);
        }
        try (NpzWriter writer = NpzWriter.create(file, packing)) {
            writer.addLabels("a", new long[3]);
        }
        assertEquals(0, directory.toFile().list().length);
    }

    @Test
    void refusesDeflatedArraysThatAreTooLargeForTheHeap() throws IOException {
        Path deflated = write(directory.resolve("x.npz"), Packing.DEFLATED);
        try (Npz npz = Npz.open(deflated)) {
            assertEquals(
                    "728 bytes",
                    Sample.refusal(deflated.toString(), () -> npz.array("features", 727))
                            .found());
            npz.array("features", 728).close();
        }
        try (Npz npz = Npz.open(write(directory.resolve("y.npz"), Packing.STORED))) {
            npz.array("features", 0).close();
        }
    }

    private static Path write(Path file, Packing packing) throws IOException {
        try (NpzWriter writer = NpzWriter.create(file, packing)) {
            double[] ramp = Sample.ramp(7, 13);
            writer.addMatrix("features", NpyWriter.Type.FLOAT64, ramp, 7, 13, NpyWriter.Layout.ROW_MAJOR);
            double[] transposed = Sample.columnMajor(ramp, 7, 13);
            writer.addMatrix("floats", NpyWriter.Type.FLOAT32, transposed, 7, 13, NpyWriter.Layout.COLUMN_MAJOR);
            writer.addLabels("labels", new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE});
            writer.addVector("a/bias", NpyWriter.Type.FLOAT64, Arrays.copyOf(ramp, 9));
            writer.commit();
        }
        return file;
    }

    private static byte[] content(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return in.readAllBytes();
        }
    }
}
