package io.github.collapse4j.proof;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A fraction of any sign, such as a parameter of a loss; 0 is {@code 0/1}.
 *
 * @param negative whether it is below 0
 * @param size its magnitude; empty for 0
 */
public record Fraction(boolean negative, Optional<Rational> size) {
    /** 0. */
    public static final Fraction ZERO = new Fraction(false, Optional.empty());

    public Fraction {
        if (negative && size.isEmpty()) {
            throw new IllegalArgumentException("fraction: expected 0 without a sign");
        }
    }

    /** A positive fraction. */
    public static Fraction of(Rational size) {
        return new Fraction(false, Optional.of(size));
    }

    /** Parses {@code 0}, or a {@link Rational} that may follow a minus sign. */
    public static Optional<Fraction> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(ZERO);
        }
        boolean negative = text.startsWith("-");
        return Rational.parse(negative ? text.substring(1) : text)
                .map(size -> new Fraction(negative, Optional.of(size)));
    }

    /** The exact value of a decimal; empty if it is out of range. */
    public static Optional<Fraction> ofDecimal(BigDecimal decimal) {
        return decimal.signum() == 0
                ? Optional.of(ZERO)
                : Rational.ofDecimal(decimal.abs()).map(size -> new Fraction(decimal.signum() < 0, Optional.of(size)));
    }

    /** Whether it is below 1. */
    public boolean isBelowOne() {
        return negative
                || size.map(one -> one.numerator().compareTo(one.denominator()) < 0)
                        .orElse(true);
    }

    /** The smallest interval that contains it. */
    Interval interval() {
        Interval magnitude = size.map(Rational::interval).orElse(Interval.ZERO);
        return negative ? magnitude.negate() : magnitude;
    }

    /** The nearest double, for use outside proofs. */
    public double approximately() {
        double magnitude = size.map(Rational::approximately).orElse(0.0);
        return negative ? -magnitude : magnitude;
    }

    @Override
    public String toString() {
        return (negative ? "-" : "") + size.map(Rational::toString).orElse("0");
    }
}
