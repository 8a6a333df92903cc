package io.github.collapse4j.proof;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A positive fraction as written, not reduced.
 *
 * @param numerator above 0
 * @param denominator above 0
 */
public record Rational(BigInteger numerator, BigInteger denominator) {
    private static final int MAX_DIGITS = 40;
    private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]*)(/[1-9][0-9]*)?");

    public Rational {
        if (numerator.signum() <= 0 || denominator.signum() <= 0) {
            throw new IllegalArgumentException(
                    "rational: expected a number above 0, found " + numerator + "/" + denominator);
        }
    }

    /** Parses {@code 3} or {@code 1/250}; empty if the text has another form, is 0, or has over 40 digits in a part. */
    public static Optional<Rational> parse(String text) {
        if (text.length() > 2 * MAX_DIGITS + 1 || !TEXT.matcher(text).matches()) {
            return Optional.empty();
        }
        int bar = text.indexOf('/');
        String above = bar < 0 ? text : text.substring(0, bar);
        String below = bar < 0 ? "1" : text.substring(bar + 1);
        if (above.length() > MAX_DIGITS || below.length() > MAX_DIGITS || above.equals("0")) {
            return Optional.empty();
        }
        return Optional.of(new Rational(new BigInteger(above), new BigInteger(below)));
    }

    /**
     * The exact value of a decimal such as {@code 0.004} or {@code 5e-4}; empty if it is not positive or out of range.
     */
    public static Optional<Rational> ofDecimal(BigDecimal decimal) {
        if (decimal.signum() <= 0 || Math.abs((long) decimal.scale()) > MAX_DIGITS) {
            return Optional.empty();
        }
        BigInteger numerator = decimal.scale() > 0 ? decimal.unscaledValue() : decimal.toBigIntegerExact();
        BigInteger denominator = decimal.scale() > 0 ? BigInteger.TEN.pow(decimal.scale()) : BigInteger.ONE;
        BigInteger common = numerator.gcd(denominator);
        return parse(numerator.divide(common) + "/" + denominator.divide(common));
    }

    /** Whether another fraction has the same value. */
    boolean hasValueOf(Rational other) {
        return numerator.multiply(other.denominator).equals(other.numerator.multiply(denominator));
    }

    /** The smallest interval that contains the fraction. */
    public Interval interval() {
        return Interval.ofFraction(numerator, denominator);
    }

    /** The nearest double, for use outside proofs. */
    public double approximately() {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), MathContext.DECIMAL128)
                .doubleValue();
    }

    @Override
    public String toString() {
        return denominator.equals(BigInteger.ONE) ? numerator.toString() : numerator + "/" + denominator;
    }
}
