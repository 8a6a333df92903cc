package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * ‖A/‖A‖ − I/√K‖_F for A = MᵀM with the class means as they are, not centred: the distance from an orthogonal frame, to
 * which the means of non-negative features collapse if classes are balanced (docs/theory.md §14).
 */
public final class FrameDistance {
    private static final int TILE = 1024;

    private FrameDistance() {}

    /**
     * @param means class means, {@code d×K}
     * @return empty if a mean has a negative entry, if K &lt; 2 or if all means are 0
     */
    public static OptionalDouble ofNonnegative(Matrix means) {
        int classes = means.columns();
        double norm = means.norm();
        if (classes < 2 || !(norm > 0) || Arrays.stream(means.data()).anyMatch(entry -> entry < 0)) {
            return OptionalDouble.empty();
        }
        Matrix m = means.copy().scale(1 / norm);
        double[] diagonal = new double[classes];
        double others = 0;
        for (int first = 0; first < classes; first += TILE) {
            int count = Math.min(TILE, classes - first);
            Matrix some = Matrix.zeros(m.rows(), count);
            System.arraycopy(m.data(), first * m.rows(), some.data(), 0, some.data().length);
            Matrix products = LinearAlgebra.multiply(m, Op.TRANSPOSE, some, Op.NONE);
            for (int j = 0; j < count; j++) {
                diagonal[first + j] = products.get(first + j, j);
                products.set(first + j, j, 0);
            }
            others += products.dot(products);
        }
        double ofA = Math.sqrt(
                others + Arrays.stream(diagonal).map(entry -> entry * entry).sum());
        double ideal = ofA / Math.sqrt(classes);
        double onDiagonal = Arrays.stream(diagonal)
                .map(entry -> (entry - ideal) * (entry - ideal))
                .sum();
        return OptionalDouble.of(Math.sqrt(others + onDiagonal) / ofA);
    }
}
