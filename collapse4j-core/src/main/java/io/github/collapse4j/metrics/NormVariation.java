package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.BinaryScale;
import io.github.collapse4j.linalg.Vectors;
import java.util.OptionalDouble;

/**
 * NC2, equal norms: the coefficient of variation (population) of ‖μ_k − μ_G‖ or ‖w_k‖ (Papyan, Han and Donoho 2020).
 */
public final class NormVariation {
    private NormVariation() {}

    /** @return empty if there are no norms or all are 0 */
    public static OptionalDouble of(double[] rawNorms) {
        double[] norms = BinaryScale.of(Vectors.maxAbs(rawNorms)).down(rawNorms);
        double mean = Vectors.sum(norms) / norms.length;
        if (norms.length == 0 || !(mean > 0)) {
            return OptionalDouble.empty();
        }
        double squares = 0;
        for (double norm : norms) {
            squares += (norm - mean) * (norm - mean);
        }
        return OptionalDouble.of(Math.sqrt(squares / norms.length) / mean);
    }
}
