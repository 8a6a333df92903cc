package io.github.collapse4j.io.input;

/** IEEE 754 binary16, for which Java 17 has no conversion. */
final class HalfFloat {
    private static final int INFINITY = 0x7C00;

    private HalfFloat() {}

    /** Rounds to nearest, ties to even; overflows to infinity, and NaN stays NaN. */
    static short bits(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        if (Float.isNaN(value)) {
            return (short) (sign | INFINITY | 1);
        }
        float magnitude = Math.abs(value);
        if (magnitude >= 65520) { // halfway between the largest finite number and 2¹⁶
            return (short) (sign | INFINITY);
        }
        // A unit in the last place is 2⁻²⁴ below 2⁻¹⁴, and above it 2¹³ of those of a float.
        if (magnitude < 0x1p-14f) {
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
        }
        int rebased = Float.floatToRawIntBits(magnitude) - (112 << 23);
        int rounded = rebased + 0x0FFF + (rebased >>> 13 & 1);
        return (short) (sign | rounded >>> 13);
    }
}
