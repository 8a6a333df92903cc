package io.github.collapse4j.io.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.array.NumericVector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every type, byte order, memory order and version, as NumPy wrote them. */
class NpyGoldenTest {
    private static final int ROWS = 3;
    private static final int COLUMNS = 5;

    @TempDir
    private Path directory;

    /** {@return type, byte order, memory order and version of every golden matrix} */
    static Stream<GoldenMatrix> matrices() {
        return Stream.of("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8")
                .flatMap(type -> Stream.of("little", "big")
                        .filter(endian -> endian.equals("little") || !type.endsWith("1"))
                        .flatMap(endian -> Stream.of("C", "F")
                                .flatMap(order ->
                                        Stream.of(1, 2, 3).map(v -> new GoldenMatrix(type, endian, order, v)))));
    }

    record GoldenMatrix(String type, String endian, String order, int version) {
        String file() {
            return "matrix/%s_%s_%s_v%d.npy".formatted(type, endian, order, version);
        }
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void readsWhatNumpyWrote(GoldenMatrix golden) throws IOException {
        double[] expected = expected(golden.type());
        try (NumericMatrix matrix =
                NpyFile.open(Golden.copy(golden.file(), directory)).matrix()) {
            ArrayHeader header = matrix.array().header();
            assertEquals(golden.version() == 1 ? 10 : 12, header.typeOffset());
            assertEquals(golden.order().equals("F"), header.fortranOrder());
            assertEquals(List.of(3L, 5L), header.shape());
            assertEquals(0, header.dataOffset() % 64);
            assertEquals(golden.type(), header.dtype().descr().substring(1));
            if (header.dtype().itemBytes() > 1) {
                assertEquals(golden.endian().equals("big"), header.dtype().byteOrder() == ByteOrder.BIG_ENDIAN);
            }
            double[] all = new double[ROWS * COLUMNS];
            matrix.readRows(0, ROWS, all);
            assertArrayEquals(bits(expected), bits(all));
            for (int i = 0; i < ROWS; i++) {
                double[] row = new double[COLUMNS];
                matrix.readRows(i, 1, row);
                assertArrayEquals(bits(Arrays.copyOfRange(expected, i * COLUMNS, (i + 1) * COLUMNS)), bits(row));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void readsTheSameFromAStream(GoldenMatrix golden) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(Golden.bytes(golden.file()));
        try (NumericMatrix matrix = NpyFile.read(in, "stream").matrix()) {
            double[] all = new double[ROWS * COLUMNS];
            matrix.readRows(0, ROWS, all);
            assertArrayEquals(bits(expected(golden.type())), bits(all));
        }
        assertEquals(0, in.available());
    }

    /** The matrices become vectors of 15 labels by changing their header. */
    @ParameterizedTest
    @MethodSource("matrices")
    void readsLabelsExactly(GoldenMatrix golden) throws IOException {
        byte[] bytes = Golden.bytes(golden.file());
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '(') {
                System.arraycopy("(15 ,)".getBytes(StandardCharsets.US_ASCII), 0, bytes, i, 6);
                break;
            }
        }
        Path file = Files.write(directory.resolve("labels.npy"), bytes);
        String[] texts = expectedTexts(golden.type());
        try (NumericVector vector = NpyFile.open(file).vector()) {
            assertEquals(15, vector.length());
            long[] one = new long[1];
            for (int i = 0; i < 15; i++) {
                int position = i;
                // a matrix in Fortran order is stored by columns
                int index = golden.order().equals("C") ? i : i % ROWS * COLUMNS + i / ROWS;
                boolean isLong = !golden.type().startsWith("f") && new BigInteger(texts[index]).bitLength() < 64;
                if (isLong) {
                    vector.readLongs(i, 1, one);
                    assertEquals(Long.parseLong(texts[index]), one[0]);
                } else {
                    FormatException refused = Sample.refusal(file.toString(), () -> vector.readLongs(position, 1, one));
                    assertEquals(golden.type().equals("u8") ? "element " + i : "descr", refused.field());
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0x5.npy,0,5", "5x0.npy,5,0", "0x0_F.npy,0,0", "empty_vector.npy,0,1"})
    void readsEmptyArrays(String name, long rows, long columns) throws IOException {
        try (NumericMatrix matrix =
                NpyFile.open(Golden.copy("shape/" + name, directory)).matrix()) {
            assertEquals(rows, matrix.rows());
            assertEquals(columns, matrix.columns());
            assertEquals(0, matrix.array().header().elementCount());
            matrix.readRows(0, (int) rows, new double[0]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"row_F.npy", "column_F.npy"})
    void readsSingleRowsAndColumns(String name) throws IOException {
        try (NumericMatrix matrix =
                NpyFile.open(Golden.copy("shape/" + name, directory)).matrix()) {
            double[] all = new double[4];
            matrix.readRows(0, (int) matrix.rows(), all);
            assertArrayEquals(new double[] {0, 1, 2, 3}, all);
        }
    }

    @Test
    void readsVectors() throws IOException {
        try (NumericVector vector =
                NpyFile.open(Golden.copy("shape/vector.npy", directory)).vector()) {
            assertEquals(5, vector.length());
            long[] labels = new long[5];
            vector.readLongs(0, 5, labels);
            assertArrayEquals(new long[] {3, 1, 4, 1, 5}, labels);
            double[] doubles = new double[3];
            vector.readDoubles(2, 3, doubles);
            assertArrayEquals(new double[] {4, 1, 5}, doubles);
        }
    }

    @Test
    void parsesOtherDimensionsWithoutReadingThemAsMatrices() throws IOException {
        try (NumericArray scalar = NpyFile.open(Golden.copy("shape/scalar.npy", directory))) {
            assertEquals(List.of(), scalar.header().shape());
            assertEquals(1, scalar.header().elementCount());
            Sample.refusal(scalar.name(), scalar::matrix);
            Sample.refusal(scalar.name(), scalar::vector);
        }
        try (NumericArray cube = NpyFile.open(Golden.copy("shape/cube.npy", directory))) {
            assertEquals(List.of(2L, 3L, 4L), cube.header().shape());
            assertEquals(96, cube.header().dataBytes());
            FormatException refused = Sample.refusal(cube.name(), cube::matrix);
            assertEquals("(2, 3, 4)", refused.found());
            Sample.refusal(cube.name(), cube::vector);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "object.npy,object",
        "structured.npy,structured",
        "structured_utf8.npy,structured",
        "subarray.npy,structured",
        "complex.npy,complex",
        "bytes.npy,string",
        "unicode.npy,string",
        "datetime.npy,date and time",
        "timedelta.npy,date and time",
        "longdouble.npy,longdouble",
        "void.npy,raw"
    })
    void refusesOtherTypes(String name, String kind) throws IOException {
        Path file = Golden.copy("refused/" + name, directory);
        FormatException refused = Sample.refusal(file.toString(), () -> NpyFile.open(file));
        assertEquals("descr", refused.field());
        assertTrue(refused.found().contains(kind), refused.found());
    }

    /** bfloat16 as ml_dtypes saves it: raw bytes with a byte order. */
    @Test
    void readsBrainFloats() throws IOException {
        Path file = directory.resolve("h.npy");
        String header = "{'descr': '<V2', 'fortran_order': False, 'shape': (2,), }";
        byte[] bytes = ("\u0093NUMPY\u0001\u0000" + (char) header.length() + "\u0000" + header + "\u0000?\u00c0\u00bf")
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, bytes);
        double[] read = new double[2];
        NpyFile.open(file).vector().readDoubles(0, 2, read);
        assertArrayEquals(new double[] {0.5, -1.5}, read);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("<V2")] = '|';
        Files.write(file, bytes);
        FormatException refused = Sample.refusal(file.toString(), () -> NpyFile.open(file));
        assertTrue(
                refused.found().contains("bfloat16 and the like: convert with .astype(np.float32)"), refused.found());
    }

    @Test
    void missingGoldenFilesFail() {
        assertThrows(AssertionError.class, () -> Golden.bytes("no-such-file.npy"));
    }

    private static String[] expectedTexts(String type) throws IOException {
        String line = Golden.lines("matrix/expected.txt").stream()
                .filter(l -> l.startsWith(type + " "))
                .findFirst()
                .orElseThrow();
        return line.substring(type.length() + 1).split(" ", -1);
    }

    private static double[] expected(String type) throws IOException {
        return Stream.of(expectedTexts(type))
                .mapToDouble(NpyGoldenTest::toDouble)
                .toArray();
    }

    private static double toDouble(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> text.contains("x") ? Double.parseDouble(text) : new BigInteger(text).doubleValue();
        };
    }

    /** {@return the bits of each number, so that signed zeros differ and NaN equals NaN} */
    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }
}
