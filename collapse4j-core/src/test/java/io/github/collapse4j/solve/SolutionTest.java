package io.github.collapse4j.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.CriticalPointFacts;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The claims of every solution are true of its point. */
class SolutionTest {
    private static final int PROBLEMS = 40;
    /** A singular value that should be zero is round-off, 1e-16; the factors contain its square root. */
    private static final double SQRT_ROUND_OFF = 2e-8;

    private static final GlobalSolver SOLVER = new GlobalSolver(SolveOptions.defaults());

    static Stream<Family> families() {
        return Family.all();
    }

    @ParameterizedTest
    @MethodSource("families")
    void theGlobalMinimumIsAPointOfTheModelAndNothingIsLower(Family family) {
        Seeded.range(600, PROBLEMS).forEach(seeded -> {
            UfmProblem drawn = Problems.random(family, seeded);
            int d = drawn.maximalRank() + (int) (seeded.seed() % 3);
            UfmProblem problem = drawn.withFeatureDimension(Math.max(1, d));
            String what = Problems.describe(problem) + ", " + seeded;
            UfmModel model = UfmModel.reduced(problem);
            Solution solution = SOLVER.solve(problem);
            assertInstanceOf(Solution.GlobalMinimum.class, solution, what);
            assertEquals(problem, solution.problem());

            UfmPoint point = solution.point();
            Close.assertClose(solution.objective(), model.value(point), 1e-12, "objective of the point, " + what);
            CriticalPointFacts facts = CriticalPointFacts.of(model, point);
            assertEquals(solution.rank(), facts.rank(), "rank, " + what);
            Close.assertClose(0, facts.balanceResidual(), 0, 1e-12, "balance, " + what);
            Close.assertClose(0, facts.residuals().largest(), 0, 1e-6, "residuals, " + what);
            double residual = facts.residuals().classifier()
                    * Math.max(1, unit(problem) / point.classifier().norm());
            if (facts.rank() > 0) {
                Close.assertClose(
                        residual, solution.twin().relativeResidual(), 1e-3, SQRT_ROUND_OFF, "residual of W, " + what);
            }
            // Relative to the terms of a sum: round-off, in the point and in the residuals behind the bound.
            Close.assertClose(facts.residuals().bias(), solution.twin().biasResidual(), 1e-3, 1e-11, "bias, " + what);

            Close.assertClose(0, solution.relativeGap(), 0, 1e-11, "gap, " + what);
            Close.assertAtLeast(-1e-14, solution.relativeGap(), "gap, " + what);
            Close.assertAtLeast(1 - 1e-8, solution.twin().sigmaOverMu() + (facts.rank() == 0 ? 1 : 0), "σ/μ, " + what);
            double lowest = new MultiStart(seeded.seed()).best(model, 2).objective();
            Close.assertAtMost(lowest * (1 + 1e-11), solution.objective(), "against descents, " + what);
            Close.assertAtMost(lowest * (1 + 1e-14), solution.lowerBound().value(), "bound, " + what);
            assertInstanceOf(Verdict.GlobalMinimum.class, solution.verdict(Assessor.Options.defaults()), what);
            assertInstanceOf(
                    Verdict.GlobalMinimum.class,
                    new Assessor(Assessor.Options.defaults())
                            .assess(model, point)
                            .verdict(),
                    what);
        });
    }

    private static double unit(UfmProblem problem) {
        return Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
    }

    @ParameterizedTest
    @MethodSource("families")
    void logitsAreThoseOfThePoint(Family family) {
        Seeded.range(700, 10).forEach(seeded -> {
            UfmProblem problem = Problems.random(family, seeded);
            Solution solution = SOLVER.solve(problem);
            UfmPoint point = solution.point();
            Matrix logits = Twins.centred(problem, UfmModel.reduced(problem).logits(point.product(), point.bias()));
            Close.assertClose(
                    logits.data(),
                    Twins.logits(solution.twin()).data(),
                    1e-12,
                    1e-14,
                    Problems.describe(problem) + ", " + seeded);
        });
    }

    /** Below the rank of the twin's solution, the best of several descents is the answer. */
    @ParameterizedTest
    @MethodSource("families")
    void belowTheRankOfTheTwinTheBestFoundIsReturned(Family family) {
        Seeded.range(800, 6).forEach(seeded -> {
            UfmProblem drawn = Problems.random(family, seeded);
            Solution wide = SOLVER.solve(drawn);
            int rank = wide.rank();
            String what = Problems.describe(drawn) + ", " + seeded;
            if (rank >= 1) {
                Solution fitting = SOLVER.solve(drawn.withFeatureDimension(rank));
                assertInstanceOf(Solution.GlobalMinimum.class, fitting, what);
                Close.assertClose(wide.objective(), fitting.objective(), 1e-12, "d = rank, " + what);
            }
            // Squared error with no bias or a free one is solved at every dimension: FewDimensionsTest.
            if (rank >= 2 && !drawn.withFeatureDimension(1).hasBenignLandscape()) {
                UfmProblem narrow = drawn.withFeatureDimension(rank - 1);
                Solution found = SOLVER.solve(narrow);
                assertInstanceOf(Solution.BestFound.class, found, what);
                assertEquals(Solution.Method.MULTI_START, found.method());
                UfmModel model = UfmModel.reduced(narrow);
                Close.assertClose(model.value(found.point()), found.objective(), 1e-14, what);
                Close.assertAtLeast(wide.objective(), found.objective(), "no lower than with more dimensions, " + what);
                assertEquals(rank - 1, found.rank(), what);
                Close.assertClose(wide.lowerBound().value(), found.lowerBound().value(), 1e-10, "bound, " + what);
                Verdict verdict = found.verdict(Assessor.Options.defaults());
                // Squared error with no bias or a free one has a bound for every d, and no other minima.
                assertEquals(narrow.hasBenignLandscape() ? "GlobalMinimum" : "LocalMinimum", verdict.name(), what);
            }
        });
    }
}
