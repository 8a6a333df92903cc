package io.github.collapse4j.nonnegative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.testkit.Close;
import org.junit.jupiter.api.Test;

/** What is said about a solver's result. */
class SolutionVerdictTest {
    private static NonnegativeSolution solve(UfmProblem problem) {
        return new NonnegativeSolver(SolveOptions.defaults()).solve(new NonnegativeProblem(problem));
    }

    /** In fewer dimensions than needed, the bound of the wide problem is higher than that from the point. */
    @Test
    void theVerdictRestsOnTheBoundOfTheSolution() {
        NonnegativeSolution solution = solve(new UfmProblem(
                new CrossEntropy(), ClassCounts.of(100, 50, 20, 2), 2, 5e-4, 1e-2, new Bias.Regularised(0.01)));
        Verdict verdict = solution.verdict(Assessor.Options.defaults());
        Verdict.Undecided undecided = assertInstanceOf(Verdict.Undecided.class, verdict);
        Reason.WithinNoise reason = assertInstanceOf(Reason.WithinNoise.class, undecided.reason());
        assertEquals(solution.relativeGap(), reason.relativeGap());
    }

    /** Entries of Ĥ that are small at the minimum, not zero: steps that set them to zero never lower the value. */
    @Test
    void entriesNearZeroDoNotEndTheDescent() {
        UfmProblem problem = new UfmProblem(
                new CrossEntropy(),
                ClassCounts.of(40, 35, 30, 27, 23, 20, 18, 16, 14, 12, 10, 9, 8, 7, 6, 5, 5, 4, 3, 3, 3),
                21,
                5e-4,
                1e-4,
                new Bias.Free());
        NonnegativeSolution solution = solve(problem);
        assertInstanceOf(Verdict.GlobalMinimum.class, solution.verdict(Assessor.Options.defaults()));
        Close.assertAtMost(1e-12, solution.relativeGap(), "gap");
        double residual = NonnegativeAssessor.residuals(UfmModel.reduced(problem), solution.point())
                .largest();
        Close.assertAtMost(1e-12, residual, "residual");
    }

    @Test
    void aDescentThatEndedEarlyLeavesTheResultUndecided() {
        UfmProblem problem = new UfmProblem(new CrossEntropy(), ClassCounts.of(5, 3), 2, 1e-2, 1e-2, new Bias.None());
        UfmPoint point = new UfmPoint(Matrix.identity(2), Matrix.identity(2), new double[2]);
        NonnegativeSolution early = new FoundUnits(
                new NonnegativeProblem(problem),
                point,
                UfmModel.reduced(problem).value(point),
                LowerBound.NONE,
                2,
                1,
                NonnegativeSolution.Method.MULTI_START);
        Verdict.Undecided undecided =
                assertInstanceOf(Verdict.Undecided.class, early.verdict(Assessor.Options.defaults()));
        assertEquals(
                early.relativeGap(),
                assertInstanceOf(Reason.GapRemains.class, undecided.reason()).relativeGap());
    }
}
