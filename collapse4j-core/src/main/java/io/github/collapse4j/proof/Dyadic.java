package io.github.collapse4j.proof;

import java.math.BigInteger;

/** Doubles as exact integers, for sums whose sign must be exact. */
final class Dyadic {
    /** Every double is a multiple of 2 to the power of minus this number. */
    static final int BITS = 1074;

    private Dyadic() {}

    /** A finite double in units of 2^−{@value #BITS}. */
    static BigInteger scaled(double number) {
        long bits = Double.doubleToRawLongBits(number);
        int exponent = (int) (bits >>> 52) & 0x7ff;
        long fraction = bits & 0xfffffffffffffL;
        BigInteger size = exponent == 0
                ? BigInteger.valueOf(fraction)
                : BigInteger.valueOf(fraction | 1L << 52).shiftLeft(exponent - 1);
        return bits < 0 ? size.negate() : size;
    }
}
