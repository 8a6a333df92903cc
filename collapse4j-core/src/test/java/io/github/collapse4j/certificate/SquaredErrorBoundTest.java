package io.github.collapse4j.certificate;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.collapse4j.fixtures.CriticalPoints;
import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.BiasKind;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The closed form of docs/theory.md §4 for squared error at every d, against descents and its own best point. */
class SquaredErrorBoundTest {
    private static final LowerBound NONE = new LowerBound(0, 1, 0, 0);

    @ParameterizedTest
    @EnumSource(
            value = BiasKind.class,
            names = {"NONE", "FREE"})
    void isTheGlobalMinimumForEveryDimension(BiasKind bias) {
        Seeded.range(400, 40).forEach(seeded -> {
            UfmProblem drawn = Problems.random(new Family(new SquaredError(), bias), seeded);
            for (int d = 1; d < drawn.maximalRank(); d++) {
                UfmProblem problem = drawn.withFeatureDimension(d);
                String what = Problems.describe(problem) + ", " + seeded;
                UfmModel model = UfmModel.reduced(problem);
                LowerBound bound = SquaredErrorBound.tighten(problem, NONE);
                double lowest = new MultiStart(seeded.seed()).best(model, 2).objective();
                Close.assertAtMost(lowest, bound.value(), "bound, " + what);
                int[] largest = IntStream.range(0, d).toArray();
                double best = model.value(CriticalPoints.ofSquaredError(problem, largest));
                Close.assertClose(best, bound.value(), 1e-11, "bound, " + what);
                assertInstanceOf(
                        Verdict.GlobalMinimum.class,
                        new Assessor(Assessor.Options.defaults())
                                .assess(model, CriticalPoints.ofSquaredError(problem, largest))
                                .verdict(),
                        what);
            }
        });
    }

    /** Ten trillion samples of one class and one of the other: the objective consists of the second class alone. */
    @Test
    void keepsTheDigitsOfASmallClass() {
        UfmProblem problem = new UfmProblem(
                new SquaredError(), ClassCounts.of(10_000_000_000_000L, 1), 1, 1e-20, 1e-20, new Bias.None());
        double mu = 1e-20;
        double samples = 10_000_000_000_001.0;
        double expected = (mu * samples * (2 * Math.sqrt(1e13) - mu * samples) + 1) / (2 * samples);
        Close.assertClose(expected, SquaredErrorBound.tighten(problem, NONE).value(), 1e-14, "bound");
    }

    @Test
    void leavesOtherBoundsAlone() {
        ClassCounts counts = ClassCounts.of(5, 4, 3);
        UfmProblem regularised = new UfmProblem(new SquaredError(), counts, 1, 1e-3, 1e-3, new Bias.Regularised(0.1));
        UfmProblem entropy = new UfmProblem(new CrossEntropy(), counts, 1, 1e-3, 1e-3, new Bias.None());
        UfmProblem wide = new UfmProblem(new SquaredError(), counts, 3, 1e-3, 1e-3, new Bias.None());
        assertSame(NONE, SquaredErrorBound.tighten(regularised, NONE));
        assertSame(NONE, SquaredErrorBound.tighten(entropy, NONE));
        assertSame(NONE, SquaredErrorBound.tighten(wide, NONE));
        LowerBound larger = new LowerBound(1, 1, 1, 0);
        assertSame(larger, SquaredErrorBound.tighten(wide.withFeatureDimension(1), larger));
    }
}
