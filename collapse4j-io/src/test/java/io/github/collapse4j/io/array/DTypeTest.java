package io.github.collapse4j.io.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.collapse4j.io.array.DType.Kind;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NumPy's notation of types. */
class DTypeTest {
    @ParameterizedTest
    @ValueSource(strings = {"|b1", "|i1", "<i2", ">i4", "<i8", "|u1", ">u2", "<u4", ">u8", "<f2", ">f4", "<f8"})
    void usesNumpyNotation(String descr) {
        assertEquals(Optional.of(descr), DType.parse(descr).map(DType::descr));
    }

    @Test
    void acceptsOtherMarksOfNativeByteOrder() {
        Optional<DType> nativeOrder = Optional.of(new DType(Kind.FLOAT, 4, ByteOrder.nativeOrder()));
        assertEquals(nativeOrder, DType.parse("=f4"));
        assertEquals(nativeOrder, DType.parse("|f4"));
        assertEquals(nativeOrder, DType.parse("f4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "|?", "<?", "b1", "<b1"})
    void readsBooleans(String descr) {
        assertEquals(Optional.of("|b1"), DType.parse(descr).map(DType::descr));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<",
                "<<f4",
                "f",
                "4",
                "f1",
                "f3",
                "f16",
                "i16",
                "b2",
                "u0",
                "<c8",
                "O",
                "V8",
                "!f4",
                "F4",
                "f４",
                "float",
                "float8",
                "float128",
                "int1",
                "<float64"
            })
    void refusesOtherNotations(String descr) {
        assertEquals(Optional.empty(), DType.parse(descr));
    }

    @ParameterizedTest
    @CsvSource({"float64,<f8", "float16,<f2", "int8,|i1", "uint32,<u4", "bool,|b1"})
    void readsNamesOfTypes(String name, String descr) {
        assumeTrue(ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN));
        assertEquals(Optional.of(descr), DType.parse(name).map(DType::descr));
    }

    @Test
    void refusesWidthsThatDoNotExist() {
        assertThrows(IllegalArgumentException.class, () -> new DType(Kind.FLOAT, 1, ByteOrder.LITTLE_ENDIAN));
        assertThrows(IllegalArgumentException.class, () -> new DType(Kind.BOOL, 2, ByteOrder.LITTLE_ENDIAN));
    }
}
