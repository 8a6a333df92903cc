package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.Vectors;
import java.util.OptionalDouble;

/** NC1 as tr Σ_W / tr Σ_B (Tirer, Huang and Niles-Weed 2023, ICML). */
public final class QuotientVariability {
    private QuotientVariability() {}

    /**
     * @param squares Σ w ‖h − μ_k‖² per class
     * @param totalWeight N
     * @return empty if all class means are equal
     */
    public static OptionalDouble of(CentredMeans means, double[] squares, double totalWeight) {
        double norm = means.centred().norm();
        return norm > 0
                ? OptionalDouble.of(Vectors.sum(squares) / totalWeight / (norm / means.count()) / norm)
                : OptionalDouble.empty();
    }
}
