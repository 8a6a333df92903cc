package io.github.collapse4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.io.npy.NpzWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Arrays by their command-line locations. */
class ArrayFileTest {
    private static final double[] VALUES = {1.5, -2, 3};

    @TempDir
    private Path directory;

    @Test
    void opensAnNpyFile() throws IOException {
        Path file = directory.resolve("x.npy");
        new NpyWriter(NpyWriter.Type.FLOAT64).writeVector(file, VALUES);
        assertHolds(VALUES, file.toString());
    }

    /** NumPy writes to any name, and a name may contain a colon. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no colons in the names of its files")
    void opensAnNpyFileOfAnyName() throws IOException {
        Path file = directory.resolve("x.npz:y");
        new NpyWriter(NpyWriter.Type.FLOAT64).writeVector(file, VALUES);
        assertHolds(VALUES, file.toString());
    }

    @Test
    void opensTheOnlyArrayOfAnArchive() throws IOException {
        assertHolds(VALUES, archive("one").toString());
        assertHolds(VALUES, archive("one") + ":");
        assertEquals(
                archive("one") + "!one.npy",
                ArrayFile.open(archive("one") + ":one").name());
    }

    @Test
    void opensANamedArrayOfAnArchive() throws IOException {
        Path file = archive("h", "y.npz:z", "größe");
        assertHolds(VALUES, file + ":h");
        assertHolds(VALUES, file + ":größe");
    }

    @Test
    void namesTheMissingFile() throws IOException {
        for (String name : new String[] {"x.npy", "x.npz", "x.npz:h", "none/x.npy"}) {
            String location = directory.resolve(name).toString();
            assertEquals(
                    location + ": no such file",
                    assertThrows(InputException.class, () -> ArrayFile.open(location))
                            .getMessage());
        }
    }

    @Test
    void listsTheArraysIfTheRequestedOneIsMissing() throws IOException {
        Path file = archive("h", "y");
        FormatException missing = assertThrows(FormatException.class, () -> ArrayFile.open(file + ":W"));
        assertEquals(file + ": array: expected 'W', found only [h, y] (at byte offset 0)", missing.getMessage());
    }

    @Test
    void refusesSeveralCandidates() throws IOException {
        Path file = archive("h", "y");
        FormatException several = assertThrows(FormatException.class, () -> ArrayFile.open(file.toString()));
        assertEquals(
                file + ": array: expected a single one, or " + file
                        + ":NAME, found these names: h (3,), y (3,) (at byte offset 0)",
                several.getMessage());
        Path empty = archive();
        assertThrows(FormatException.class, () -> ArrayFile.open(empty.toString()));
    }

    /** An archive may also have arrays of unsupported types. */
    @Test
    void skipsArraysOfUnsupportedTypes() throws IOException {
        Path file = directory.resolve("names.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String type : List.of("<f8", "<U1", "|O")) {
                zip.putNextEntry(new ZipEntry("a" + type.charAt(1) + ".npy"));
                String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (1, 1), }";
                zip.write(("\u0093NUMPY\u0001\u0000" + (char) header.length() + "\u0000" + header + "12345678")
                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        for (ArrayFile.Role role : List.of(ArrayFile.Role.ANY, ArrayFile.Role.FEATURES)) {
            try (NumericArray array = ArrayFile.open(file.toString(), role)) {
                assertEquals(file + "!af.npy", array.name());
            }
        }
        assertThrows(FormatException.class, () -> ArrayFile.open(file.toString(), ArrayFile.Role.LABELS));
        FormatException asked = assertThrows(FormatException.class, () -> ArrayFile.open(file + ":aU"));
        assertTrue(asked.found().contains("np.unique(y, return_inverse=True)[1]"), asked.found());
    }

    @Test
    void refusesOtherFiles() throws IOException {
        assertThrows(FormatException.class, () -> ArrayFile.open(directory.toString()));
        Path text = Files.writeString(directory.resolve("text.npy"), "1 2 3");
        assertThrows(FormatException.class, () -> ArrayFile.open(text.toString()));
        Path named = Files.writeString(directory.resolve("text.npz"), "1 2 3");
        assertThrows(FormatException.class, () -> ArrayFile.open(named + ":h"));
    }

    /** Names in an archive are untrusted and must not reach a terminal unescaped. */
    @Test
    void keepsControlCharactersOutOfMessages() throws IOException {
        Path file = archive("a\u001b[31m", "b\nc");
        for (String location : new String[] {file.toString(), file + ":W"}) {
            String message = String.valueOf(assertThrows(IOException.class, () -> ArrayFile.open(location))
                    .getMessage());
            assertEquals(0, message.chars().filter(Character::isISOControl).count(), message);
        }
    }

    private Path archive(String... names) throws IOException {
        Path file = directory.resolve("archive" + names.length + ".npz");
        try (NpzWriter writer = NpzWriter.create(file, NpzWriter.Packing.DEFLATED)) {
            for (String name : names) {
                writer.addVector(name, NpyWriter.Type.FLOAT64, VALUES);
            }
            writer.commit();
        }
        return file;
    }

    private static void assertHolds(double[] values, String location) throws IOException {
        try (NumericArray array = ArrayFile.open(location)) {
            double[] read = new double[values.length];
            array.vector().readDoubles(0, read.length, read);
            assertArrayEquals(values, read, location);
        }
    }
}
