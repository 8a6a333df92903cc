package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.DoubleInterval;
import io.github.collapse4j.model.Column;
import io.github.collapse4j.model.SigmoidLoss;
import java.util.Arrays;

/**
 * A probability q for each entry, of which the smaller of q and 1 − q is a stored double; its residuals are
 * {@code vq − u(1 − q)}. A free bias multiplies the q of a row, or their 1 − q, by a factor up to 1 as in
 * docs/proof-format.md; 1 minus the factor is what is known precisely.
 */
final class EnclosedSigmoid extends EnclosedDual {
    private final SigmoidLoss loss;

    /** q, or where that is above ½ minus (1 − q). */
    private final double[] smaller;

    private final DoubleInterval[] fall;
    private final DoubleInterval[] rise;

    EnclosedSigmoid(DualColumns columns, SigmoidLoss loss, double[] stored) {
        super(columns);
        this.loss = loss;
        this.smaller = new double[stored.length];
        this.fall = new DoubleInterval[columns.outputs()];
        this.rise = new DoubleInterval[columns.outputs()];
        Arrays.fill(fall, DoubleInterval.ZERO);
        Arrays.fill(rise, DoubleInterval.ZERO);
        for (int j = 0; j < columns.columns(); j++) {
            Column column = columns.data().column(j);
            for (int h = 0; h < column.length(); h++) {
                double up = loss.positive(column, h).low();
                double down = loss.negative(column, h).low();
                double e = stored[column.offset() + h];
                double q = up + down == 0 ? 0 : Math.min(1, Math.max(0, (up + e) / (up + down)));
                double r = Math.min(1, Math.max(0, (down - e) / (up + down)));
                smaller[column.offset() + h] = q <= 0.5 ? q : -Math.max(Double.MIN_VALUE, r);
            }
        }
    }

    @Override
    void repair(DoubleInterval[] gamma) {
        DualColumns columns = columns();
        DoubleInterval[] up =
                columns.means((h, j) -> loss.positive(columns.data().column(j), h));
        DoubleInterval[] down =
                columns.means((h, j) -> loss.negative(columns.data().column(j), h));
        for (int h = 0; h < gamma.length; h++) {
            fall[h] = excess(gamma[h], up[h]);
            rise[h] = excess(gamma[h].negate(), down[h]);
        }
    }

    /** {@code γ⁺/(part + γ⁺)}. */
    private static DoubleInterval excess(DoubleInterval gamma, DoubleInterval part) {
        if (gamma.high() <= 0) {
            return DoubleInterval.ZERO;
        }
        DoubleInterval positive = new DoubleInterval(Math.max(0, gamma.low()), gamma.high());
        return positive.over(part.plus(positive)).asProbability();
    }

    /** q and 1 − q. */
    private record Pair(DoubleInterval q, DoubleInterval rest) {}

    private Pair probabilities(Column column, int h) {
        double stored = smaller[column.offset() + h];
        DoubleInterval size = DoubleInterval.of(Math.abs(stored));
        DoubleInterval q = stored >= 0 ? size : DoubleInterval.ONE.minus(size);
        DoubleInterval rest = stored >= 0 ? DoubleInterval.ONE.minus(size) : size;
        int output = columns().output(h, column.group());
        if (!fall[output].equals(DoubleInterval.ZERO)) {
            rest = rest.plus(fall[output].times(q));
            q = q.times(DoubleInterval.ONE.minus(fall[output]));
        }
        if (!rise[output].equals(DoubleInterval.ZERO)) {
            q = q.plus(rise[output].times(rest));
            rest = rest.times(DoubleInterval.ONE.minus(rise[output]));
        }
        return new Pair(q.asProbability(), rest.asProbability());
    }

    @Override
    DoubleInterval[] residuals(Column column) {
        DoubleInterval[] residuals = new DoubleInterval[column.length()];
        for (int h = 0; h < column.length(); h++) {
            Pair pair = probabilities(column, h);
            residuals[h] = loss.negative(column, h)
                    .times(pair.q)
                    .minus(loss.positive(column, h).times(pair.rest));
        }
        return residuals;
    }

    @Override
    DoubleInterval minusConjugate(Column column, DoubleInterval[] residuals, double scale) {
        DoubleInterval left = DoubleInterval.ONE.minus(DoubleInterval.of(scale));
        DoubleInterval sum = DoubleInterval.ZERO;
        for (int h = 0; h < column.length(); h++) {
            DoubleInterval up = loss.positive(column, h);
            DoubleInterval down = loss.negative(column, h);
            DoubleInterval both = up.plus(down);
            if (column.multiplicity(h) > 0 && up.high() + down.high() > 0) {
                Pair pair = probabilities(column, h);
                DoubleInterval q =
                        pair.q.times(scale).plus(left.times(up.over(both))).asProbability();
                DoubleInterval rest =
                        pair.rest.times(scale).plus(left.times(down.over(both))).asProbability();
                sum = sum.plus(
                        both.times(entropy(q, rest).plus(entropy(rest, q))).times(column.multiplicity(h)));
            }
        }
        return sum;
    }

    private static DoubleInterval entropy(DoubleInterval q, DoubleInterval rest) {
        return q.high() <= 0.5 ? q.entropy() : rest.entropyOfRest();
    }
}
