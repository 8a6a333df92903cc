package io.github.collapse4j.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.SimplexEtf;
import org.junit.jupiter.api.Test;

class RowPlaneTest {
    /** Two vectors of length s at the cosine −1/(K−1) are s·√(2K/(K−1)) apart. */
    @Test
    void rowsOfASimplexEtfAreAnEquilateralTriangle() {
        Matrix rows = SimplexEtf.of(5, 7, 3, 1);
        RowPlane plane = RowPlane.of(rows);
        double[][] corners = new double[3][];
        for (int k = 0; k < 3; k++) {
            corners[k] = plane.project(rows.transpose().column(k));
        }
        double side = 3 * Math.sqrt(2 * 5 / 4.0);
        for (int k = 0; k < 3; k++) {
            double[] next = corners[(k + 1) % 3];
            assertEquals(side, Math.hypot(corners[k][0] - next[0], corners[k][1] - next[1]), 1e-12);
        }
    }

    @Test
    void cosinesOfTheFirstMeans() {
        CentredMeans means = CentredMeans.of(Matrix.ofRows(new double[] {3, 0, -3}, new double[] {4, 1, -5}));
        Matrix cosines = means.cosines(2);
        double cosine = 4.0 / 5;
        assertArrayEquals(new double[] {1, cosine, cosine, 1}, cosines.data(), 1e-15);
    }
}
