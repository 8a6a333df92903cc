package io.github.collapse4j.io.proof;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Doubles as texts with an exact meaning, such as {@code 0x1.8p-3}. */
final class HexDouble {
    /** The largest absolute value accepted. */
    static final double LARGEST = 0x1p40;

    private static final Pattern NORMAL = Pattern.compile("(-?)0x1(?:\\.([0-9a-f]{1,13}))?p([+-]?)(0|[1-9][0-9]{0,3})");
    private static final Pattern SUBNORMAL = Pattern.compile("(-?)0x0\\.([0-9a-f]{1,13})p-1022");
    private static final int FRACTION_DIGITS = 13;
    private static final int FRACTION_BITS = 52;

    private HexDouble() {}

    /**
     * The number; empty if the text has another form, is out of the range of a double, or exceeds 2^40 in magnitude.
     */
    static OptionalDouble parse(String text) {
        if (text.equals("0x0.0p+0") || text.equals("0x0p+0")) {
            return OptionalDouble.of(0);
        }
        Matcher normal = NORMAL.matcher(text);
        if (normal.matches()) {
            int exponent = Integer.parseInt(normal.group(4));
            exponent = normal.group(3).equals("-") ? -exponent : exponent;
            if (exponent < Double.MIN_EXPONENT || exponent > Double.MAX_EXPONENT) {
                return OptionalDouble.empty();
            }
            long biased = (long) exponent + Double.MAX_EXPONENT;
            return ofSize(normal.group(1), biased << FRACTION_BITS | fraction(normal.group(2)));
        }
        Matcher subnormal = SUBNORMAL.matcher(text);
        return subnormal.matches() ? ofSize(subnormal.group(1), fraction(subnormal.group(2))) : OptionalDouble.empty();
    }

    private static long fraction(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits, 16) << (4 * (FRACTION_DIGITS - digits.length()));
    }

    private static OptionalDouble ofSize(String sign, long bits) {
        double size = Double.longBitsToDouble(bits);
        return size > LARGEST ? OptionalDouble.empty() : OptionalDouble.of(sign.isEmpty() ? size : -size);
    }

    /** The text of a finite number. */
    static String text(double number) {
        return number == 0 ? "0x0.0p+0" : Double.toHexString(number);
    }
}
