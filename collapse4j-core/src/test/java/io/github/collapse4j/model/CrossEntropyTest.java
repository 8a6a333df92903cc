package io.github.collapse4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.testkit.BigReal;
import io.github.collapse4j.testkit.Close;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class CrossEntropyTest extends LossContract {
    /** Below this, two terms of a power series are exact to 40 digits. */
    private static final BigDecimal TINY = new BigDecimal("1e-20");

    @Override
    Loss loss() {
        return new CrossEntropy();
    }

    @Override
    BigDecimal value(BigDecimal[] logits, int own) {
        BigDecimal others = BigDecimal.ZERO;
        for (int h = 0; h < logits.length; h++) {
            if (h != own) {
                others = others.add(BigReal.exp(logits[h].subtract(logits[own])));
            }
        }
        if (others.compareTo(TINY) < 0) {
            // ln(1 + x) = x − x²/2
            return others.subtract(others.multiply(others).divide(BigDecimal.valueOf(2)));
        }
        return BigReal.log(others.add(BigDecimal.ONE));
    }

    @Override
    BigDecimal[] residual(BigDecimal[] logits, int own) {
        BigDecimal[] p = probabilities(logits);
        BigDecimal others = BigDecimal.ZERO;
        for (int h = 0; h < p.length; h++) {
            others = h == own ? others : others.add(p[h]);
        }
        p[own] = others.negate();
        return p;
    }

    @Override
    BigDecimal[] curvature(BigDecimal[] logits, int own, BigDecimal[] direction) {
        BigDecimal[] p = probabilities(logits);
        BigDecimal[] image = new BigDecimal[p.length];
        for (int h = 0; h < p.length; h++) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int j = 0; j < p.length; j++) {
                sum = sum.add(p[j].multiply(direction[h].subtract(direction[j])));
            }
            image[h] = p[h].multiply(sum);
        }
        return image;
    }

    @Override
    BigDecimal conjugate(BigDecimal[] residual, int own, BigDecimal scale) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int h = 0; h < residual.length; h++) {
            BigDecimal change = scale.multiply(residual[h]);
            sum = sum.add(h == own ? ofOwn(change) : ofOther(change));
        }
        return sum;
    }

    private static BigDecimal ofOther(BigDecimal q) {
        return q.signum() <= 0 ? BigDecimal.ZERO : q.multiply(BigReal.log(q));
    }

    /** {@code (1 + x)·ln(1 + x)}, for tiny x from its series {@code x + x²/2}. */
    private static BigDecimal ofOwn(BigDecimal x) {
        return x.abs().compareTo(TINY) < 0
                ? x.add(x.multiply(x).divide(BigDecimal.valueOf(2)))
                : ofOther(x.add(BigDecimal.ONE));
    }

    private static BigDecimal[] probabilities(BigDecimal[] logits) {
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal[] p = new BigDecimal[logits.length];
        for (int h = 0; h < p.length; h++) {
            p[h] = BigReal.exp(logits[h]);
            total = total.add(p[h]);
        }
        for (int h = 0; h < p.length; h++) {
            p[h] = p[h].divide(total, BigReal.CONTEXT);
        }
        return p;
    }

    @Test
    void aSingleClassCostsNothing() {
        TestColumn single = TestColumn.of(0, -1e4);
        assertEquals(0, single.value(loss()));
        assertEquals(0, Math.abs(single.residual(loss())[0]));
        assertEquals(0, Math.abs(single.conjugate(loss(), 1)));
        assertEquals(0, Math.abs(single.curvature(loss(), new double[] {7})[0]));
    }

    @Test
    void equalLogitsGiveLogKWhateverTheirSize() {
        for (double z : new double[] {0, 1e4, -1e4, 1e300, -1e300}) {
            Close.assertClose(Math.log(3), TestColumn.of(1, z, z, z).value(loss()), 1e-15, "three equal logits " + z);
        }
    }

    @Test
    void isShiftInvariant() {
        assertTrue(loss().isShiftInvariant());
        assertEquals(1, loss().rankOneCurvature());
    }
}
