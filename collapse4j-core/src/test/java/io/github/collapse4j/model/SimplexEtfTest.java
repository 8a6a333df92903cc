package io.github.collapse4j.model;

import static io.github.collapse4j.testkit.Close.assertAtLeast;
import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimplexEtfTest {
    @ParameterizedTest
    @CsvSource({"2, 1, 1", "2, 7, 0.3", "3, 2, 5", "10, 9, 1", "10, 10, 2", "10, 512, 0.1", "57, 56, 1", "100, 131, 3"})
    void hasEqualLengthsAndAngles(int classes, int d, double norm) {
        Matrix frame = SimplexEtf.of(classes, d, norm, 11);
        Matrix gram = LinearAlgebra.gramOfRows(frame);
        for (int k = 0; k < classes; k++) {
            for (int l = 0; l < classes; l++) {
                double expected = norm * norm * (k == l ? 1 : -1.0 / (classes - 1));
                // round-off of products of d terms
                assertClose(expected, gram.get(k, l), 0, 1e-13 * norm * norm, "entry " + k + ", " + l);
            }
        }
        for (int j = 0; j < d; j++) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += frame.get(k, j);
            }
            assertClose(0, sum, 0, 1e-13 * norm * classes, "sum of column " + j);
        }
    }

    @Test
    void dependsOnTheSeedAlone() {
        double[] one = SimplexEtf.of(5, 8, 1, 3).data();
        assertArrayEquals(one, SimplexEtf.of(5, 8, 1, 3).data());
        double difference = 0;
        double[] other = SimplexEtf.of(5, 8, 1, 4).data();
        for (int i = 0; i < one.length; i++) {
            difference += Math.abs(one[i] - other[i]);
        }
        assertAtLeast(0.1, difference, "difference of two seeds");
    }

    @Test
    void rejectsImpossibleFrames() {
        assertEquals(
                "featureDimension: expected at least K − 1 = 9 for a simplex ETF, found 8",
                assertThrows(IllegalArgumentException.class, () -> SimplexEtf.of(10, 8, 1, 0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> SimplexEtf.of(1, 8, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> SimplexEtf.of(3, 8, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> SimplexEtf.of(3, 8, Double.NaN, 0));
    }
}
