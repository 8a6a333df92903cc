package io.github.collapse4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import org.junit.jupiter.api.Test;

class UfmPointTest {
    private static final UfmPoint POINT = new UfmPoint(
            Matrix.ofRows(new double[] {1, 2}, new double[] {3, 4}),
            Matrix.ofRows(new double[] {5, 6, 7}, new double[] {8, 9, 10}),
            new double[] {11, 12});

    @Test
    void paddingAddsZeroColumnsOfWAndZeroRowsOfH() {
        UfmPoint padded = POINT.padTo(3);
        assertArrayEquals(new double[] {1, 3, 2, 4, 0, 0}, padded.classifier().data());
        assertArrayEquals(
                new double[] {5, 8, 0, 6, 9, 0, 7, 10, 0}, padded.features().data());
        assertArrayEquals(POINT.bias(), padded.bias());
        assertNotSame(POINT.bias(), padded.bias());
        assertArrayEquals(POINT.product().data(), padded.product().data());
        assertArrayEquals(new double[] {21, 47, 24, 54, 27, 61}, POINT.product().data());
        assertEquals(2, POINT.padTo(2).classifier().columns());
        assertThrows(IllegalArgumentException.class, () -> POINT.padTo(1));
    }

    @Test
    void paddingKeepsValueAndGradient() {
        UfmProblem problem = new UfmProblem(new CrossEntropy(), ClassCounts.of(4, 1, 2), 2, 0.1, 0.3, new Bias.Free());
        UfmModel narrow = UfmModel.reduced(problem);
        UfmModel wide = UfmModel.reduced(problem.withFeatureDimension(5));
        Seeded seeded = Seeded.of(3);
        UfmPoint point = narrow.randomPoint(seeded.random(), 1);
        UfmPoint expected = gradient(narrow, point).padTo(5);
        UfmPoint found = gradient(wide, point.padTo(5));
        Close.assertClose(narrow.value(point), wide.value(point.padTo(5)), 1e-14, "value, " + seeded);
        Close.assertClose(expected.classifier().data(), found.classifier().data(), 1e-14, 0, "W, " + seeded);
        Close.assertClose(expected.features().data(), found.features().data(), 1e-14, 0, "H, " + seeded);
        Close.assertClose(expected.bias(), found.bias(), 1e-14, 0, "b, " + seeded);
    }

    private static UfmPoint gradient(UfmModel model, UfmPoint point) {
        UfmObjective objective = model.objective();
        double[] gradient = new double[objective.dimension()];
        objective.linearize(objective.toVector(point), gradient);
        return objective.toPoint(gradient);
    }

    @Test
    void shapesMustFitTogether() {
        Matrix w = Matrix.zeros(3, 2);
        assertThrows(IllegalArgumentException.class, () -> new UfmPoint(w, Matrix.zeros(3, 3), new double[3]));
        assertThrows(IllegalArgumentException.class, () -> new UfmPoint(w, Matrix.zeros(2, 3), new double[2]));
    }
}
