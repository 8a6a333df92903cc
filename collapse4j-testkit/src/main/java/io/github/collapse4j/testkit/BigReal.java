package io.github.collapse4j.testkit;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Real numbers to {@value #DIGITS} significant digits, as an oracle for formulas that lose digits in double precision.
 * Favours clarity over speed.
 */
public final class BigReal {
    private static final int DIGITS = 60;

    /** The precision of every result. */
    public static final MathContext CONTEXT = new MathContext(DIGITS);

    /** Extra digits that absorb the errors of intermediate steps. */
    private static final MathContext INNER = new MathContext(DIGITS + 15);

    private static final BigDecimal INNER_EPSILON = BigDecimal.ONE.movePointLeft(DIGITS + 16);

    private BigReal() {}

    /** The exact value of a double. */
    public static BigDecimal exact(double value) {
        return new BigDecimal(value);
    }

    /** {@code e^x}, for |x| up to about a million. */
    public static BigDecimal exp(BigDecimal x) {
        return innerExp(x).round(CONTEXT);
    }

    private static BigDecimal innerExp(BigDecimal x) {
        // e^x = (e^(x/2^m))^(2^m); each squaring doubles the relative error, hence digits for 2^m.
        int halvings = 8;
        for (BigDecimal size = x.abs(); size.compareTo(BigDecimal.ONE) > 0; size = size.divide(BigDecimal.valueOf(2))) {
            halvings++;
        }
        BigDecimal reduced = x.divide(BigDecimal.valueOf(2).pow(halvings), INNER);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int n = 1; term.signum() != 0 && term.abs().compareTo(INNER_EPSILON) > 0; n++) {
            term = term.multiply(reduced).divide(BigDecimal.valueOf(n), INNER);
            sum = sum.add(term, INNER);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, INNER);
        }
        return sum;
    }

    /** {@code ln x} of a positive number; near 1 the error is absolute, since the leading digits cancel. */
    public static BigDecimal log(BigDecimal x) {
        if (x.signum() <= 0) {
            throw new ArithmeticException("logarithm of " + x);
        }
        int exponent = x.precision() - x.scale();
        if (Math.abs(exponent) < 300) {
            return ofDoubleRange(x).round(CONTEXT);
        }
        BigDecimal ofPower = ofDoubleRange(BigDecimal.TEN).multiply(BigDecimal.valueOf(exponent));
        return ofDoubleRange(x.movePointLeft(exponent)).add(ofPower, INNER).round(CONTEXT);
    }

    /** Halley's iteration {@code y + 2(x − e^y)/(x + e^y)} from the double logarithm: 15, 45, 135 correct digits. */
    private static BigDecimal ofDoubleRange(BigDecimal x) {
        BigDecimal y = new BigDecimal(Math.log(x.doubleValue()));
        for (int i = 0; i < 3; i++) {
            BigDecimal e = innerExp(y);
            y = y.add(x.subtract(e).multiply(BigDecimal.valueOf(2)).divide(x.add(e), INNER), INNER);
        }
        return y;
    }
}
