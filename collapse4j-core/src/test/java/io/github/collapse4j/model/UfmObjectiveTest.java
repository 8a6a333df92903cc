package io.github.collapse4j.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.testkit.BigReal;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.FiniteDifference;
import io.github.collapse4j.testkit.Seeded;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Value, gradient and Hessian of the model against the definition and finite differences. */
class UfmObjectiveTest {
    /** Truncation and round-off of the finite differences, for values and derivatives between 1 and 10. */
    private static final double DIFFERENCES = 1e-10;

    record Case(UfmModel model, Seeded seeded) {
        double[] point() {
            UfmObjective objective = model.objective();
            return objective.toVector(model.randomPoint(seeded.random(), 0.7));
        }

        @Override
        public String toString() {
            return (model.isReduced() ? "reduced " : "full ") + Problems.describe(model.problem()) + ", " + seeded;
        }
    }

    /** Every family, the full and the reduced model, d below, at and above K, balanced and unbalanced. */
    static Stream<Case> cases() {
        return Family.all()
                .flatMap(family -> Stream.of(1, 2, 3).flatMap(i -> {
                    Seeded seeded = Seeded.of(i);
                    UfmProblem drawn = Problems.random(family, seeded);
                    int classes = drawn.classes();
                    return Stream.of(classes - 1, classes, classes + 2).flatMap(d -> {
                        UfmProblem problem = drawn.withFeatureDimension(d);
                        return Stream.of(UfmModel.reduced(problem), UfmModel.full(problem))
                                .map(model -> new Case(model, Seeded.of(100L * i + d)));
                    });
                }));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valueIsTheDefinition(Case example) {
        UfmModel model = example.model();
        UfmPoint point = model.objective().toPoint(example.point());
        Close.assertClose(definition(model, point), model.value(point), 1e-14, example.toString());
    }

    /** docs/theory.md §1 and §2, sample by sample, in 60 digits. */
    private static double definition(UfmModel model, UfmPoint point) {
        UfmProblem problem = model.problem();
        BigDecimal sum = BigDecimal.ZERO;
        for (int j = 0; j < model.columns(); j++) {
            double count = model.isReduced() ? problem.counts().count(j) : 1;
            double[] logits = new double[problem.classes()];
            for (int k = 0; k < logits.length; k++) {
                double inner = 0;
                for (int i = 0; i < problem.featureDimension(); i++) {
                    inner += point.classifier().get(k, i) * point.features().get(i, j);
                }
                logits[k] = inner / Math.sqrt(count) + point.bias()[k];
            }
            sum = sum.add(BigReal.exact(count / problem.counts().samples())
                    .multiply(
                            BigReal.exact(TestColumn.of(model.label(j), logits).value(problem.loss()))));
        }
        return sum.doubleValue()
                + problem.lambdaW() / 2 * squares(point.classifier().data())
                + problem.lambdaH() / 2 * squares(point.features().data())
                + problem.bias().lambda() / 2 * squares(point.bias());
    }

    private static double squares(double[] entries) {
        double sum = 0;
        for (double entry : entries) {
            sum += entry * entry;
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientAgreesWithFiniteDifferences(Case example) {
        UfmObjective objective = example.model().objective();
        double[] x = example.point();
        double[] gradient = new double[x.length];
        double value = objective.linearize(x, gradient);
        assertEquals(objective.value(x), value, 1e-15 * value, "value and linearize");
        double[] differences = FiniteDifference.gradient(objective::value, x);
        Close.assertClose(differences, gradient, 0, DIFFERENCES, example.toString());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hessianAgreesWithFiniteDifferencesAndIsSymmetric(Case example) {
        UfmObjective objective = example.model().objective();
        double[] x = example.point();
        int n = x.length;
        double[] u = example.seeded().gaussian(n, 1 / Math.sqrt(n));
        double[] v = example.seeded().gaussian(n, 1 / Math.sqrt(n));
        double[] differences = FiniteDifference.derivative(at -> gradient(objective, at), x, u);
        double[] hu = new double[n];
        double[] hv = new double[n];
        gradient(objective, x);
        objective.hessianVector(u, hu);
        objective.hessianVector(v, hv);
        Close.assertClose(differences, hu, 0, DIFFERENCES, example.toString());
        double size = Vectors.norm(hu) * Vectors.norm(v) + Vectors.norm(hv) * Vectors.norm(u);
        Close.assertClose(Vectors.dot(hu, v), Vectors.dot(u, hv), 0, 1e-14 * size, "symmetry, " + example);
    }

    private static double[] gradient(UfmObjective objective, double[] x) {
        double[] gradient = new double[x.length];
        objective.linearize(x, gradient);
        return gradient;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valueKeepsTheLinearisation(Case example) {
        UfmObjective objective = example.model().objective();
        double[] x = example.point();
        double[] direction = example.seeded().gaussian(x.length, 1);
        double[] before = new double[x.length];
        double[] after = new double[x.length];
        gradient(objective, x);
        objective.hessianVector(direction, before);
        objective.value(example.point());
        objective.hessianVector(direction, after);
        assertArrayEquals(before, after, "the Hessian moved");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossGradientIsTheDerivativeWithRespectToTheProduct(Case example) {
        UfmModel model = example.model();
        UfmObjective objective = model.objective();
        double[] x = example.point();
        gradient(objective, x);
        UfmPoint point = objective.toPoint(x);
        double[] differences = FiniteDifference.gradient(
                product -> model.dataTerm()
                        .value(model.logits(
                                Matrix.wrap(model.problem().classes(), model.columns(), product), point.bias())),
                point.product().data());
        Close.assertClose(differences, objective.lossGradient().data(), 0, DIFFERENCES, example.toString());
    }

    @Test
    void vectorsHoldPointsInColumnMajorOrder() {
        UfmModel model = UfmModel.reduced(
                new UfmProblem(new CrossEntropy(), ClassCounts.of(2, 3), 1, 0.1, 0.2, new Bias.Free()));
        UfmObjective objective = model.objective();
        double[] x = {1, 2, 3, 4, 5, 6};
        assertEquals(6, model.dimension());
        UfmPoint point = objective.toPoint(x);
        assertArrayEquals(new double[] {1, 2}, point.classifier().data());
        assertArrayEquals(new double[] {3, 4}, point.features().data());
        assertArrayEquals(new double[] {5, 6}, point.bias());
        assertArrayEquals(x, objective.toVector(point));
        point.bias()[0] = 9;
        assertEquals(5, x[4], "the point is a copy");
    }

    @Test
    void mismatchedPointsAreRejected() {
        UfmProblem problem = new UfmProblem(new SquaredError(), ClassCounts.of(2, 3), 2, 0.1, 0.2, new Bias.None());
        UfmObjective objective = UfmModel.reduced(problem).objective();
        Matrix square = Matrix.zeros(2, 2);
        UfmPoint withBias = new UfmPoint(square, square, new double[] {0, 1e-300});
        UfmPoint fullPoint = new UfmPoint(square, Matrix.zeros(2, 5), new double[2]);
        UfmPoint wider = new UfmPoint(Matrix.zeros(2, 3), Matrix.zeros(3, 2), new double[2]);
        for (UfmPoint bad : List.of(withBias, fullPoint, wider)) {
            assertThrows(IllegalArgumentException.class, () -> objective.toVector(bad));
        }
        String message =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> objective.toVector(fullPoint))
                        .getMessage());
        assertTrue(message.contains("features: expected 2×2, found 2×5"), message);
    }
}
