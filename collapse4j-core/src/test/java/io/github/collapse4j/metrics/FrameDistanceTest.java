package io.github.collapse4j.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.Matrix;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class FrameDistanceTest {
    private static double distance(Matrix means) {
        return FrameDistance.ofNonnegative(means).orElseThrow();
    }

    @Test
    void isZeroOnlyForOrthogonalMeansOfEqualNorm() {
        assertEquals(0, distance(Matrix.identity(3).scale(7)), 1e-15);
        assertEquals(0, distance(Matrix.wrap(4, 2, new double[] {0, 3, 0, 4, 5, 0, 0, 0})), 1e-15);
        // norms 1 and 2: A/‖A‖ = diag(1, 4)/√17
        double expected = Math.sqrt(2 - 2 * 5 / Math.sqrt(34));
        assertEquals(expected, distance(Matrix.wrap(2, 2, new double[] {1, 0, 0, 2})), 1e-15);
    }

    @Test
    void equalMeansAreAsFarAsRankOneAllows() {
        Matrix ones =
                Matrix.wrap(1, 1500, DoubleStream.generate(() -> 1).limit(1500).toArray());
        assertEquals(Math.sqrt(2 - 2 / Math.sqrt(1500)), distance(ones), 1e-12);
    }

    @Test
    void isOfNonnegativeMeansOnly() {
        assertTrue(FrameDistance.ofNonnegative(Matrix.wrap(2, 2, new double[] {1, 0, -1e-9, 1}))
                .isEmpty());
        assertTrue(FrameDistance.ofNonnegative(Matrix.zeros(2, 2)).isEmpty());
        assertTrue(FrameDistance.ofNonnegative(Matrix.identity(1)).isEmpty());
    }
}
