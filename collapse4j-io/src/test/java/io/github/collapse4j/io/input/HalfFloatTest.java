package io.github.collapse4j.io.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfFloatTest {
    /** From the definition of binary16, ties to even. */
    @ParameterizedTest
    @CsvSource({
        "0, 0000",
        "-0.0, 8000",
        "1, 3C00",
        "-2, C000",
        "65504, 7BFF",
        "65519.99, 7BFF",
        "65520, 7C00",
        "Infinity, 7C00",
        "-Infinity, FC00",
        "6.103515625E-5, 0400",
        "6.097555E-5, 03FF",
        "5.9604645E-8, 0001",
        "2.9802322E-8, 0000",
        "2.98023259E-8, 0001",
        "1.00048828125, 3C00",
        "1.00146484375, 3C02",
        "0.1307, 302F",
        "NaN, 7C01"
    })
    void roundsToNearest(float value, String bits) {
        assertEquals(bits, "%04X".formatted(HalfFloat.bits(value) & 0xFFFF));
    }
}
