package io.github.collapse4j.model;

import io.github.collapse4j.testkit.BigReal;
import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;

/** Own outputs wanted by 1.5 and not by 0.25, others by 0.125 and not by 0.75; and one-hot, where nothing cancels. */
class SigmoidLossTest {
    private static final int LONGEST = 64;

    @Nested
    class Soft extends Contract {
        Soft() {
            super("1.5", "0.25", "0.125", "0.75");
        }

        @Override
        double cancelling() {
            return 2;
        }
    }

    @Nested
    class OneHot extends Contract {
        OneHot() {
            super("1", "0", "0", "1");
        }
    }

    abstract static class Contract extends LossContract {
        private final BigDecimal ownUp;
        private final BigDecimal ownDown;
        private final BigDecimal otherUp;
        private final BigDecimal otherDown;

        Contract(String ownUp, String ownDown, String otherUp, String otherDown) {
            this.ownUp = new BigDecimal(ownUp);
            this.ownDown = new BigDecimal(ownDown);
            this.otherUp = new BigDecimal(otherUp);
            this.otherDown = new BigDecimal(otherDown);
        }

        @Override
        Loss loss() {
            return new SigmoidLoss(entries(otherUp, ownUp), entries(otherDown, ownDown), 0);
        }

        private static Entries entries(BigDecimal other, BigDecimal own) {
            double[] owns = new double[LONGEST];
            Arrays.fill(owns, own.doubleValue());
            return Entries.OfClasses.of(other.doubleValue(), owns);
        }

        private BigDecimal up(int own, int h) {
            return h == own ? ownUp : otherUp;
        }

        private BigDecimal down(int own, int h) {
            return h == own ? ownDown : otherDown;
        }

        private static BigDecimal softplus(BigDecimal z) {
            BigDecimal small = BigReal.exp(z.abs().negate());
            BigDecimal logarithm = small.compareTo(new BigDecimal("1e-20")) < 0
                    ? small.subtract(small.multiply(small).divide(BigDecimal.valueOf(2)))
                    : BigReal.log(BigDecimal.ONE.add(small));
            return z.max(BigDecimal.ZERO).add(logarithm);
        }

        private static BigDecimal sigmoid(BigDecimal z) {
            BigDecimal small = BigReal.exp(z.abs().negate());
            BigDecimal numerator = z.signum() >= 0 ? BigDecimal.ONE : small;
            return numerator.divide(BigDecimal.ONE.add(small), BigReal.CONTEXT);
        }

        @Override
        BigDecimal value(BigDecimal[] logits, int own) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int h = 0; h < logits.length; h++) {
                sum = sum.add(up(own, h).multiply(softplus(logits[h].negate())))
                        .add(down(own, h).multiply(softplus(logits[h])));
            }
            return sum;
        }

        @Override
        BigDecimal[] residual(BigDecimal[] logits, int own) {
            BigDecimal[] residual = new BigDecimal[logits.length];
            for (int h = 0; h < logits.length; h++) {
                residual[h] = down(own, h)
                        .multiply(sigmoid(logits[h]))
                        .subtract(up(own, h).multiply(sigmoid(logits[h].negate())));
            }
            return residual;
        }

        @Override
        BigDecimal[] curvature(BigDecimal[] logits, int own, BigDecimal[] direction) {
            BigDecimal[] image = new BigDecimal[logits.length];
            for (int h = 0; h < logits.length; h++) {
                image[h] = up(own, h)
                        .add(down(own, h))
                        .multiply(sigmoid(logits[h]))
                        .multiply(sigmoid(logits[h].negate()))
                        .multiply(direction[h]);
            }
            return image;
        }

        @Override
        BigDecimal conjugate(BigDecimal[] residual, int own, BigDecimal scale) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int h = 0; h < residual.length; h++) {
                BigDecimal change = scale.multiply(residual[h]);
                BigDecimal c = up(own, h).add(down(own, h));
                sum = sum.add(entropy(up(own, h).add(change), c))
                        .add(entropy(down(own, h).subtract(change), c));
            }
            return sum;
        }

        private static BigDecimal entropy(BigDecimal q, BigDecimal c) {
            BigDecimal x = q.subtract(c).divide(c, BigReal.CONTEXT);
            if (x.abs().compareTo(new BigDecimal("1e-20")) < 0) {
                return c.multiply(x.add(x.multiply(x).divide(BigDecimal.valueOf(2))));
            }
            return q.signum() <= 0 ? BigDecimal.ZERO : q.multiply(BigReal.log(q.divide(c, BigReal.CONTEXT)));
        }
    }
}
