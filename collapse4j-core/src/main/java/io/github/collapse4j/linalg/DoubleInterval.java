package io.github.collapse4j.linalg;

/**
 * All numbers from {@code low} to {@code high}. Every operation returns an interval that contains its results for all members
 * of its operands: ends are rounded to nearest and then moved outwards by one unit in the last place. Overflow gives infinite
 * ends or NaN, which no comparison accepts.
 */
public record DoubleInterval(double low, double high) {
    public static final DoubleInterval ZERO = new DoubleInterval(0, 0);
    public static final DoubleInterval ONE = new DoubleInterval(1, 1);

    /** A number, exactly. */
    public static DoubleInterval of(double number) {
        return new DoubleInterval(number, number);
    }

    /** All numbers within {@code error·|number|} of a number. */
    public static DoubleInterval around(double number, double error) {
        return error == 0 ? of(number) : within(number, Math.nextUp(Math.abs(number) * error));
    }

    /** All numbers within a distance of a number. */
    public static DoubleInterval within(double number, double distance) {
        return distance == 0
                ? of(number)
                : new DoubleInterval(Math.nextDown(number - distance), Math.nextUp(number + distance));
    }

    public DoubleInterval plus(DoubleInterval other) {
        return new DoubleInterval(Math.nextDown(low + other.low), Math.nextUp(high + other.high));
    }

    public DoubleInterval minus(DoubleInterval other) {
        return new DoubleInterval(Math.nextDown(low - other.high), Math.nextUp(high - other.low));
    }

    public DoubleInterval negate() {
        return new DoubleInterval(-high, -low);
    }

    public DoubleInterval times(DoubleInterval other) {
        double a = low * other.low;
        double b = low * other.high;
        double c = high * other.low;
        double d = high * other.high;
        double least = Math.min(Math.min(a, b), Math.min(c, d));
        double most = Math.max(Math.max(a, b), Math.max(c, d));
        return new DoubleInterval(Math.nextDown(least), Math.nextUp(most));
    }

    /** The product with a number. */
    public DoubleInterval times(double factor) {
        return factor == 1 ? this : times(of(factor));
    }

    /** The quotient by an interval of positive numbers; everything if it reaches 0. */
    public DoubleInterval over(DoubleInterval divisor) {
        if (!(divisor.low > 0)) {
            return new DoubleInterval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double least = low / (low >= 0 ? divisor.high : divisor.low);
        double most = high / (high >= 0 ? divisor.low : divisor.high);
        return new DoubleInterval(Math.nextDown(least), Math.nextUp(most));
    }

    /** The square root, of negative numbers 0. */
    public DoubleInterval squareRoot() {
        return new DoubleInterval(
                Math.max(0, Math.nextDown(Math.sqrt(Math.max(0, low)))), Math.nextUp(Math.sqrt(Math.max(0, high))));
    }

    /** The part in [0, 1] of an interval around a number that is there. */
    public DoubleInterval asProbability() {
        return new DoubleInterval(Math.min(1, Math.max(0, low)), Math.max(0, Math.min(1, high)));
    }

    /** The absolute value's maximum. */
    public double magnitude() {
        return Math.max(Math.abs(low), Math.abs(high));
    }

    /**
     * A lower bound of {@code −x log x} over a part of [0, 1], and a number near its values. The function is concave, so its
     * minimum is at an end; {@link Math#log} and {@link Math#log1p} are off by at most one unit in the last place.
     */
    public DoubleInterval entropy() {
        return ofEntropies(entropy(low), entropy(high));
    }

    private static DoubleInterval ofEntropies(double atLow, double atHigh) {
        double least = Math.min(atLow, atHigh);
        return new DoubleInterval(Math.max(0, least - least * 0x1p-50 - Double.MIN_NORMAL), Math.max(atLow, atHigh));
    }

    private static double entropy(double x) {
        return x <= 0 || x >= 1 ? 0 : -x * Math.log(x);
    }

    /** {@link #entropy} of 1 minus these numbers, more accurate where they are small. */
    public DoubleInterval entropyOfRest() {
        return ofEntropies(entropyOfRest(low), entropyOfRest(high));
    }

    private static double entropyOfRest(double y) {
        return y <= 0 || y >= 1 ? 0 : -(1 - y) * Math.log1p(-y);
    }
}
