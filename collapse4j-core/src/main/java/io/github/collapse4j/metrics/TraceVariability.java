package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.stats.Deviations;
import java.util.OptionalDouble;

/** NC1 as tr(Σ_W Σ_B†)/K, with the pseudo-inverse at rank K − 1 (Papyan, Han and Donoho 2020, PNAS 117). */
public final class TraceVariability {
    private TraceVariability() {}

    /**
     * From deviations along {@link BetweenScatter#directions()} or in all dimensions.
     *
     * @param totalWeight N
     * @param classes K, the number of classes with samples
     * @return empty if all class means are equal
     */
    public static OptionalDouble of(BetweenScatter between, Deviations deviations, double totalWeight, int classes) {
        if (between.rank() == 0) {
            return OptionalDouble.empty();
        }
        double[] along = deviations instanceof Deviations.Along part
                ? part.alongSquares()
                : along(
                        between.directions(),
                        ((Deviations.Whole) deviations).scatter().pooled());
        double sum = 0;
        for (int i = 0; i < along.length; i++) {
            sum += along[i] / between.eigenvalues()[i];
        }
        return OptionalDouble.of(sum / totalWeight / classes);
    }

    /** u_iᵀ S u_i. */
    private static double[] along(Matrix directions, Matrix scatter) {
        Matrix product = LinearAlgebra.multiply(scatter, directions);
        double[] along = new double[directions.columns()];
        for (int i = 0; i < along.length; i++) {
            double sum = 0;
            for (int j = 0; j < directions.rows(); j++) {
                sum += directions.get(j, i) * product.get(j, i);
            }
            along[i] = Math.max(0, sum);
        }
        return along;
    }
}
