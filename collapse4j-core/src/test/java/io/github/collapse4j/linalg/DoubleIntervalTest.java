package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.testkit.Seeded;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Every operation encloses the exact results at the ends and the middle of its operands. */
class DoubleIntervalTest {
    private static final MathContext EXACT = new MathContext(60);

    private static DoubleInterval random(RandomGenerator random) {
        double size = Math.scalb(random.nextGaussian(), random.nextInt(80) - 40);
        return random.nextInt(4) == 0
                ? DoubleInterval.of(size)
                : new DoubleInterval(size, size + Math.abs(random.nextGaussian() * size * 0.3));
    }

    private static double[] members(DoubleInterval x) {
        return new double[] {x.low(), x.low() / 2 + x.high() / 2, x.high()};
    }

    private static void assertContains(DoubleInterval interval, BigDecimal exact) {
        assertTrue(
                new BigDecimal(interval.low()).compareTo(exact) <= 0
                        && exact.compareTo(new BigDecimal(interval.high())) <= 0,
                () -> exact + " in " + interval);
    }

    @Test
    void arithmetic() {
        Seeded.range(1, 300).forEach(seeded -> {
            DoubleInterval x = random(seeded.random());
            DoubleInterval y = random(seeded.random());
            for (double one : members(x)) {
                for (double other : members(y)) {
                    BigDecimal a = new BigDecimal(one);
                    BigDecimal b = new BigDecimal(other);
                    assertContains(x.plus(y), a.add(b));
                    assertContains(x.minus(y), a.subtract(b));
                    assertContains(x.times(y), a.multiply(b));
                    if (y.low() > 0) {
                        assertContains(x.over(y), a.divide(b, EXACT));
                    }
                }
                if (x.low() > 0) {
                    assertContains(x.squareRoot(), new BigDecimal(one).sqrt(EXACT));
                }
            }
        });
    }

    @Test
    void lowerEndsOfEntropiesAreLowerBounds() {
        Seeded.range(1, 300).forEach(seeded -> {
            double low = seeded.random().nextDouble();
            DoubleInterval q = new DoubleInterval(
                    low, low + (1 - low) * 0.1 * seeded.random().nextDouble());
            for (double x : members(q)) {
                double entropy = -x * Math.log(x) * (1 + 0x1p-51);
                assertTrue(q.entropy().low() <= entropy);
                assertTrue(q.entropy().low() >= 0.8 * entropy - 0.2);
            }
            DoubleInterval rest = DoubleInterval.ONE.minus(q).asProbability();
            assertEquals(q.entropy().low(), rest.entropyOfRest().low(), 1e-14);
        });
        assertEquals(0, new DoubleInterval(0, 0.5).entropy().low());
        assertEquals(0, new DoubleInterval(0.5, 1).entropy().low());
    }

    @Test
    void nothingIsProvedByOverflow() {
        DoubleInterval huge = DoubleInterval.of(Double.MAX_VALUE);
        assertFalse(huge.times(huge).low() > Double.POSITIVE_INFINITY);
        assertEquals(
                Double.NEGATIVE_INFINITY,
                DoubleInterval.ONE.over(DoubleInterval.ZERO).low());
        assertTrue(Double.isNaN(huge.times(huge)
                        .minus(huge.times(huge))
                        .asProbability()
                        .entropy()
                        .low())
                || huge.times(huge).minus(huge.times(huge)).low() < 0);
    }
}
