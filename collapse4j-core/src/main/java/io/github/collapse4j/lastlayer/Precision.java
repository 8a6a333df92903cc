package io.github.collapse4j.lastlayer;

/** The floating-point format that numbers were rounded to, whatever they are stored in: half, single or double precision. */
final class Precision {
    /** The unit round-off of double precision. */
    static final double DOUBLE = 0x1p-53;

    private static final int SIGNIFICAND = 52;
    private static final int HALF = 10;
    private static final int SINGLE = 23;

    private Precision() {}

    /** The unit round-off of the coarsest of the three formats that holds all the numbers: 2⁻¹¹, 2⁻²⁴ or 2⁻⁵³. */
    static double unitRoundOff(double[] numbers) {
        long bits = 0;
        for (double number : numbers) {
            bits |= Double.doubleToRawLongBits(number);
        }
        int used = SIGNIFICAND - Math.min(SIGNIFICAND, Long.numberOfTrailingZeros(bits));
        int held = used <= HALF ? HALF : used <= SINGLE ? SINGLE : SIGNIFICAND;
        return Math.scalb(1.0, -held - 1);
    }
}
