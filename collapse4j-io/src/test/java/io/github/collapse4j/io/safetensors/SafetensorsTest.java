package io.github.collapse4j.io.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.ArrayFile.Role;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    private Path directory;

    private Path golden(String name) throws IOException {
        Path copy = directory.resolve(name);
        try (InputStream in = SafetensorsTest.class.getResourceAsStream("/safetensors/" + name)) {
            Files.copy(Objects.requireNonNull(in, name), copy);
        }
        return copy;
    }

    @ParameterizedTest
    @ValueSource(strings = {"U8", "U16", "U32", "U64", "I8", "I16", "I32", "I64", "F16", "F32", "F64", "BF16", "BOOL"})
    void readsWhatTheReferenceImplementationWrote(String type) throws IOException {
        Path file = golden("types.safetensors");
        NumericMatrix matrix = ArrayFile.open(file + ":" + type).matrix();
        assertEquals(file + "!" + type, matrix.array().name());
        double[] found = new double[15];
        matrix.readRows(0, 3, found);
        double[] expected = new double[15];
        for (int i = 0; i < 15; i++) {
            int row = i / 5;
            int column = i % 5;
            double ramp = 10 * row + column;
            expected[i] = switch (type.charAt(0)) {
                case 'U' -> ramp;
                case 'I' -> ramp - 7;
                default -> type.equals("BOOL") ? (row + column) % 2 : ramp + 0.25;
            };
        }
        assertArrayEquals(expected, found);
        if (matrix.array().header().dtype().isIntegral()) {
            assertTrue(type.startsWith("U") || type.startsWith("I") || type.equals("BOOL"));
        }
    }

    @Test
    void findsFeaturesAndLabelsByTheirRoles() throws IOException {
        String file = golden("samples.safetensors").toString();
        assertEquals(file + "!features", ArrayFile.open(file, Role.FEATURES).name());
        assertEquals(file + "!y", ArrayFile.open(file, Role.LABELS).name());
        String message = refusal(() -> ArrayFile.open(file));
        assertTrue(message.contains("expected a single one, or " + file + ":NAME"), message);
    }

    @Test
    void refusesTwoCandidateTensors() throws IOException {
        String file = golden("layer.safetensors").toString();
        String message = refusal(() -> ArrayFile.open(file, Role.FEATURES));
        assertTrue(message.contains("a single matrix of floats, or " + file + ":NAME"), message);
        assertTrue(message.contains("fc.weight"), message);
        String unknown = refusal(() -> ArrayFile.open(file + ":fc.weights"));
        assertTrue(unknown.contains("tensor: expected 'fc.weights', found only ["), unknown);
    }

    private static final String FOUR = "\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}",
                "{ } ",
                "{\"a\":{" + FOUR + "}}",
                "{\"__metadata__\":{\"x\":\"y\"},\"a\":{" + FOUR + "}}   ",
                "{\"a\":{\"data_offsets\":[0,4],\"shape\":[2],\"dtype\":\"F16\"}}",
                "{\"a\":{\"data_offsets\":[0,0],\"shape\":[0],\"dtype\":\"F16\"},\"b\":{" + FOUR + "}}",
                "{\"a\":{\"data_offsets\":[0,4],\"shape\":[4],\"dtype\":\"F8_E5M2\"}}",
            })
    void accepts(String header) throws IOException {
        try (Safetensors file = Safetensors.open(file(header, header.contains("offsets") ? 4 : 0))) {
            for (String name : file.names()) {
                file.array(name).matrix().readRows(0, 1, new double[1]);
            }
        } catch (IndexOutOfBoundsException e) {
            assertTrue(header.contains("[0]"), header);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                  | header: expected JSON in UTF-8 that describes tensors",
                "[]                                  | header: expected JSON in UTF-8 that describes tensors",
                "{\"a\":{                            | header: expected JSON in UTF-8 that describes tensors",
                "{'a':{}}                            | header: expected JSON in UTF-8 that describes tensors",
                "{\"a\":1}                           | header: expected JSON in UTF-8 that describes tensors",
                "{} x                                | header: expected",
                "{\"a\":{}}                          | dtype, shape and two data_offsets of a",
                "{\"a\":{\"dtype\":\"F32\",\"size\":1}} | also size",
                "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}} | ",
                "{\"a\":{\"shape\":[-1]}}            | whole numbers in shape of a, found -1",
                "{\"a\":{\"shape\":[1.5]}}           | whole numbers in shape of a, found 1.5",
                "{\"a\":{\"shape\":[\"1\"]}}         | whole numbers in shape of a, found STRING",
                "{\"a\":{\"shape\":[9223372036854775808]}} | whole numbers in shape of a, found 9223372036854775808",
                "{\"a\":{\"data_offsets\":[0,1,2]}}  | at most 2 numbers in data_offsets of a",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | data_offsets of a: expected a beginning at 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}} | data: expected 8 bytes, found 4 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}} | data: expected 0 bytes, found 4 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | data_offsets of a: expected 8 bytes for (2,) of F32, found 4 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}} | shape of a: expected fewer than 2^63 bytes",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}} | data_offsets of b: expected a beginning at 3",
            })
    void refuses(String header, String message) throws IOException {
        Path path = file(header, 4);
        String found = refusal(() -> {
            try (Safetensors file = Safetensors.open(path)) {
                for (String name : file.names()) {
                    file.array(name);
                }
            }
        });
        assertTrue(found.contains(String.valueOf(message == null ? "" : message)), found);
        assertEquals(1, found.lines().count());
    }

    @Test
    void refusesUnsupportedTypes() throws IOException {
        Path path = file("{\"a\":{\"data_offsets\":[0,4],\"shape\":[4],\"dtype\":\"F8_E5M2\"}}", 4);
        try (Safetensors file = Safetensors.open(path)) {
            assertEquals(List.of(), file.names());
            String message = refusal(() -> file.array("a"));
            assertTrue(
                    message.contains("dtype of a: expected BOOL, an integer, F16, BF16, F32 or F64, found F8_E5M2"),
                    message);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 16777217, Long.MAX_VALUE, Long.MIN_VALUE, 100})
    void checksTheLengthOfTheHeaderBeforeItReadsIt(long length) throws IOException {
        Path path = directory.resolve("x.safetensors");
        Files.write(
                path,
                ByteBuffer.allocate(12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(length)
                        .array());
        String message = refusal(() -> Safetensors.open(path));
        assertTrue(message.contains("header"), message);
    }

    @Test
    void refusesANonUtf8Header() throws IOException {
        Path path = directory.resolve("x.safetensors");
        byte[] header = "{\"\u00ff\":1}".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(path, bytes(header, 0));
        assertThrows(FormatException.class, () -> Safetensors.open(path));
    }

    private static String refusal(Executable reading) {
        return String.valueOf(assertThrows(FormatException.class, reading).getMessage());
    }

    private Path file(String header, int dataBytes) throws IOException {
        Path path = directory.resolve("x.safetensors");
        Files.write(path, bytes(header.getBytes(StandardCharsets.UTF_8), dataBytes));
        return path;
    }

    private static byte[] bytes(byte[] header, int dataBytes) {
        return ByteBuffer.allocate(8 + header.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }
}
