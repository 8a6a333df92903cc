package io.github.collapse4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class SquaredErrorTest extends LossContract {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    @Override
    Loss loss() {
        return new SquaredError();
    }

    @Override
    BigDecimal value(BigDecimal[] logits, int own) {
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal e : residual(logits, own)) {
            sum = sum.add(e.multiply(e));
        }
        return sum.multiply(HALF);
    }

    @Override
    BigDecimal[] residual(BigDecimal[] logits, int own) {
        BigDecimal[] residual = logits.clone();
        residual[own] = residual[own].subtract(BigDecimal.ONE);
        return residual;
    }

    @Override
    BigDecimal[] curvature(BigDecimal[] logits, int own, BigDecimal[] direction) {
        return direction;
    }

    @Override
    BigDecimal conjugate(BigDecimal[] residual, int own, BigDecimal scale) {
        // ℓ*(g) = ½‖g‖² + g_y
        BigDecimal sum = scale.multiply(residual[own]);
        for (BigDecimal e : residual) {
            BigDecimal g = scale.multiply(e);
            sum = sum.add(g.multiply(g).multiply(HALF));
        }
        return sum;
    }

    @Test
    void lossOfKnownLogits() {
        assertEquals(0, TestColumn.of(1, 0, 1, 0).value(loss()));
        assertEquals(0.5, TestColumn.of(0, 0).value(loss()));
        assertEquals(1, TestColumn.of(1, 1, 0).value(loss()));
    }

    @Test
    void isNotShiftInvariant() {
        assertFalse(loss().isShiftInvariant());
        assertEquals(0, loss().rankOneCurvature());
    }
}
