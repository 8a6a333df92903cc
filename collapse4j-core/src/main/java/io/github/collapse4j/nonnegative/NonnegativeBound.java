package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.DualBound;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;

/** Weak duality with the polar γ₊ in place of σ_max (docs/theory.md §14). */
final class NonnegativeBound {
    private NonnegativeBound() {}

    /** The certified lower bound from a point of the reduced model, critical or not. */
    static LowerBound of(UfmModel reduced, UfmPoint point, double objective) {
        return DualBound.of(reduced, point, objective, NonnegativeBound::gauge);
    }

    private static double gauge(Matrix gradient, double entryError) {
        double columns = 0;
        double[] rows = new double[gradient.rows()];
        for (int j = 0; j < gradient.columns(); j++) {
            double sum = 0;
            for (int k = 0; k < gradient.rows(); k++) {
                double entry = Math.abs(gradient.get(k, j));
                sum += entry;
                rows[k] += entry;
            }
            columns = Math.max(columns, sum);
        }
        double absolute = Math.sqrt(columns) * Math.sqrt(Vectors.maxAbs(rows));
        return Polar.of(ClassGram.of(gradient)).upper() + entryError * absolute;
    }
}
