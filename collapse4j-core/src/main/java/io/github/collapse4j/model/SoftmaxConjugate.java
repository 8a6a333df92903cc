package io.github.collapse4j.model;

import java.io.Serializable;

/**
 * The convex conjugate of {@link SoftmaxLoss}: {@code Σ_k q_k log(q_k/ω) − ⟨g, a⟩} for a derivative g, offsets a and
 * {@code q = ω·t + g}, which is a distribution times ω (docs/theory.md §10). The own {@code q} is what the others leave of ω.
 *
 * @param targets ω·t, ω
 * @param offsets a
 */
record SoftmaxConjugate(SoftmaxTargets targets, LogitOffsets offsets) implements Serializable {
    /** The conjugate at {@code scale} times the residual of a column. */
    double value(Column column, double[] residual, double scale) {
        double weight = targets.weight(column);
        double sum = 0;
        double taken = 0;
        for (int h = 0; h < column.length(); h++) {
            double count = column.multiplicity(h);
            double change = scale * residual[column.offset() + h];
            if (count != 0) {
                sum -= count * change * offsets.at(h, column);
                double q = h == column.own() ? 0 : targets.wants().at(h, column) + change;
                if (q > 0) {
                    sum += count * q * Math.log(q / weight);
                    taken += count * q;
                }
            }
        }
        double left = weight - taken;
        return left > 0 ? sum + left * Math.log1p(-taken / weight) : sum;
    }

    /** See {@link Loss#sensitivity}. */
    double sensitivity(Column column, double[] residual, double scale) {
        double weight = targets.weight(column);
        double sum = 0;
        double taken = 0;
        for (int h = 0; h < column.length(); h++) {
            double count = column.multiplicity(h);
            if (count != 0) {
                double change = scale * Math.abs(residual[column.offset() + h]);
                sum += count * change * (1 + Math.abs(offsets.at(h, column)));
                if (h != column.own()) {
                    double q = Math.max(0, targets.wants().at(h, column) + scale * residual[column.offset() + h]);
                    sum += count * change * CrossEntropy.sizeOfLogarithm(q / weight);
                    taken += count * q;
                }
            }
        }
        return sum + taken * (1 + CrossEntropy.sizeOfLogarithm(1 - taken / weight));
    }
}
