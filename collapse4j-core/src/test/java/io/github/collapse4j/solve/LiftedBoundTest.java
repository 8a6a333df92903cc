package io.github.collapse4j.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.fixtures.Problems.BiasKind;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bounds lifted from coarse groupings, and brackets built from them (docs/theory.md §6). */
@Tag("heavy")
class LiftedBoundTest {
    record Case(UfmProblem problem, Seeded seeded) {
        @Override
        public String toString() {
            return problem.loss() + " " + problem.bias() + ", " + seeded;
        }
    }

    static Stream<Case> cases() {
        return Family.all().flatMap(family -> Seeded.range(3_000, 8).map(seeded -> random(family, seeded)));
    }

    /** Forty to sixty different counts. */
    private static Case random(Family family, Seeded seeded) {
        int classes = seeded.between(40, 60);
        long[] counts = new long[classes];
        for (int k = 0; k < classes; k++) {
            counts[k] = 2L * k + 1 + seeded.between(0, 1);
        }
        ClassCounts classCounts = ClassCounts.of(counts);
        double threshold = Math.sqrt(2.0 * classes) / classCounts.samples();
        double mu = threshold * seeded.logUniform(0.01, 1);
        Bias bias = family.bias() == BiasKind.NONE
                ? new Bias.None()
                : family.bias() == BiasKind.FREE ? new Bias.Free() : new Bias.Regularised(seeded.logUniform(1e-3, 1));
        return new Case(new UfmProblem(family.loss(), classCounts, classes, mu, mu, bias), seeded);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void residualsOfAnyGroupingBoundTheMinimumFromBelow(Case example) {
        UfmProblem problem = example.problem();
        double minimum =
                new GlobalSolver(SolveOptions.defaults()).solve(problem).objective();
        ClassGroups finest = ClassGroups.of(problem.counts());
        for (double ratio : new double[] {100, 4, 1.5, 1.1, 1}) {
            ClassGroups groups = finest.withinRatio(ratio);
            TwinModel model = new TwinModel(problem, groups);
            LiftedBound lift = new LiftedBound(model, finest);
            TwinNewton newton = new TwinNewton(model, TwinSolver.initialPoint(model));
            Close.assertAtMost(
                    minimum, lift.of(newton.residual(), newton.value()).value(), "start, " + example);
            for (int trial = 0; trial < 5; trial++) {
                int n = groups.groups();
                double size = example.seeded().logUniform(1e-3, 10);
                Matrix core = Matrix.wrap(n, n, example.seeded().gaussian(n * n, size));
                double[] separation = example.seeded().gaussian(n, size);
                for (int g = 0; g < n; g++) {
                    separation[g] = groups.sizes()[g] > 1 ? Math.abs(separation[g]) : 0;
                }
                double[] bias = problem.bias().isPresent() ? example.seeded().gaussian(n, size) : new double[n];
                TwinNewton random = new TwinNewton(model, new TwinPoint(separation, core, bias));
                LowerBound bound = lift.of(random.residual(), random.value());
                Close.assertAtMost(minimum, bound.value(), "ratio " + ratio + ", " + example);
            }
        }
    }

    /**
     * At the true counts, a coarse problem's solution has its own value, and its residuals give a bound not far below.
     */
    @ParameterizedTest
    @MethodSource("cases")
    void theMinimumLiesBetweenTheLiftedBoundAndTheCoarseValue(Case example) {
        UfmProblem problem = example.problem();
        double minimum =
                new GlobalSolver(SolveOptions.defaults()).solve(problem).objective();
        ClassGroups finest = ClassGroups.of(problem.counts());
        for (double ratio : new double[] {1.5, 1.1, 1.02}) {
            ClassGroups groups = finest.withinRatio(ratio);
            TwinSolution coarse = coarseSolution(problem, groups);
            TwinModel model = new TwinModel(problem, groups);
            Matrix residual = new TwinNewton(model, coarse.point()).residual();
            double bound = new LiftedBound(model, finest)
                    .of(residual, coarse.objective())
                    .value();
            Close.assertAtMost(minimum, bound, "bound, " + example);
            Close.assertAtLeast(minimum * (1 - 1e-9), coarse.objective(), "value, " + example);
            // At most twice the spread of the counts is lost where classes have collapsed, otherwise about half of it.
            Close.assertAtLeast(minimum * (1 - 2 * (ratio - 1)), bound, "ratio " + ratio + ", " + example);
        }
    }

    private static TwinSolution coarseSolution(UfmProblem problem, ClassGroups groups) {
        TwinModel model = new TwinModel(problem, groups);
        boolean direct = problem.loss() instanceof SquaredError || groups.groups() == 1;
        return direct
                ? ExactTwin.solve(problem, groups, SolveOptions.defaults(), SolveListener.SILENT)
                : Twins.minimum(model);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bracketsContainTheMinimumAndMeetTheirGoal(Case example) {
        UfmProblem problem = example.problem();
        TwinSolution exact =
                new GlobalSolver(SolveOptions.defaults()).solve(problem).twin();
        TwinBracketing bracketing = new TwinBracketing(SolveOptions.defaults(), SolveListener.SILENT);
        for (double factor : new double[] {1.001, 1.1, 3}) {
            TwinBracketing.Goal goal = new TwinBracketing.Goal(factor * exact.objective(), 0.01, 1e-4);
            TwinBracket bracket = bracketing.bracket(problem, goal, () -> LowerBound.NONE);
            Close.assertAtMost(exact.objective(), bracket.lower().value(), "lower, " + example);
            Close.assertAtLeast(exact.objective() * (1 - 1e-9), bracket.upper(), "upper, " + example);
            assertTrue(goal.isMet(bracket.lower(), bracket.upper()), "goal, factor " + factor + ", " + example);
            assertTrue(bracket.rankAtLeast() <= exact.rank() && exact.rank() <= bracket.rankAtMost());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aPointThatSettlesTheQuestionIsEnough(Case example) {
        UfmProblem problem = example.problem();
        double minimum =
                new GlobalSolver(SolveOptions.defaults()).solve(problem).objective();
        LowerBound given = new LowerBound(0.9999 * minimum, 0, 1, 0);
        TwinBracket bracket = new TwinBracketing(SolveOptions.defaults(), SolveListener.SILENT)
                .bracket(problem, new TwinBracketing.Goal(minimum, 0.01, 1e-3), () -> given);
        TwinBracket.Origin solved = ClosedForms.apply(problem, ClassGroups.of(problem.counts()))
                ? TwinBracket.Origin.CLOSED_FORM
                : TwinBracket.Origin.NEWTON_ON_GROUPS;
        assertEquals(
                problem.loss() instanceof SquaredError ? solved : TwinBracket.Origin.GIVEN_POINT, bracket.origin());
    }
}
