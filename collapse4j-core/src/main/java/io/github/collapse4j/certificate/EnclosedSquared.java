package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.DoubleInterval;
import io.github.collapse4j.model.Column;
import io.github.collapse4j.model.SquaredLoss;
import java.util.Arrays;

/** The stored residuals, from which a free bias subtracts the weight of a column times {@code γ/Σν_jω_j}. */
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
        DoubleInterval all = DoubleInterval.ZERO;
        for (int j = 0; j < columns().columns(); j++) {
            Column column = columns().data().column(j);
            all = all.plus(columns().share(j).times(columns().size(j)).times(loss.weightOf(column)));
        }
        for (int h = 0; h < change.length; h++) {
            change[h] = gamma[h].over(all);
        }
    }

    @Override
    DoubleInterval[] residuals(Column column) {
        DoubleInterval weight = loss.weightOf(column);
        DoubleInterval[] residuals = new DoubleInterval[column.length()];
        for (int h = 0; h < column.length(); h++) {
            DoubleInterval moved = weight.times(change[columns().output(h, column.group())]);
            residuals[h] = DoubleInterval.of(stored[column.offset() + h]).minus(moved);
        }
        return residuals;
    }

    @Override
    DoubleInterval minusConjugate(Column column, DoubleInterval[] residuals, double scale) {
        DoubleInterval twice = loss.weightOf(column).times(2);
        DoubleInterval sum = DoubleInterval.ZERO;
        for (int h = 0; h < column.length(); h++) {
            if (column.multiplicity(h) > 0) {
                DoubleInterval e = residuals[h].times(scale);
                DoubleInterval term = e.times(e).over(twice).plus(e.times(loss.target(column, h)));
                sum = sum.minus(term.times(column.multiplicity(h)));
            }
        }
        return sum;
    }
}
