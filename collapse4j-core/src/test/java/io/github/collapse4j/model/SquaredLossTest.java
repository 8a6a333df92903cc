package io.github.collapse4j.model;

import java.math.BigDecimal;
import java.util.Arrays;

/** Weight 1.5, targets of 0.125 and, for the own class, 0.875. */
class SquaredLossTest extends LossContract {
    private static final int LONGEST = 64;
    private static final BigDecimal WEIGHT = new BigDecimal("1.5");

    @Override
    Loss loss() {
        double[] weights = new double[LONGEST];
        double[] own = new double[LONGEST];
        Arrays.fill(weights, WEIGHT.doubleValue());
        Arrays.fill(own, 0.875);
        return new SquaredLoss(Entries.OfClasses.of(0.125, own), Entries.OfClasses.ofColumns(weights), 0);
    }

    @Override
    double cancelling() {
        return 2;
    }

    private static BigDecimal target(int own, int h) {
        return new BigDecimal(h == own ? "0.875" : "0.125");
    }

    @Override
    BigDecimal value(BigDecimal[] logits, int own) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int h = 0; h < logits.length; h++) {
            BigDecimal difference = logits[h].subtract(target(own, h));
            sum = sum.add(difference.multiply(difference));
        }
        return WEIGHT.multiply(sum).divide(BigDecimal.valueOf(2));
    }

    @Override
    BigDecimal[] residual(BigDecimal[] logits, int own) {
        BigDecimal[] residual = new BigDecimal[logits.length];
        for (int h = 0; h < logits.length; h++) {
            residual[h] = WEIGHT.multiply(logits[h].subtract(target(own, h)));
        }
        return residual;
    }

    @Override
    BigDecimal[] curvature(BigDecimal[] logits, int own, BigDecimal[] direction) {
        BigDecimal[] image = new BigDecimal[logits.length];
        Arrays.setAll(image, h -> WEIGHT.multiply(direction[h]));
        return image;
    }

    @Override
    BigDecimal conjugate(BigDecimal[] residual, int own, BigDecimal scale) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int h = 0; h < residual.length; h++) {
            BigDecimal change = scale.multiply(residual[h]);
            sum = sum.add(change.multiply(change)
                            .divide(WEIGHT.add(WEIGHT), io.github.collapse4j.testkit.BigReal.CONTEXT))
                    .add(change.multiply(target(own, h)));
        }
        return sum;
    }
}
