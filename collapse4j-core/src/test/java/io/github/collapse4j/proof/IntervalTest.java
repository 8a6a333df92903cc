package io.github.collapse4j.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals contain every result on members of their operands, and are hardly wider than they must be. */
class IntervalTest {
    private static final BigDecimal UNIT =
            BigDecimal.ONE.divide(new BigDecimal(BigInteger.ONE.shiftLeft(Interval.BITS)));
    private static final MathContext DIGITS = new MathContext(200);
    private static final int ROUNDS = 2000;

    private final Random random = new Random(17);

    private static BigDecimal low(Interval x) {
        return new BigDecimal(x.low()).multiply(UNIT);
    }

    private static BigDecimal high(Interval x) {
        return new BigDecimal(x.high()).multiply(UNIT);
    }

    private static void assertContains(Interval x, BigDecimal exact, String what) {
        assertTrue(low(x).compareTo(exact) <= 0 && high(x).compareTo(exact) >= 0, () -> what + ": " + x + ", " + exact);
    }

    private static void assertNarrow(Interval x, BigDecimal units) {
        BigDecimal width = high(x).subtract(low(x));
        assertTrue(width.compareTo(UNIT.multiply(units)) <= 0, () -> x + " is " + width.divide(UNIT) + " units wide");
    }

    /** An interval of a random size and kind: a number, narrow, or wide with 0 inside. */
    private Interval interval() {
        BigInteger a = new BigInteger(1 + random.nextInt(Interval.BITS + 40), random);
        BigInteger b = switch (random.nextInt(3)) {
            case 0 -> a;
            case 1 -> a.add(BigInteger.valueOf(random.nextInt(1000)));
            default -> a.add(new BigInteger(1 + random.nextInt(Interval.BITS + 40), random));
        };
        BigInteger shift = random.nextInt(3) == 0 ? new BigInteger(Interval.BITS, random) : BigInteger.ZERO;
        Interval x = Interval.ofScaled(a.subtract(shift), b.subtract(shift));
        return random.nextBoolean() ? x : x.negate();
    }

    /** A member: an end or something between. */
    private BigDecimal member(Interval x) {
        BigInteger width = x.high().subtract(x.low());
        BigInteger at = switch (random.nextInt(3)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> width;
            default -> width.signum() == 0 ? BigInteger.ZERO : new BigInteger(width.bitLength() + 8, random).mod(width);
        };
        return new BigDecimal(x.low().add(at)).multiply(UNIT);
    }

    private void enclosesBinary(String name, BinaryOperator<Interval> operation, BinaryOperator<BigDecimal> exact) {
        for (int i = 0; i < ROUNDS; i++) {
            Interval x = interval();
            Interval y = interval();
            assertContains(
                    operation.apply(x, y), exact.apply(member(x), member(y)), name + i + " of " + x + " and " + y);
        }
    }

    private void enclosesUnary(String name, UnaryOperator<Interval> operation, UnaryOperator<BigDecimal> exact) {
        for (int i = 0; i < ROUNDS; i++) {
            Interval x = interval();
            assertContains(operation.apply(x), exact.apply(member(x)), name + i + " of " + x);
        }
    }

    @Test
    void arithmeticEncloses() {
        enclosesBinary("sum ", Interval::plus, BigDecimal::add);
        enclosesBinary("difference ", Interval::minus, BigDecimal::subtract);
        enclosesBinary("product ", Interval::times, BigDecimal::multiply);
        enclosesBinary("maximum ", Interval::max, BigDecimal::max);
        enclosesBinary("minimum ", Interval::min, BigDecimal::min);
        enclosesUnary("opposite ", Interval::negate, BigDecimal::negate);
        enclosesUnary("square ", Interval::square, x -> x.multiply(x));
        enclosesUnary("size ", Interval::magnitude, BigDecimal::abs);
        enclosesUnary("half ", Interval::half, x -> x.divide(new BigDecimal(2)));
        enclosesUnary("seven times ", x -> x.times(7), x -> x.multiply(new BigDecimal(7)));
        enclosesUnary("minus seven times ", x -> x.times(-7), x -> x.multiply(new BigDecimal(-7)));
    }

    @Test
    void quotientsAndRootsEnclose() {
        for (int i = 0; i < ROUNDS; i++) {
            Interval x = interval();
            Interval y = interval().magnitude();
            if (y.isPositive()) {
                BigDecimal numerator = member(x);
                BigDecimal divisor = member(y);
                Interval quotient = x.dividedBy(y);
                // numerator/divisor, compared without dividing
                assertTrue(low(quotient).multiply(divisor).compareTo(numerator) <= 0, quotient::toString);
                assertTrue(high(quotient).multiply(divisor).compareTo(numerator) >= 0, quotient::toString);
            }
            BigDecimal square = member(y);
            Interval root = y.squareRoot();
            assertTrue(low(root).multiply(low(root)).compareTo(square) <= 0, root::toString);
            assertTrue(high(root).multiply(high(root)).compareTo(square) >= 0, root::toString);
        }
        assertEquals("[3, 3]", Interval.of(9).squareRoot().toString());
        assertThrows(
                ArithmeticException.class,
                () -> Interval.ONE.dividedBy(Interval.ofScaled(BigInteger.ZERO, BigInteger.ONE)));
    }

