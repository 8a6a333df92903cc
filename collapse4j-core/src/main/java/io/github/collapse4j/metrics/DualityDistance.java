package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.Matrix;
import java.util.OptionalDouble;

/** NC3 as ‖W/‖W‖ − Mᵀ/‖M‖‖²_F (Papyan, Han and Donoho 2020). */
public final class DualityDistance {
    private DualityDistance() {}

    /**
     * @param weights W, {@code K×d}
     * @param centredMeans M, {@code d×K}
     * @return empty if either is 0
     */
    public static OptionalDouble of(Matrix weights, Matrix centredMeans) {
        double w = weights.norm();
        double m = centredMeans.norm();
        if (!(w > 0) || !(m > 0)) {
            return OptionalDouble.empty();
        }
        double sum = 0;
        for (int k = 0; k < weights.rows(); k++) {
            for (int i = 0; i < weights.columns(); i++) {
                double difference = weights.get(k, i) / w - centredMeans.get(i, k) / m;
                sum += difference * difference;
            }
        }
        return OptionalDouble.of(sum);
    }
}
