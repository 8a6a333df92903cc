package io.github.collapse4j.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Number converters that report an out-of-range value as a usage error naming the option. */
public final class Ranges {
    private Ranges() {}

    /** Finite numbers. */
    public static final class Finite implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double value = parse(text);
            return checked(text, value, !Double.isNaN(value), "a finite number");
        }
    }

    /** Finite numbers above 0. */
    public static final class Positive implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double value = parse(text);
            return checked(text, value, value > 0, "a finite number above 0");
        }
    }

    /** Finite numbers of at least 0. */
    public static final class NotNegative implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double value = parse(text);
            return checked(text, value, value >= 0, "a finite number of at least 0");
        }
    }

    /** Label smoothing. */
    public static final class Smoothing implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double value = parse(text);
            return checked(
                    text,
                    value,
                    value >= 0 && value < 1,
                    "a number of at least 0 and below 1 (at 1, targets do not depend on the labels)");
        }
    }

    /** Numbers between 0 and 1, without both. */
    public static final class Share implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double value = parse(text);
            return checked(text, value, value > 0 && value < 1, "a number above 0 and below 1");
        }
    }

    /** Integers of at least 0. */
    public static final class AtLeastZero implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return whole(text, 0);
        }
    }

    /** Integers of at least 1. */
    public static final class AtLeastOne implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return whole(text, 1);
        }
    }

    /** Integers of at least 2. */
    public static final class AtLeastTwo implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return whole(text, 2);
        }
    }

    private static int whole(String text, int least) {
        double value = parse(text);
        boolean isWhole = value >= least && value <= Integer.MAX_VALUE && value == Math.rint(value);
        return (int) checked(
                text,
                value,
                isWhole,
                value > Integer.MAX_VALUE
                        ? "a whole number of at most " + Integer.MAX_VALUE
                        : "a whole number of at least " + least);
    }

    private static double checked(String text, double value, boolean isInRange, String expected) {
        if (!isInRange || Double.isInfinite(value)) {
            throw new TypeConversionException("expected " + expected + ", found " + text);
        }
        return value;
    }

    private static double parse(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
