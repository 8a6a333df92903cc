package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.OutOfRangeException;
import java.util.OptionalDouble;

/** UNC3: the population variance of ⟨w_k, μ_k − μ_G⟩ over classes (Wu and Papyan 2024, arXiv 2405.17767). */
public final class UniformDuality {
    private UniformDuality() {}

    /**
     * @param weights W, {@code K×d}
     * @param centredMeans M, {@code d×K}
     * @return empty if there is no class
     */
    public static OptionalDouble of(Matrix weights, Matrix centredMeans) {
        int classes = weights.rows();
        if (classes == 0) {
            return OptionalDouble.empty();
        }
        double[] products = new double[classes];
        double mean = 0;
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < weights.columns(); i++) {
                products[k] += weights.get(k, i) * centredMeans.get(i, k);
            }
            mean += products[k] / classes;
        }
        double squares = 0;
        for (double product : products) {
            squares += (product - mean) * (product - mean);
        }
        if (!Double.isFinite(squares)) {
            throw new OutOfRangeException("UNC3: the squares of ⟨w_k, μ_k − μ_G⟩ are too large for double precision");
        }
        return OptionalDouble.of(squares / classes);
    }
}
