package io.github.collapse4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UfmModelTest {
    private static final UfmProblem PROBLEM =
            new UfmProblem(new CrossEntropy(), ClassCounts.of(4, 1, 2), 2, 0.1, 0.3, new Bias.Free());

    @Test
    void columnsOfTheFullModelAreSamples() {
        UfmModel full = UfmModel.full(PROBLEM);
        assertFalse(full.isReduced());
        assertEquals(7, full.columns());
        assertEquals(2 * (3 + 7) + 3, full.dimension());
        assertArrayEquals(
                new int[] {0, 0, 0, 0, 1, 2, 2},
                IntStream.range(0, 7).map(full::label).toArray());
        assertEquals(1, full.scale(3));
        assertEquals(1.0 / 7, full.dataTerm().weight(3));
    }

    @Test
    void columnsOfTheReducedModelAreClasses() {
        UfmModel reduced = UfmModel.reduced(PROBLEM);
        assertTrue(reduced.isReduced());
        assertEquals(3, reduced.columns());
        assertEquals(2 * (3 + 3) + 3, reduced.dimension());
        assertEquals(2, reduced.label(2));
        Close.assertClose(1 / Math.sqrt(2), reduced.scale(2), 1e-15, "scale");
        Close.assertClose(2.0 / 7, reduced.dataTerm().weight(2), 1e-15, "weight");
    }

    @Test
    void aBiasAddsVariables() {
        UfmProblem none = new UfmProblem(new CrossEntropy(), PROBLEM.counts(), 2, 0.1, 0.3, new Bias.None());
        assertEquals(12, UfmModel.reduced(none).dimension());
        Seeded seeded = Seeded.of(1);
        assertEquals(
                0,
                Vectors.maxAbs(
                        UfmModel.reduced(none).randomPoint(seeded.random(), 1).bias()));
        assertTrue(Vectors.maxAbs(UfmModel.reduced(PROBLEM)
                        .randomPoint(seeded.random(), 1)
                        .bias())
                > 0);
    }

    @Test
    void labelsMustHaveTheCountsOfTheProblem() {
        int[] shuffled = {2, 0, 0, 1, 0, 2, 0};
        assertEquals(1, UfmModel.full(PROBLEM, shuffled).label(3));
        int[] wrong = {0, 0, 0, 1, 1, 2, 2};
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> UfmModel.full(PROBLEM, wrong))
                        .getMessage());
        assertTrue(message.startsWith("labels: "), message);
    }

    @Test
    void labelsAreCopied() {
        int[] labels = {0, 0, 0, 0, 1, 2, 2};
        UfmModel model = UfmModel.full(PROBLEM, labels);
        labels[0] = 2;
        assertEquals(0, model.label(0));
    }

    @Test
    void reducingTakesMeansOfAnyFeatures() {
        UfmModel full = UfmModel.full(PROBLEM, new int[] {0, 1, 0, 2, 0, 2, 0});
        Matrix features = Matrix.ofRows(new double[] {1, 10, 2, 20, 3, 40, 6}, new double[] {0, 1, 0, 2, 0, 3, 4});
        UfmPoint point = new UfmPoint(Matrix.zeros(3, 2), features, new double[] {1, 2, 3});
        UfmPoint reduced = full.reduce(point);
        // √n_k times the mean: 2·3, 1·10, √2·30 and 2·1, 1·1, √2·2.5
        double root = Math.sqrt(2);
        Close.assertClose(
                new double[] {6, 2, 10, 1, 30 * root, 2.5 * root},
                reduced.features().data(),
                1e-15,
                0,
                "class means");
        assertArrayEquals(point.bias(), reduced.bias());
        assertEquals(3, reduced.features().columns());
    }

    @Test
    void randomPointsHaveTheRequestedStandardDeviation() {
        UfmModel wide = UfmModel.reduced(PROBLEM.withFeatureDimension(3000));
        Seeded seeded = Seeded.of(5);
        UfmPoint point = wide.randomPoint(seeded.random(), 0.25);
        // 9000 numbers: the mean square is within 6 standard errors, 6·√(2/9000) ≈ 9 %.
        double meanSquare = point.classifier().dot(point.classifier()) / 9000;
        Close.assertClose(0.0625, meanSquare, 0.09, "mean square, " + seeded);
    }
}
