package io.github.collapse4j.io.npy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.DType;
import io.github.collapse4j.io.array.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dictionary of a header, and the bytes before it. */
class NpyHeaderTest {
    private static final DType DOUBLE = new DType(DType.Kind.FLOAT, 8, ByteOrder.LITTLE_ENDIAN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }    \n",
                "{'descr':'<f8','fortran_order':False,'shape':(3,4)}",
                "{\"shape\": (3, 4,), \"descr\": \"<f8\", \"fortran_order\": False}",
                " { 'fortran_order' : False ,\n'shape'\t:\r\n( 3 ,4 ) , 'descr':'<f8' , } ",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3L, 4L), }"
            })
    void acceptsEveryNotation(String dictionary) throws IOException {
        for (int version = 1; version <= 3; version++) {
            byte[] bytes = Sample.file(version, dictionary);
            assertEquals(
                    new ArrayHeader(DOUBLE, false, List.of(3L, 4L), version == 1 ? 10 : 12, bytes.length), read(bytes));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "()             | -",
                "(7,)           | 7",
                "(0, 0)         | 0 0",
                "(1, 2, 3, 4, 5)| 1 2 3 4 5",
                "(9223372036854775807, 0) | 9223372036854775807 0"
            })
    void readsShapes(String shape, String lengths) throws IOException {
        ArrayHeader header = read(Sample.file(shape, "|u1"));
        assertEquals(
                lengths.replace("-", ""),
                String.join(" ", header.shape().stream().map(String::valueOf).toList()));
        assertEquals(shape, header.shapeText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{}}",
                "[]",
                "{,}",
                "None",
                "\0\0\0\0",
                "ÿþ",
                "{'descr': '<f8'}",
                "{'descr': '<f8', 'fortran_order': False}",
                "{'descr': '<f8', 'shape': (3,)}",
                "{'fortran_order': False, 'shape': (3,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), 'extra': 1}",
                "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (3,)}",
                "{'descr': '<f8', 'fortran_order': False, 'fortran_order': False, 'shape': (3,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), 'shape': (3,)}",
                "{'descr': '<f8' 'fortran_order': False, 'shape': (3,)}",
                "{'descr' '<f8', 'fortran_order': False, 'shape': (3,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)} x",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}\0",
                "{descr: '<f8', 'fortran_order': False, 'shape': (3,)}"
            })
    void refusesOtherDictionaries(String dictionary) {
        assertEquals("header", refusal(Sample.file(1, dictionary)).field());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'<f8",
                "<f8'",
                "'<f\\x38'",
                "'<f8\n'",
                "5",
                "None",
                "True",
                "''",
                "'<'",
                "'f'",
                "'<f9'",
                "'<f16'"
            })
    void refusesOtherTypes(String descr) {
        String dictionary = "{'fortran_order': False, 'shape': (3,), 'descr': " + descr + "}";
        assertEquals("descr", refusal(Sample.file(1, dictionary)).field());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "false", "Falsey", "False_", "True1", "'False'", "None", ""})
    void refusesOtherOrders(String order) {
        String dictionary = "{'descr': '<f8', 'shape': (3,), 'fortran_order': " + order + "}";
        assertEquals("fortran_order", refusal(Sample.file(1, dictionary)).field());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3",
                "(3)",
                "(3",
                "[3, 4]",
                "(,)",
                "(3,,4)",
                "(3 4)",
                "(-1,)",
                "(-9223372036854775808, 2)",
                "(3.0,)",
                "(3e2,)",
                "(0x10,)",
                "(03,)",
                "(1_000,)",
                "(True,)",
                "('3',)",
                "(3LL,)",
                "((3,),)",
                "(9223372036854775808,)",
                "(99999999999999999999999999,)",
                "(2305843009213693952, 4)",
                "(9223372036854775807, 9223372036854775807)",
                "(0, 9223372036854775807, 9223372036854775807)",
                "(4294967296, 4294967296)",
                "None"
            })
    void refusesOtherShapes(String shape) {
        assertEquals("shape", refusal(Sample.file(shape, "<f8")).field());
    }

    @Test
    void refusesTooManyDimensions() throws IOException {
        String ones = String.join(", ", Collections.nCopies(64, "1"));
        assertEquals(64, read(Sample.file("(" + ones + ")", "<f8")).shape().size());
        assertEquals("shape", refusal(Sample.file("(" + ones + ", 1)", "<f8")).field());
    }

    @Test
    void namesTheWrongByte() {
        FormatException negative = refusal(Sample.file("(3, -4)", "<f8"));
        String dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, ";
        assertEquals(10 + dictionary.length(), negative.offset());
        assertEquals(
                "x.npy: shape: expected a whole number, not negative, found '-4), }' (at byte offset 64)",
                negative.getMessage());
        assertEquals(
                "x.npy: descr: expected a numeric type (b1, i1 to i8, u1 to u8, f2, f4 or f8), found the object type"
                        + " (pickled Python objects; convert with .astype(np.float32)) '|O' (at byte offset 20)",
                refusal(Sample.file("(3,)", "|O")).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0,0", "4,0", "1,1", "3,255", "255,0"})
    void refusesOtherVersions(int major, int minor) {
        byte[] bytes = Sample.file("(3,)", "<f8");
        bytes[6] = (byte) major;
        bytes[7] = (byte) minor;
        FormatException refused = refusal(bytes);
        assertEquals("version", refused.field());
        assertEquals(major + "." + minor, refused.found());
        assertEquals(6, refused.offset());
    }

    @Test
    void refusesOtherMagicAndNamesTheLikelyFormat() {
        assertTrue(refusal(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0}).found().contains(".npz"));
        assertTrue(refusal(new byte[] {(byte) 0x80, 4, 'x', 0, 0, 0, 0}).found().contains("pickle"));
        assertTrue(refusal("version https://git-lfs".getBytes(StandardCharsets.US_ASCII))
                .found()
                .contains("LFS"));
        assertEquals("nothing", refusal(new byte[0]).found());
    }

    @Test
    void refusesHugeHeadersBeforeReadingThem() {
        byte[] bytes = Sample.file(2, "{");
        bytes[8] = (byte) 0xFF;
        bytes[9] = (byte) 0xFF;
        bytes[10] = (byte) 0xFF;
        bytes[11] = (byte) 0xFF;
        FormatException refused = refusal(bytes);
        assertEquals("header length", refused.field());
        assertEquals("4294967295 bytes", refused.found());
    }

    @Test
    void acceptsTheLargestHeader() throws IOException {
        String dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}";
        String padded = dictionary + " ".repeat(HeaderReader.MAX_DICTIONARY_BYTES - dictionary.length());
        assertEquals(
                HeaderReader.MAX_DICTIONARY_BYTES + 12,
                read(Sample.file(2, padded)).dataOffset());
        assertEquals("header length", refusal(Sample.file(2, padded + " ")).field());
    }

    @Test
    void refusesMalformedUtf8InVersion3Only() {
        String dictionary = "{'descr': '\u00ff', 'fortran_order': False, 'shape': (3,)}";
        byte[] latin = Sample.file(1, dictionary);
        assertTrue(refusal(latin).found().contains("\u00ff"));
        byte[] utf = Sample.file(3, dictionary.replace('\u00ff', '?'));
        for (int i = 0; i < utf.length; i++) {
            utf[i] = utf[i] == '?' ? (byte) 0xFF : utf[i];
        }
        assertEquals("UTF-8 text", refusal(utf).expected());
    }

    @Test
    void leavesTheStreamAtTheData() throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(Sample.file("(1,)", "|u1", (byte) 42));
        NpyFile.header(in, "x.npy");
        assertEquals(42, in.read());
    }

    @Test
    void refusesUncountableShapes() {
        assertThrows(IllegalArgumentException.class, () -> new ArrayHeader(DOUBLE, false, List.of(-1L), 10, 64));
        assertThrows(
                IllegalArgumentException.class, () -> new ArrayHeader(DOUBLE, false, List.of(1L << 60, 8L), 10, 64));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ArrayHeader(DOUBLE, false, Collections.nCopies(65, 1L), 10, 64));
    }

    private static ArrayHeader read(byte[] bytes) throws IOException {
        return NpyFile.header(new ByteArrayInputStream(bytes), "x.npy");
    }

    private static FormatException refusal(byte[] bytes) {
        return Sample.refusal("x.npy", () -> read(bytes));
    }
}
