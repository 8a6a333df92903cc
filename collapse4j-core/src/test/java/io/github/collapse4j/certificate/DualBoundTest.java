package io.github.collapse4j.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.fixtures.BiasOnly;
import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SpectralNorm;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lower bounds are below every value, and tight where they should be. */
class DualBoundTest {
    private static final int PROBLEMS = 60;
    /** Round-off of a computed objective; the bound accounts for its own. */
    private static final double VALUE_ROUND_OFF = 1e-14;

    static Stream<Family> families() {
        return Family.all();
    }

    @ParameterizedTest
    @MethodSource("families")
    void noBoundIsAboveAnyValueAndTheGlobalMinimumHasNoGap(Family family) {
        Seeded.range(1000, PROBLEMS).forEach(seeded -> {
            UfmProblem drawn = Problems.random(family, seeded);
            UfmProblem problem = drawn.withFeatureDimension(drawn.classes() + (int) (seeded.seed() % 3) - 1);
            String what = Problems.describe(problem) + ", " + seeded;
            UfmModel model = UfmModel.reduced(problem);
            List<UfmPoint> points = new ArrayList<>();
            points.add(BiasOnly.point(problem));
            new MultiStart(seeded.seed()).minima(model, 3).forEach(minimum -> points.add(minimum.point()));
            for (double size : new double[] {1e-3, 0.1, 1, 3, 30}) {
                points.add(model.randomPoint(seeded.random(), size));
            }
            double lowest = points.stream().mapToDouble(model::value).min().orElseThrow();
            double best = 0;
            for (UfmPoint point : points) {
                double value = model.value(point);
                LowerBound bound = DualBound.of(model, point, value);
                Close.assertAtLeast(0, bound.value(), "bound, " + what);
                Close.assertAtMost(lowest * (1 + VALUE_ROUND_OFF), bound.value(), "bound, " + what);
                Close.assertAtLeast(0, bound.relativeGap(value) + VALUE_ROUND_OFF, "gap, " + what);
                best = Math.max(best, bound.value());
            }
            if (problem.featureDimension() >= problem.maximalRank()) {
                Close.assertClose(lowest, best, 1e-9, "the best bound meets the lowest value, " + what);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("families")
    void boundsOfTheFullModelHoldToo(Family family) {
        Seeded.range(2000, 20).forEach(seeded -> {
            UfmProblem problem = Problems.random(family, seeded);
            String what = Problems.describe(problem) + ", " + seeded;
            UfmModel full = UfmModel.full(problem);
            UfmModel reduced = UfmModel.reduced(problem);
            MultiStart.Minimum minimum = new MultiStart(seeded.seed()).best(reduced, 3);
            LowerBound atMinimum = DualBound.of(full, full.expand(minimum.point()), minimum.objective());
            Close.assertAtMost(minimum.objective() * (1 + VALUE_ROUND_OFF), atMinimum.value(), "at minimum, " + what);
            Close.assertClose(
                    DualBound.of(reduced, minimum.point(), minimum.objective()).value(),
                    atMinimum.value(),
                    1e-9,
                    "full and reduced, " + what);
            for (double size : new double[] {0.1, 1, 10}) {
                UfmPoint point = full.randomPoint(seeded.random(), size);
                LowerBound bound = DualBound.of(full, point, full.value(point));
                Close.assertAtMost(minimum.objective() * (1 + VALUE_ROUND_OFF), bound.value(), what);
            }
        });
    }

    /** The formulas of docs/theory.md §4, written out. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void boundIsTheFormula(long seed) {
        Seeded seeded = Seeded.of(seed);
        for (Family family : Family.all().toList()) {
            UfmProblem problem = Problems.random(family, seeded);
            if (problem.bias() instanceof Bias.Free) {
                continue; // the bias is solved for first
            }
            UfmModel model = UfmModel.full(problem);
            UfmPoint point = model.randomPoint(seeded.random(), 0.5);
            Matrix residual = Matrix.zeros(problem.classes(), model.columns());
            model.dataTerm().evaluate(model.logits(point.product(), point.bias()), residual);
            double samples = problem.counts().samples();
            double sigma = SpectralNorm.of(residual) / samples;
            double c = Math.min(1, problem.mu() / sigma);
            double sum = 0;
            double[] rowSums = new double[problem.classes()];
            for (int i = 0; i < model.columns(); i++) {
                for (int k = 0; k < rowSums.length; k++) {
                    double e = residual.get(k, i);
                    double own = k == model.label(i) ? 1 : 0;
                    rowSums[k] += e / samples;
                    double q = c * e + own;
                    sum += problem.loss() instanceof CrossEntropy
                            ? (q > 0 ? q * Math.log(q) : 0)
                            : c * c * e * e / 2 + own * c * e;
                }
            }
            double squares = 0;
            for (double rowSum : rowSums) {
                squares += rowSum * rowSum;
            }
            double lambda = problem.bias().lambda();
            double expected = -sum / samples - (lambda > 0 ? c * c * squares / (2 * lambda) : 0);
            LowerBound bound = DualBound.of(model, point, model.value(point));
            String what = Problems.describe(problem) + ", " + seeded;
            // Cancellation between the sum and the bias term loses digits relative to their sizes.
            double size = Math.abs(sum) / samples + (lambda > 0 ? c * c * squares / (2 * lambda) : 0);
            Close.assertClose(Math.max(0, expected), bound.value(), 0, 1e-12 * size, what);
            Close.assertClose(sigma, bound.sigmaMax(), 1e-11, "σ_max, " + what);
            Close.assertAtMost(c, bound.scale(), "c, " + what);
        }
    }

    @Test
    void onlyRoundOffIsCharged() {
        UfmProblem problem = new UfmProblem(
                new CrossEntropy(), ClassCounts.balanced(5, 20), 5, 0.005, 0.0005, new Bias.Regularised(0.01));
        UfmModel model = UfmModel.reduced(problem);
        MultiStart.Minimum minimum = new MultiStart(1).best(model, 2);
        LowerBound bound = DualBound.of(model, minimum.point(), minimum.objective());
        Close.assertAtLeast(0, bound.roundOff(), "round-off");
        Close.assertAtMost(1e-14 * minimum.objective(), bound.roundOff(), "round-off");
        Close.assertClose(0, bound.relativeGap(minimum.objective()), 0, 1e-12, "gap");
    }

    @Test
    void worthlessBoundsAreZero() {
        // A tiny λ_b makes the bias term larger than the rest at a random point.
        UfmProblem problem =
                new UfmProblem(new SquaredError(), ClassCounts.of(5, 1), 2, 0.01, 0.01, new Bias.Regularised(1e-12));
        UfmModel model = UfmModel.reduced(problem);
        UfmPoint point = model.randomPoint(Seeded.of(1).random(), 1);
        LowerBound bound = DualBound.of(model, point, model.value(point));
        assertEquals(0, bound.value());
        assertEquals(0, bound.scale());
        assertEquals(1, bound.relativeGap(model.value(point)));
        assertEquals(0, bound.relativeGap(0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e2, 1e4})
    void extremePointsGiveBounds(double size) {
        Family.all().forEach(family -> {
            Seeded seeded = Seeded.of(9);
            UfmProblem problem = Problems.random(family, seeded);
            UfmModel model = UfmModel.reduced(problem);
            double lowest = new MultiStart(1).best(model, 3).objective();
            UfmPoint point = model.randomPoint(seeded.random(), size);
            LowerBound bound = DualBound.of(model, point, model.value(point));
            Close.assertAtLeast(0, bound.value(), Problems.describe(problem));
            Close.assertAtMost(lowest, bound.value(), Problems.describe(problem));
        });
    }
}
