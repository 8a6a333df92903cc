package io.github.collapse4j.proof;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A closed interval whose ends are multiples of 2^−{@value #BITS}. Every operation returns an interval that contains
 * all results of the operation on members of its operands: lower ends are rounded down, upper ends up. Immutable.
 */
public final class Interval {
    /** Bits after the binary point. */
    static final int BITS = 256;

    /** The interval [0, 0]. */
    public static final Interval ZERO = new Interval(BigInteger.ZERO, BigInteger.ZERO);

    /** The interval [1, 1]. */
    public static final Interval ONE = of(1);

    private final BigInteger low;
    private final BigInteger high;

    private Interval(BigInteger low, BigInteger high) {
        this.low = low;
        this.high = high;
    }

    /** The interval from {@code low} to {@code high}, both in units of 2^−{@value #BITS}. */
    static Interval ofScaled(BigInteger low, BigInteger high) {
        if (low.compareTo(high) > 0) {
            throw new IllegalArgumentException("interval: expected ends in order, found " + low + " and " + high);
        }
        return new Interval(low, high);
    }

    /** The point interval of a number in units of 2^−{@value #BITS}. */
    static Interval ofScaled(BigInteger number) {
        return new Interval(number, number);
    }

    /** An integer, exactly. */
    public static Interval of(long number) {
        return ofScaled(BigInteger.valueOf(number).shiftLeft(BITS));
    }

    /**
     * The enclosure of a finite double: exact, or between the neighbouring multiples if it has lower bits.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public static Interval of(double number) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("interval: expected a finite number, found " + number);
        }
        // Math.getExponent is −1023 for subnormal numbers, whose last place is 2^−1074.
        int lastPlace = Math.max(Math.getExponent(number), Double.MIN_EXPONENT) - 52;
        long digits = Double.doubleToRawLongBits(number) & 0xfffffffffffffL;
        if (Math.getExponent(number) >= Double.MIN_EXPONENT) {
            digits |= 1L << 52;
        }
        BigInteger mantissa = BigInteger.valueOf(number < 0 ? -digits : digits);
        int shift = lastPlace + BITS;
        return shift >= 0
                ? ofScaled(mantissa.shiftLeft(shift))
                : new Interval(mantissa.shiftRight(-shift), ceilingShift(mantissa, -shift));
    }

    /** A fraction with a positive denominator. */
    static Interval ofFraction(BigInteger numerator, BigInteger denominator) {
        BigInteger scaled = numerator.shiftLeft(BITS);
        return new Interval(floorDivide(scaled, denominator), ceilingDivide(scaled, denominator));
    }

    /** The lower end in units of 2^−{@value #BITS}. */
    BigInteger low() {
        return low;
    }

    /** The upper end in units of 2^−{@value #BITS}. */
    BigInteger high() {
        return high;
    }

    /** The lower end as a point interval. */
    public Interval lower() {
        return ofScaled(low);
    }

    /** The upper end as a point interval. */
    public Interval upper() {
        return ofScaled(high);
    }

    public Interval plus(Interval other) {
        return new Interval(low.add(other.low), high.add(other.high));
    }

    public Interval minus(Interval other) {
        return new Interval(low.subtract(other.high), high.subtract(other.low));
    }

    public Interval negate() {
        return new Interval(high.negate(), low.negate());
    }

    public Interval times(Interval other) {
        if (isNumber() && other.isNumber()) {
            BigInteger product = low.multiply(other.low);
            return new Interval(product.shiftRight(BITS), ceilingShift(product, BITS));
        }
        return new ProductSum().add(this, other).value();
    }

    public Interval times(long factor) {
        BigInteger number = BigInteger.valueOf(factor);
        BigInteger a = low.multiply(number);
        BigInteger b = high.multiply(number);
        return factor < 0 ? new Interval(b, a) : new Interval(a, b);
    }

    /** The square, never below 0. */
    public Interval square() {
        Interval size = magnitude();
        return size.times(size);
    }

    /** The absolute value. */
    public Interval magnitude() {
        if (low.signum() >= 0) {
            return this;
        }
        return high.signum() <= 0
                ? negate()
                : new Interval(BigInteger.ZERO, low.negate().max(high));
    }

    /**
     * The quotient.
     *
     * @throws ArithmeticException if the divisor contains a number that is not positive
     */
    public Interval dividedBy(Interval divisor) {
        if (divisor.low.signum() <= 0) {
            throw new ArithmeticException("division by an interval that is not positive");
        }
        BigInteger down = low.signum() >= 0 ? divisor.high : divisor.low;
        BigInteger up = high.signum() >= 0 ? divisor.low : divisor.high;
        return new Interval(floorDivide(low.shiftLeft(BITS), down), ceilingDivide(high.shiftLeft(BITS), up));
    }

    /** Half of it. */
    public Interval half() {
        return new Interval(low.shiftRight(1), ceilingShift(high, 1));
    }

    /** The square root; negative numbers are replaced by 0. */
    public Interval squareRoot() {
        BigInteger root = low.max(BigInteger.ZERO).shiftLeft(BITS).sqrt();
        BigInteger square = high.max(BigInteger.ZERO).shiftLeft(BITS);
        BigInteger above = square.sqrt();
        return new Interval(root, above.multiply(above).equals(square) ? above : above.add(BigInteger.ONE));
    }

    /** The exponential function. */
    public Interval exp() {
        return Transcendental.exp(this);
    }

    /**
     * The natural logarithm.
     *
     * @throws ArithmeticException if the interval contains a number that is not positive
     */
    public Interval log() {
        return Transcendental.log(this);
    }

    /** The larger of two numbers. */
    public Interval max(Interval other) {
        return new Interval(low.max(other.low), high.max(other.high));
    }

    /** The smaller of two numbers. */
    public Interval min(Interval other) {
        return new Interval(low.min(other.low), high.min(other.high));
    }

    /** Whether every number of this interval is below every number of the other. */
    public boolean isBelow(Interval other) {
        return high.compareTo(other.low) < 0;
    }

    /** Whether every number of this interval is at most every number of the other. */
    public boolean isAtMost(Interval other) {
        return high.compareTo(other.low) <= 0;
    }

    /** Whether the interval is a single number. */
    boolean isNumber() {
        return low.equals(high);
    }

    /** Whether the interval is [0, 0]. */
    boolean isZero() {
        return low.signum() == 0 && high.signum() == 0;
    }

    /** Whether every number of the interval is above 0. */
    public boolean isPositive() {
        return low.signum() > 0;
    }

    /** Whether every number of the other interval is in this one. */
    public boolean contains(Interval other) {
        return low.compareTo(other.low) <= 0 && high.compareTo(other.high) >= 0;
    }

    /** A double near the interval, for use outside proofs. */
    public double approximately() {
        return Math.scalb(low.doubleValue(), -BITS);
    }

    /** The lower end in decimal, rounded down to the given number of significant digits. */
    public String lowerText(int digits) {
        return text(low, new MathContext(digits, RoundingMode.FLOOR));
    }

    /** The upper end in decimal, rounded up to the given number of significant digits. */
    public String upperText(int digits) {
        return text(high, new MathContext(digits, RoundingMode.CEILING));
    }

    private static String text(BigInteger scaled, MathContext context) {
        BigDecimal exact = new BigDecimal(scaled).divide(new BigDecimal(BigInteger.ONE.shiftLeft(BITS)));
        BigDecimal rounded = exact.round(context);
        return rounded.signum() == 0 ? "0" : rounded.toString().replace("E", "e");
    }

    @Override
    public String toString() {
        return "[" + lowerText(20) + ", " + upperText(20) + "]";
    }

    static BigInteger ceilingShift(BigInteger number, int bits) {
        BigInteger floor = number.shiftRight(bits);
        boolean exact = number.signum() == 0 || number.getLowestSetBit() >= bits;
        return exact ? floor : floor.add(BigInteger.ONE);
    }

    static BigInteger floorDivide(BigInteger number, BigInteger divisor) {
        BigInteger[] parts = number.divideAndRemainder(divisor);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static BigInteger ceilingDivide(BigInteger number, BigInteger divisor) {
        return floorDivide(number.negate(), divisor).negate();
    }

    /** The smallest integer whose square is at least the argument. */
    static BigInteger ceilingRoot(BigInteger square) {
        BigInteger root = square.sqrt();
        return root.multiply(root).equals(square) ? root : root.add(BigInteger.ONE);
    }
}