    @Test
    void sumsOfProductsAreRoundedOnce() {
        for (int i = 0; i < 200; i++) {
            Interval[] x = new Interval[9];
            Interval[] y = new Interval[9];
            BigDecimal exact = BigDecimal.ZERO;
            for (int k = 0; k < x.length; k++) {
                x[k] = interval();
                y[k] = interval();
                exact = exact.add(member(x[k]).multiply(member(y[k])));
            }
            assertContains(ProductSum.dot(x, y), exact, "dot " + i);
        }
        Interval third =
                Interval.ofFraction(BigInteger.ONE, BigInteger.valueOf(3)).lower();
        assertNarrow(ProductSum.dot(new Interval[] {third, third}, new Interval[] {third, third}), BigDecimal.ONE);
    }

    @Test
    void doublesAreExactUnlessTheyHaveBitsBelowTheLastPlace() {
        for (double number : new double[] {0, -0.0, 1, -1.5, 0.1, 0x1.fffffffffffffp40, -0x1.8p-204, 0x1p-256}) {
            Interval x = Interval.of(number);
            assertEquals(0, low(x).compareTo(new BigDecimal(number)), () -> "" + number);
            assertEquals(x.low(), x.high());
        }
        for (double number :
                new double[] {Double.MIN_VALUE, -Double.MIN_VALUE, 0x1.8p-256, -0x1.0000000000001p-255, 1e-300}) {
            Interval x = Interval.of(number);
            assertContains(x, new BigDecimal(number), "" + number);
            assertNarrow(x, BigDecimal.ONE);
        }
        assertThrows(IllegalArgumentException.class, () -> Interval.of(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Interval.of(Double.NEGATIVE_INFINITY));
    }

    /** To 90 digits, from mpmath. */
    @ParameterizedTest
    @CsvSource({
        "1, 2.71828182845904523536028747135266249775724709369995957496696762772407663035354759457138218",
        "-1, 0.367879441171442321595523770161460867445811131031767834507836801697461495744899803357147274",
        "0.5, 1.64872127070012814684865078781416357165377610071014801157507931164066102119421560863277652",
        "-0.6931471805599453, 0.500000000000000004708616060729088306208815274536044903944582101733974133215959525900869135",
        "10.25, 28282.5419203349790898937457721502431568480651134016608148834199897214547582451192139245813"
    })
    void exponentialsOfReferences(BigDecimal x, BigDecimal expected) {
        Interval number = Interval.ofFraction(x.unscaledValue(), BigInteger.TEN.pow(x.scale()));
        Interval exp = number.exp();
        BigDecimal tolerance = BigDecimal.ONE.movePointLeft(Math.min(75, expected.scale()));
        assertTrue(low(exp).subtract(expected).abs().compareTo(tolerance) <= 0, () -> exp + " for " + expected);
    }

    @Test
    void logarithmsOfReferences() {
        // mpmath, 90 digits.
        assertContains(
                Interval.of(2).log().plus(around("1e-80")),
                new BigDecimal(
                        "0.693147180559945309417232121458176568075500134360255254120680009493393621969694715605863326996"),
                "log 2");
        assertContains(
                Interval.of(10).log().plus(around("1e-80")),
                new BigDecimal(
                        "2.30258509299404568401799145468436420760110148862877297603332790096757260967735248023599720508"),
                "log 10");
        assertEquals("[0, 0]", Interval.ONE.log().times(0).toString());
        assertThrows(ArithmeticException.class, () -> Interval.ZERO.log());
        assertThrows(
                ArithmeticException.class,
                () -> Interval.ofScaled(BigInteger.ONE.negate(), BigInteger.ONE).log());
    }

    private static Interval around(String radius) {
        BigInteger units = new BigDecimal(radius).divide(UNIT).toBigInteger();
        return Interval.ofScaled(units.negate(), units);
    }

    @Test
    void exponentialsMultiplyAndLogarithmsInvert() {
        for (int i = 0; i < 300; i++) {
            Interval x = number(60 * (random.nextDouble() - 0.7));
            Interval y = number(20 * (random.nextDouble() - 0.5));
            Interval product = x.exp().times(y.exp());
            assertTrue(intersects(product, x.plus(y).exp()), () -> x + ", " + y);
            assertNarrow(x.exp(), high(x.exp()).add(BigDecimal.ONE).multiply(new BigDecimal(2)));
            Interval log = x.exp().log();
            assertTrue(intersects(log, x), () -> log + ", " + x);
            Interval positive = number(Math.exp(80 * (random.nextDouble() - 0.5)));
            assertNarrow(positive.log(), new BigDecimal(2));
            assertTrue(
                    intersects(positive.log().plus(y), positive.times(y.exp()).log()), () -> positive + ", " + y);
        }
    }

    /** Around multiples of log 2, where the reduction of the argument could lose or gain a unit. */
    @Test
    void exponentialsNearPowersOfTwo() {
        Interval log2 = Interval.of(2).log();
        for (int k = -200; k <= 200; k++) {
            for (BigInteger offset : new BigInteger[] {BigInteger.ONE.negate(), BigInteger.ZERO, BigInteger.ONE}) {
                Interval x = log2.times(k);
                Interval shifted =
                        Interval.ofScaled(x.low().add(offset), x.high().add(offset));
                BigDecimal power = k >= 0
                        ? new BigDecimal(BigInteger.TWO.pow(k))
                        : BigDecimal.ONE.divide(new BigDecimal(BigInteger.TWO.pow(-k)));
                // exp(k log 2 + offset) = 2^k (1 + offset + …)
                BigDecimal exact = power.multiply(BigDecimal.ONE.add(new BigDecimal(offset).multiply(UNIT)));
                BigDecimal slack = power.multiply(UNIT).multiply(UNIT);
                Interval exp = shifted.exp();
                assertTrue(low(exp).compareTo(exact.add(slack)) <= 0, "low of 2^" + k);
                assertTrue(high(exp).compareTo(exact.subtract(slack)) >= 0, "high of 2^" + k);
            }
        }
    }

    @Test
    void hugeNegativeArgumentsOfTheExponentialAreClamped() {
        Interval huge = Interval.of(-0x1p1000);
        assertEquals(BigInteger.ZERO, huge.exp().low());
        assertEquals(BigInteger.ONE, huge.exp().high());
        Interval wide = Interval.ofScaled(huge.low(), Interval.ONE.high()).exp();
        assertTrue(wide.contains(Interval.ONE));
        assertThrows(ArithmeticException.class, () -> Interval.of(1e9).exp());
    }

    private static boolean intersects(Interval x, Interval y) {
        return x.low().compareTo(y.high()) <= 0 && y.low().compareTo(x.high()) <= 0;
    }

    private static Interval number(double x) {
        return Interval.of(x);
    }

    @Test
    void textsAreRoundedOutwards() {
        Interval third = Interval.ofFraction(BigInteger.ONE, BigInteger.valueOf(3));
        assertEquals("0.3333", third.lowerText(4));
        assertEquals("0.3334", third.upperText(4));
        assertEquals("-0.3334", third.negate().lowerText(4));
        assertEquals("0", Interval.ZERO.lowerText(4));
        Interval tiny = new Rational(BigInteger.ONE, BigInteger.TEN.pow(60)).interval();
        assertEquals("9.999e-61", tiny.lower().lowerText(4));
        assertEquals("1.001e-60", tiny.upper().upperText(4));
    }

    @Test
    void rationalsAreExactAndStrict() {
        assertEquals(
                "1/250",
                Rational.ofDecimal(new BigDecimal("0.004")).orElseThrow().toString());
        assertEquals(
                "1/2000",
                Rational.ofDecimal(new BigDecimal("5e-4")).orElseThrow().toString());
        assertEquals(
                "300", Rational.ofDecimal(new BigDecimal("3E2")).orElseThrow().toString());
        assertEquals("2/4", Rational.parse("2/4").orElseThrow().toString());
        for (String text : new String[] {
            "",
            "0",
            "0/1",
            "1/0",
            "-1",
            "+1",
            "01",
            "1/02",
            "1.5",
            "1e3",
            "1/2/3",
            "/2",
            "1/",
            " 1",
            "1 ",
            "1\n",
            "١",
            "1".repeat(41),
            "1/" + "1".repeat(41)
        }) {
            assertTrue(Rational.parse(text).isEmpty(), text);
        }
        assertTrue(Rational.parse("9".repeat(40) + "/" + "9".repeat(40)).isPresent());
        BigDecimal exact = BigDecimal.ONE.divide(new BigDecimal(7), DIGITS);
        Interval seventh = new Rational(BigInteger.ONE, BigInteger.valueOf(7)).interval();
        assertContains(seventh, exact, "1/7");
        assertNarrow(seventh, BigDecimal.ONE);
    }
}
