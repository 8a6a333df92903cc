package io.github.collapse4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.linalg.Matrix;
import org.junit.jupiter.api.Test;

class MatrixFeaturesTest {
    @Test
    void samplesAreColumns() {
        MatrixFeatures features = new MatrixFeatures(Matrix.ofRows(new double[] {1, 2, 3}, new double[] {4, 5, 6}));
        assertEquals(2, features.featureDimension());
        assertEquals(3, features.samples());
        double[] target = {0, 0, 0, 0, 9};
        features.read(1, 2, target);
        assertArrayEquals(new double[] {2, 5, 3, 6, 9}, target);
        features.read(3, 0, target);
        assertArrayEquals(new double[] {2, 5, 3, 6, 9}, target);
    }
}
