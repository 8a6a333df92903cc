package io.github.collapse4j.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.testkit.Seeded;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

/** The gap behind every claim is never below the true one. */
class LowerBoundTest {
    @Test
    void theRelativeGapIsRoundedUp() {
        Seeded seeded = Seeded.of(1);
        for (int i = 0; i < 10_000; i++) {
            double objective = seeded.logUniform(1e-12, 1e3);
            double value = objective * (1 - seeded.logUniform(1e-16, 1));
            BigDecimal exact = new BigDecimal(objective)
                    .subtract(new BigDecimal(value))
                    .divide(new BigDecimal(objective), new MathContext(60));
            double gap = new LowerBound(value, 1, 1, 0).relativeGap(objective);
            assertTrue(new BigDecimal(gap).compareTo(exact) >= 0, objective + " over " + value);
            assertTrue(gap <= exact.doubleValue() * (1 + 1e-15) + Double.MIN_NORMAL, objective + " over " + value);
        }
    }

    @Test
    void nonFiniteNumbersClaimNothing() {
        assertEquals(Double.POSITIVE_INFINITY, new LowerBound(Double.NaN, 1, 1, 0).relativeGap(1));
        assertEquals(Double.POSITIVE_INFINITY, new LowerBound(0, 1, 1, 0).relativeGap(Double.NaN));
        assertEquals(Double.POSITIVE_INFINITY, new LowerBound(0, 1, 1, 0).relativeGap(Double.POSITIVE_INFINITY));
        assertEquals(0, new LowerBound(0, 1, 1, 0).relativeGap(0));
    }
}
