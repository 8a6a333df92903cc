package io.github.collapse4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.testkit.BigReal;
import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Weight 1.75, every other class wanted by 1/32, offsets of 0.5 and, for the own class, −0.75. */
class SoftmaxLossTest extends LossContract {
    private static final int LONGEST = 64;
    private static final BigDecimal WEIGHT = new BigDecimal("1.75");
    private static final BigDecimal OTHER = new BigDecimal("0.03125");
    private static final BigDecimal OFFSET = new BigDecimal("0.5");
    private static final BigDecimal OWN_OFFSET = new BigDecimal("-0.75");

    @Override
    Loss loss() {
        double[] weights = filled(WEIGHT.doubleValue());
        return new SoftmaxLoss(
                new SoftmaxTargets(Entries.OfClasses.of(OTHER.doubleValue(), weights), weights, 0),
                new LogitOffsets(Entries.OfClasses.of(OFFSET.doubleValue(), filled(OWN_OFFSET.doubleValue())), 0));
    }

    private static double[] filled(double value) {
        double[] numbers = new double[LONGEST];
        Arrays.fill(numbers, value);
        return numbers;
    }

    @Override
    double cancelling() {
        return WEIGHT.doubleValue();
    }

    private static BigDecimal shifted(BigDecimal[] logits, int own, int h) {
        return logits[h].add(h == own ? OWN_OFFSET : OFFSET);
    }

    private static BigDecimal want(int length, int own, int h) {
        return h == own ? WEIGHT.subtract(OTHER.multiply(BigDecimal.valueOf(length - 1))) : OTHER;
    }

    @Override
    BigDecimal value(BigDecimal[] logits, int own) {
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal linear = BigDecimal.ZERO;
        BigDecimal reference = shifted(logits, own, own);
        for (int h = 0; h < logits.length; h++) {
            BigDecimal z = shifted(logits, own, h).subtract(reference);
            total = total.add(BigReal.exp(z));
            linear = linear.add(want(logits.length, own, h).multiply(z));
        }
        return WEIGHT.multiply(BigReal.log(total)).subtract(linear);
    }

    private static BigDecimal[] probabilities(BigDecimal[] logits, int own) {
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal[] p = new BigDecimal[logits.length];
        for (int h = 0; h < p.length; h++) {
            p[h] = BigReal.exp(shifted(logits, own, h));
            total = total.add(p[h]);
        }
        for (int h = 0; h < p.length; h++) {
            p[h] = p[h].divide(total, BigReal.CONTEXT);
        }
        return p;
    }

    @Override
    BigDecimal[] residual(BigDecimal[] logits, int own) {
        BigDecimal[] p = probabilities(logits, own);
        for (int h = 0; h < p.length; h++) {
            p[h] = WEIGHT.multiply(p[h]).subtract(want(p.length, own, h));
        }
        return p;
    }

    @Override
    BigDecimal[] curvature(BigDecimal[] logits, int own, BigDecimal[] direction) {
        BigDecimal[] p = probabilities(logits, own);
        BigDecimal[] image = new BigDecimal[p.length];
        for (int h = 0; h < p.length; h++) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int j = 0; j < p.length; j++) {
                sum = sum.add(p[j].multiply(direction[h].subtract(direction[j])));
            }
            image[h] = WEIGHT.multiply(p[h]).multiply(sum);
        }
        return image;
    }

    @Override
    BigDecimal conjugate(BigDecimal[] residual, int own, BigDecimal scale) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal left = WEIGHT;
        for (int h = 0; h < residual.length; h++) {
            BigDecimal change = scale.multiply(residual[h]);
            sum = sum.subtract(change.multiply(h == own ? OWN_OFFSET : OFFSET));
            if (h != own) {
                BigDecimal q = OTHER.add(change);
                left = left.subtract(q);
                sum = sum.add(entropy(q));
            }
        }
        return sum.add(entropy(left));
    }

    private static BigDecimal entropy(BigDecimal q) {
        return q.signum() <= 0 ? BigDecimal.ZERO : q.multiply(BigReal.log(q.divide(WEIGHT, BigReal.CONTEXT)));
    }

    @Test
    void withoutParametersItIsCrossEntropy() {
        double[] ones = filled(1);
        Loss plain = new SoftmaxLoss(
                new SoftmaxTargets(Entries.OfClasses.of(0, ones), ones, 0),
                new LogitOffsets(Entries.OfClasses.of(0, new double[LONGEST]), 0));
        TestColumn.samples().forEach(column -> {
            assertEquals(column.value(new CrossEntropy()), column.value(plain), 1e-15 * column.value(plain));
            assertEquals(
                    column.conjugate(new CrossEntropy(), 0.5),
                    column.conjugate(plain, 0.5),
                    1e-14 * Math.abs(column.conjugate(plain, 0.5)));
        });
    }
}
