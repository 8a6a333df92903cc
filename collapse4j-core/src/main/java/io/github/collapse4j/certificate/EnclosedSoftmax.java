package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.DoubleInterval;
import io.github.collapse4j.model.Column;
import io.github.collapse4j.model.SoftmaxLoss;
import java.util.Arrays;

/**
 * A distribution p for each column, whose probabilities of other classes are stored doubles and whose own one is 1 minus them;
 * its residuals are {@code ωp − u}. A free bias replaces p by {@code (1 − t)(p − δ1ᵀ) + tϖ1ᵀ} as in docs/proof-format.md.
 */
final class EnclosedSoftmax extends EnclosedDual {
    private final SoftmaxLoss loss;
    private final double[] p;
    private final DoubleInterval[] change;
    private DoubleInterval kept = DoubleInterval.ONE;
    private boolean isRepaired;

    EnclosedSoftmax(DualColumns columns, SoftmaxLoss loss, double[] stored) {
        super(columns);
        this.loss = loss;
        this.p = new double[stored.length];
        this.change = new DoubleInterval[columns.outputs()];
        Arrays.fill(change, DoubleInterval.ZERO);
        for (int j = 0; j < columns.columns(); j++) {
            readColumn(columns.data().column(j), stored);
        }
    }

    private void readColumn(Column column, double[] stored) {
        DoubleInterval weight = loss.weightOf(column);
        DoubleInterval taken = DoubleInterval.ZERO;
        for (int h = 0; h < column.length(); h++) {
            double count = h == column.own() ? 0 : column.multiplicity(h);
            if (count > 0) {
                int at = column.offset() + h;
                double wanted = loss.wanted(column, h).low();
                p[at] = Math.min(1, Math.max(0, (stored[at] + wanted) / weight.low()));
                taken = taken.plus(DoubleInterval.of(p[at]).times(count));
            }
        }
        // Scaled down by a factor f, rounded: Σ count·fl(f·p) ≤ f·(1 + 2^-52)·Σ count·p ≤ 1.
        double factor = taken.high() > 1 ? (1 - 0x1p-50) / taken.high() : 1;
        for (int h = 0; h < column.length() && factor < 1; h++) {
            p[column.offset() + h] *= factor;
        }
    }

    @Override
    void repair(DoubleInterval[] gamma) {
        isRepaired = true;
        DualColumns columns = columns();
        DoubleInterval all = DoubleInterval.ZERO;
        for (int j = 0; j < columns.columns(); j++) {
            Column column = columns.data().column(j);
            all = all.plus(columns.share(j).times(columns.size(j)).times(loss.weightOf(column)));
        }
        DoubleInterval[] wanted =
                columns.means((h, j) -> loss.wanted(columns.data().column(j), h));
        double mixed = 0;
        for (int h = 0; h < wanted.length; h++) {
            double positive = Math.max(0, gamma[h].high());
            DoubleInterval part = DoubleInterval.of(positive);
            mixed = Math.max(mixed, part.over(part.plus(wanted[h])).high());
        }
        DoubleInterval t = DoubleInterval.of(Math.min(1, mixed));
        kept = DoubleInterval.ONE.minus(t);
        for (int h = 0; h < wanted.length; h++) {
            change[h] = t.times(wanted[h]).minus(kept.times(gamma[h])).over(all);
        }
    }

    /** All residuals of a column add up to 0. */
    @Override
    DoubleInterval[] residuals(Column column) {
        DoubleInterval weight = loss.weightOf(column);
        DoubleInterval[] residuals = new DoubleInterval[column.length()];
        DoubleInterval own = DoubleInterval.ZERO;
        for (int h = 0; h < column.length(); h++) {
            residuals[h] = DoubleInterval.ZERO;
            double count = h == column.own() ? 0 : column.multiplicity(h);
            if (count > 0) {
                DoubleInterval stored = DoubleInterval.of(p[column.offset() + h]);
                DoubleInterval repaired =
                        isRepaired ? kept.times(stored).plus(change[h]).asProbability() : stored;
                residuals[h] = weight.times(repaired).minus(loss.wanted(column, h));
                own = own.minus(residuals[h].times(count));
            }
        }
        residuals[column.own()] = own;
        return residuals;
    }

    /** From {@code q = (u + cε)/ω}, which lies between target and prediction. */
    @Override
    DoubleInterval minusConjugate(Column column, DoubleInterval[] residuals, double scale) {
        DoubleInterval weight = loss.weightOf(column);
        DoubleInterval entropies = DoubleInterval.ZERO;
        DoubleInterval linear = DoubleInterval.ZERO;
        DoubleInterval taken = DoubleInterval.ZERO;
        DoubleInterval ofOwn = loss.offset(column, column.own());
        for (int h = 0; h < column.length(); h++) {
            double count = h == column.own() ? 0 : column.multiplicity(h);
            if (count > 0) {
                DoubleInterval change = residuals[h].times(scale);
                DoubleInterval q =
                        loss.wanted(column, h).plus(change).over(weight).asProbability();
                taken = taken.plus(q.times(count));
                entropies = entropies.plus(q.entropy().times(count));
                DoubleInterval offset = loss.offset(column, h).minus(ofOwn);
                linear = linear.plus(change.times(offset).times(count));
            }
        }
        return weight.times(entropies.plus(taken.asProbability().entropyOfRest()))
                .plus(linear);
    }
}
