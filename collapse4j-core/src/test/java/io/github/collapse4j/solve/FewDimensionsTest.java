package io.github.collapse4j.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.BiasKind;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Feature dimensions below the rank of the twin's solution, and claims about the factors written there. */
class FewDimensionsTest {
    private static final GlobalSolver SOLVER = new GlobalSolver(SolveOptions.defaults());

    private static double written(Solution solution) {
        return UfmModel.reduced(solution.problem()).value(solution.point());
    }

    /**
     * One class of ten trillion samples and one of a single sample: the small singular value is a third of the value.
     */
    @Test
    void aSignificantSmallSingularValueIsNotRoundOff() {
        ClassCounts counts = ClassCounts.of(10_000_000_000_000L, 1);
        for (Bias bias : List.of(new Bias.None(), new Bias.Regularised(1e-3))) {
            UfmProblem problem = new UfmProblem(new SquaredError(), counts, 1, 1e-20, 1e-20, bias);
            Solution solution = SOLVER.solve(problem);
            assertEquals(2, solution.twin().rank());
            Close.assertClose(solution.objective(), written(solution), 1e-9, "value of the factors, " + bias);
            assertFalse(solution.reachesTwin());
            // Without bias this is certified as the global minimum of its dimension.
            assertEquals(bias instanceof Bias.None, solution instanceof Solution.GlobalMinimum);
        }
        Solution withoutBias =
                SOLVER.solve(new UfmProblem(new SquaredError(), counts, 1, 1e-20, 1e-20, new Bias.None()));
        // μ(√n₁ − μN/2) from the class that is learned and 1/(2N) from the other.
        double expected = 1e-20 * (Math.sqrt(1e13) - 1e-20 * 1e13 / 2) + 0.5 / (1e13 + 1);
        Close.assertClose(expected, withoutBias.objective(), 1e-13, "objective");
        Close.assertAtMost(1e-12, withoutBias.relativeGap(), "gap");
    }

    static Stream<Loss> losses() {
        return Stream.of(new SquaredError(), new CrossEntropy());
    }

    /** Near the μ at which classes collapse, a singular value is small, and leaving it out may or may not matter. */
    @ParameterizedTest
    @MethodSource("losses")
    void claimsNearTheCollapseThresholdHoldForTheFactors(Loss loss) {
        for (long[] sizes : new long[][] {{9, 9, 4, 4}, {16, 16, 16}, {1_000_000, 1_000_000, 1, 1}}) {
            ClassCounts counts = ClassCounts.of(sizes);
            double least = Math.sqrt((double) counts.count(counts.classes() - 1)) / counts.samples();
            for (double below : new double[] {0, 1e-12, 1e-8, 1e-6, 1e-4, 1e-2}) {
                double mu = least * (1 - below);
                for (int d = 1; d <= counts.classes(); d++) {
                    for (Bias bias : List.of(new Bias.None(), new Bias.Free())) {
                        checkClaim(new UfmProblem(loss, counts, d, mu, mu, bias));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyClaimHoldsForTheFactors(Family family) {
        Seeded.range(1200, 40).forEach(seeded -> {
            UfmProblem drawn = Problems.random(family, seeded);
            for (int d = 1; d <= drawn.classes(); d++) {
                checkClaim(drawn.withFeatureDimension(d));
            }
        });
    }

    private static void checkClaim(UfmProblem problem) {
        Solution solution = new GlobalSolver(SolveOptions.defaults().withStarts(2)).solve(problem);
        String what = Problems.describe(problem);
        double written = written(solution);
        Close.assertClose(solution.objective(), written, TwinSolution.TOLERANCE, "value of the factors, " + what);
        if (solution instanceof Solution.GlobalMinimum) {
            Close.assertAtMost(TwinSolution.TOLERANCE, solution.lowerBound().relativeGap(written), what);
        }
        // No smaller dimension reaches the value.
        int rank = solution.twin().rank();
        if (rank > 0) {
            double narrower = solution.twin().objective(rank - 1);
            assertTrue(solution.twin().lowerBound().relativeGap(narrower) > TwinSolution.TOLERANCE, what);
        }
    }

    static Stream<Family> families() {
        return Family.all();
    }

    /**
     * docs/theory.md §4: squared error with no bias or a free one is benign at every d, with a formula for the value.
     */
    @ParameterizedTest
    @MethodSource("exact")
    void squaredErrorIsSolvedAtEveryDimension(Family family) {
        Seeded.range(1300, 30).forEach(seeded -> {
            UfmProblem drawn = Problems.random(family, seeded);
            for (int d = 1; d <= drawn.classes(); d++) {
                UfmProblem problem = drawn.withFeatureDimension(d);
                Solution solution = SOLVER.solve(problem);
                String what = Problems.describe(problem) + ", " + seeded;
                assertInstanceOf(Solution.GlobalMinimum.class, solution, what);
                assertInstanceOf(Verdict.GlobalMinimum.class, solution.verdict(Assessor.Options.defaults()), what);
                Close.assertAtMost(1e-12, solution.relativeGap(), "gap, " + what);
                Close.assertClose(solution.objective(), written(solution), 1e-12, "value of the factors, " + what);
                double lowest = new MultiStart(seeded.seed())
                        .best(UfmModel.reduced(problem), 4)
                        .objective();
                Close.assertClose(lowest, solution.objective(), 1e-11, "against descents, " + what);
                Close.assertAtMost(lowest * (1 + 1e-14), solution.lowerBound().value(), "bound, " + what);
            }
        });
    }

    static Stream<Family> exact() {
        return Family.all()
                .filter(family -> family.loss() instanceof SquaredError)
                .filter(family -> family.bias() != BiasKind.REGULARISED);
    }

    /** A dimension for which a list of all classes would not fit into memory. */
    @Test
    void aHundredDimensionsForAMillionClasses() {
        UfmProblem problem = new UfmProblem(
                new SquaredError(), ClassCounts.balanced(1_000_000, 100), 100, 1e-10, 1e-10, new Bias.Free());
        Solution solution = SOLVER.solve(problem);
        assertInstanceOf(Solution.GlobalMinimum.class, solution);
        assertEquals(100, solution.rank());
        assertEquals(999_999, solution.twin().rank());
        // All τ are 10: 100 of them shrink by μN = 0.01, the others stay.
        double samples = 1e8;
        double expected = (100 * 0.01 * (20 - 0.01) + (999_999 - 100) * 100.0) / (2 * samples);
        Close.assertClose(expected, solution.objective(), 1e-12, "objective");
    }

    @Test
    void claimsOutsideTheToleranceAreImpossible() {
        TwinSolution twin = SOLVER.solve(
                        new UfmProblem(new CrossEntropy(), ClassCounts.of(9, 4, 1), 1, 1e-3, 1e-3, new Bias.Free()))
                .twin();
        assertThrows(
                IllegalArgumentException.class,
                () -> new Solution.GlobalMinimum(Solution.Method.NEWTON_ON_GROUPS, twin, TwinSolution.TOLERANCE));
    }

    @Test
    void aSolverThatStopsEarlyClaimsNothing() {
        UfmProblem problem =
                new UfmProblem(new CrossEntropy(), ClassCounts.of(90, 40, 7, 1), 4, 1e-5, 1e-5, new Bias.Free());
        Solution solution = new GlobalSolver(SolveOptions.defaults().withRelativeGap(1e-3)).solve(problem);
        assertInstanceOf(Solution.Uncertified.class, solution);
        assertInstanceOf(Verdict.Undecided.class, solution.verdict(Assessor.Options.defaults()));
        assertTrue(solution.relativeGap() > TwinSolution.TOLERANCE);
    }
}
