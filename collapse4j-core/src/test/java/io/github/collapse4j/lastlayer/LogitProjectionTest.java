package io.github.collapse4j.lastlayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogitProjectionTest {
    static Stream<Seeded> seeds() {
        return Seeded.range(400, 25);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void logitsStayAndTheBasisIsOrthonormal(Seeded seeded) {
        int classes = seeded.between(1, 12);
        int d = seeded.between(1, 40);
        int n = seeded.between(1, 30);
        Matrix w = Matrices.gaussian(classes, d, seeded);
        Matrix h = Matrices.gaussian(d, n, seeded).scale(seeded.logUniform(1e-3, 1e3));
        LogitProjection projection = LogitProjection.ofLogits(w);
        assertEquals(Math.min(classes, d), projection.featureDimension());
        Matrix p = projection.projection();
        Matrices.assertClose(Matrix.identity(p.rows()), Matrices.naive(p, p.transpose()), 0, 1e-13, "P Pᵀ");
        Matrix expected = Matrices.naive(w, h);
        Matrices.assertClose(
                expected, Matrices.naive(projection.classifier(), projection.project(h)), 1e-12, 0, "logits");

        PredictionComparison comparison =
                new PredictionComparison(w, projection.classifier(), seeded.gaussian(classes, 1));
        comparison.add(h, projection.project(h));
        comparison.add(h, projection.project(h));
        assertEquals(2L * n, comparison.samples());
        assertEquals(0, comparison.changed());
        Close.assertAtMost(1e-12, comparison.relativeLogitDifference(), "difference");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void centredLogitsNeedOneDimensionLess(Seeded seeded) {
        int classes = seeded.between(2, 12);
        int d = classes + seeded.between(0, 20);
        Matrix w = Matrices.gaussian(classes, d, seeded);
        Matrix h = Matrices.gaussian(d, 17, seeded);
        LogitProjection projection = LogitProjection.ofCentredLogits(w);
        assertEquals(classes - 1, projection.featureDimension());
        Matrix logits = Matrices.naive(w, h);
        Matrix folded = Matrices.naive(projection.classifier(), projection.project(h));
        for (int j = 0; j < 17; j++) {
            double shift = folded.get(0, j) - logits.get(0, j);
            for (int k = 1; k < classes; k++) {
                Close.assertClose(shift, folded.get(k, j) - logits.get(k, j), 0, 1e-12 * logits.norm(), "common shift");
            }
        }
        PredictionComparison comparison = new PredictionComparison(w, projection.classifier(), new double[classes]);
        comparison.add(h, projection.project(h));
        assertEquals(0, comparison.changed());
        Close.assertAtMost(1e-12, comparison.relativeLogitDifference(), "difference");
    }

    @Test
    void dependentRowsCountOnce() {
        Matrix w = Matrices.gaussian(5, 9, Seeded.of(1));
        for (int a = 0; a < 9; a++) {
            w.set(4, a, w.get(0, a) - 2 * w.get(1, a));
        }
        assertEquals(4, LogitProjection.ofLogits(w).featureDimension());
        assertEquals(0, LogitProjection.ofLogits(Matrix.zeros(3, 4)).featureDimension());
    }

    /**
     * Subtracting a rounded mean from nearly equal rows would leave a dimension of round-off and lose digits of the
     * others.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void centredRowsThatAreNearlyEqualNeedOneDimensionLessToo(Seeded seeded) {
        int classes = seeded.between(2, 50);
        int d = classes + seeded.between(0, 20);
        double difference = seeded.logUniform(1e-9, 1e-3);
        Matrix common = Matrices.gaussian(1, d, seeded);
        Matrix differences = Matrices.gaussian(classes, d, seeded);
        Matrix w = Matrix.zeros(classes, d);
        Matrix relative = Matrix.zeros(classes, d);
        for (int k = 0; k < classes; k++) {
            for (int a = 0; a < d; a++) {
                w.set(k, a, 1e3 * common.get(0, a) + difference * differences.get(k, a));
                relative.set(k, a, w.get(k, a) - w.get(0, a));
            }
        }
        LogitProjection projection = LogitProjection.ofCentredLogits(w);
        assertEquals(classes - 1, projection.featureDimension());
        Matrix h = Matrices.gaussian(d, 3, seeded);
        Matrix expected = Matrices.naive(relative, h);
        Matrix folded = Matrices.naive(projection.classifier(), projection.project(h));
        for (int j = 0; j < 3; j++) {
            for (int k = 1; k < classes; k++) {
                double found = folded.get(k, j) - folded.get(0, j);
                Close.assertClose(expected.get(k, j), found, 0, 1e-11 * expected.norm(), "difference of logits");
            }
        }
    }

    @Test
    void equalRowsStayEqual() {
        Matrix w = Matrices.gaussian(6, 9, Seeded.of(3));
        for (int a = 0; a < 9; a++) {
            w.set(4, a, w.get(1, a));
        }
        for (LogitProjection projection : List.of(LogitProjection.ofLogits(w), LogitProjection.ofCentredLogits(w))) {
            for (int r = 0; r < projection.featureDimension(); r++) {
                assertEquals(
                        projection.classifier().get(1, r),
                        projection.classifier().get(4, r));
            }
        }
    }

    /** Dropping a direction that matters is detected. */
    @Test
    void changedPredictionsAreCounted() {
        Matrix w = Matrix.identity(3);
        Matrix h = Matrix.identity(3);
        PredictionComparison comparison =
                new PredictionComparison(w, Matrix.wrap(3, 1, new double[] {1, 0, 0}), new double[3]);
        comparison.add(h, Matrix.wrap(1, 3, new double[] {1, 0, 0}));
        assertEquals(2, comparison.changed());
        assertEquals(0, comparison.changedTies());
        assertEquals(List.of(1L, 2L), comparison.firstChanged());
        assertTrue(comparison.relativeLogitDifference() > 0.5);
    }
}
