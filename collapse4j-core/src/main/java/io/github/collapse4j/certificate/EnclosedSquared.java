package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.DoubleInterval;
import io.github.collapse4j.model.Column;
import io.github.collapse4j.model.SquaredLoss;
import java.util.Arrays;

/** The stored residuals, from which a free bias subtracts the weight of an entry times {@code γ_h/Σ_jν_jω_hj}. */
final class EnclosedSquared extends EnclosedDual {
    private final SquaredLoss loss;
    private final double[] stored;
    private final DoubleInterval[] change;

    EnclosedSquared(DualColumns columns, SquaredLoss loss, double[] stored) {
        super(columns);
        this.loss = loss;
        this.stored = stored;
        this.change = new DoubleInterval[columns.outputs()];
        Arrays.fill(change, DoubleInterval.ZERO);
    }

    @Override
    void repair(DoubleInterval[] gamma) {
        for (int h = 0; h < change.length; h++) {
            DoubleInterval all = DoubleInterval.ZERO;
            for (int j = 0; j < columns().columns(); j++) {
                int group = columns().data().column(j).group();
                all = all.plus(columns().share(j).times(columns().size(j)).times(loss.weightOf(h, group)));
            }
            change[h] = gamma[h].over(all);
        }
    }

    @Override
    DoubleInterval[] residuals(Column column) {
        DoubleInterval[] residuals = new DoubleInterval[column.length()];
        for (int h = 0; h < column.length(); h++) {
            int output = columns().output(h, column.group());
            DoubleInterval moved = loss.weightOf(output, column.group()).times(change[output]);
            residuals[h] = DoubleInterval.of(stored[column.offset() + h]).minus(moved);
        }
        return residuals;
    }

    @Override
    DoubleInterval minusConjugate(Column column, DoubleInterval[] residuals, double scale) {
        DoubleInterval sum = DoubleInterval.ZERO;
        for (int h = 0; h < column.length(); h++) {
            if (column.multiplicity(h) > 0) {
                DoubleInterval e = residuals[h].times(scale);
                DoubleInterval twice = loss.weightOf(columns().output(h, column.group()), column.group())
                        .times(2);
                DoubleInterval term = e.times(e).over(twice).plus(e.times(loss.target(column, h)));
                sum = sum.minus(term.times(column.multiplicity(h)));
            }
        }
        return sum;
    }
}
