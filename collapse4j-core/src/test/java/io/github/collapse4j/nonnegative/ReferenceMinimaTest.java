package io.github.collapse4j.nonnegative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.GoldenJson;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Global and spurious minima with H ≥ 0 against an independent implementation. */
class ReferenceMinimaTest {
    /** Values are known to second order in a gradient of 1e-15: to round-off. */
    private static final double VALUE = 1e-13;

    private static final double GAP = 1e-10;

    /** Two cases with the same eigenvalue by symmetry differ by 2e-12 in the reference. */
    private static final double EIGENVALUE = 1e-8;

    static Stream<NonnegativeReference> minima() {
        return Stream.concat(
                NonnegativeReference.family("trained-losses"), NonnegativeReference.family("nonnegative-closed-form"));
    }

    static Stream<NonnegativeReference> spurious() {
        return NonnegativeReference.family("nonnegative-spurious-minimum");
    }

    @Test
    void theFileIsComplete() {
        assertEquals(35, minima().count());
        assertEquals(3, spurious().count());
    }

    @ParameterizedTest
    @MethodSource("minima")
    void globalMinimum(NonnegativeReference reference) {
        UfmProblem problem = reference.problem().free();
        NonnegativeSolution solution = new NonnegativeSolver(SolveOptions.defaults()).solve(reference.problem());
        Close.assertClose(reference.number("globalMinimum"), solution.objective(), VALUE, "global minimum");
        Close.assertAtMost(solution.objective(), solution.lowerBound().value(), "lower bound");
        Close.assertAtMost(GAP, solution.relativeGap(), "gap");
        Close.assertClose(1, solution.gaugeOverMu(), 1e-12, "γ₊/μ");
        assertInstanceOf(Verdict.GlobalMinimum.class, solution.verdict(Assessor.Options.defaults()));
        if (reference.json().has("survivors")) {
            int survivors = (int) reference.number("survivors");
            assertEquals(survivors, solution.neededWidth());
            assertEquals(survivors, solution.survivingClasses().length);
            assertEquals(problem.classes() - survivors, solution.deadClasses().length);
        }

        UfmModel model = UfmModel.reduced(problem);
        UfmPoint point = solution.point();
        Close.assertClose(solution.objective(), model.value(point), VALUE, "value of the factors");
        NonnegativeAssessment assessment = new NonnegativeAssessor(Assessor.Options.defaults()).assess(model, point);
        assertInstanceOf(Verdict.GlobalMinimum.class, assessment.verdict());
        Close.assertAtMost(GAP, assessment.bound().relativeGap(assessment.objective()), "gap of the factors");
        Close.assertAtMost(1e-9, assessment.residuals().largest(), "residuals");
    }

    @ParameterizedTest
    @MethodSource("minima")
    void theGroupLassoHasItsOwnMinimum(NonnegativeReference reference) {
        if (reference.json().has("groupLassoValue")) {
            LassoSolution lasso = LassoSolution.of(reference.problem().free());
            Close.assertClose(reference.number("groupLassoValue"), lasso.objective(), VALUE, "group lasso");
            boolean optimal = reference.json().get("groupLassoOptimal").getAsBoolean();
            assertEquals(optimal, lasso.lowerBound().relativeGap(lasso.objective()) <= GAP);
        }
    }

    @ParameterizedTest
    @MethodSource("minima")
    void oneUnitLessCosts(NonnegativeReference reference) {
        int survivors = new NonnegativeSolver(SolveOptions.defaults())
                .solve(reference.problem())
                .neededWidth();
        NonnegativeSolution narrow = new NonnegativeSolver(SolveOptions.defaults())
                .solve(reference.problem().withFeatureDimension(survivors - 1));
        String name = reference.json().has("survivors") ? "bestFoundAtSurvivorsMinus1" : "bestFoundAtKMinus1";
        Close.assertAtMost(reference.number(name) + VALUE, narrow.objective(), "value at one dimension less");
        Close.assertAtMost(narrow.objective(), narrow.lowerBound().value(), "bound at one dimension less");
        // Where classes share units, the width found first is an upper bound; a certificate in fewer lowers it.
        boolean certified = narrow.relativeGap() <= GAP;
        assertEquals(certified ? survivors - 1 : survivors, narrow.neededWidth());
    }

    @ParameterizedTest
    @MethodSource("spurious")
    void spuriousMinimum(NonnegativeReference reference) {
        UfmProblem problem = reference.problem().free();
        NonnegativeAssessment assessment = new NonnegativeAssessor(Assessor.Options.defaults())
                .assess(UfmModel.reduced(problem), reference.point());
        Verdict.SpuriousLocalMinimum verdict =
                assertInstanceOf(Verdict.SpuriousLocalMinimum.class, assessment.verdict());
        Close.assertClose(reference.number("value"), verdict.objective(), VALUE, "value");
        Close.assertClose(reference.number("globalMinimum"), verdict.better(), VALUE, "global minimum");
        assertEquals((int) reference.number("nullity"), verdict.nullity());
        Close.assertClose(
                reference.number("smallestNonzeroEigenvalue"),
                verdict.smallestPositive(),
                EIGENVALUE,
                "next eigenvalue");
        Close.assertClose(reference.number("polarOverMu"), assessment.gaugeOverMu(), 1e-10, 1e-10, "γ₊/μ");
        double[] served = GoldenJson.numbers(reference.json().get("servedClassOfUnit"));
        int[] dead = IntStream.range(0, problem.classes())
                .filter(k -> Arrays.stream(served).noneMatch(c -> c == k))
                .toArray();
        assertArrayEquals(dead, assessment.deadClasses());
    }

    @ParameterizedTest
    @MethodSource("spurious")
    void aDeadUnitIsAWayDown(NonnegativeReference reference) {
        UfmProblem problem = reference.problem().free();
        int d = problem.featureDimension() + 1;
        UfmModel wide = UfmModel.reduced(problem.withFeatureDimension(d));
        UfmPoint point = reference.point().padTo(d);
        NonnegativeAssessment assessment = new NonnegativeAssessor(Assessor.Options.defaults()).assess(wide, point);
        Verdict.DeadUnit verdict = assertInstanceOf(Verdict.DeadUnit.class, assessment.verdict());
        assertEquals(d - 1, verdict.unit());
        double t = 1e-3;
        UfmPoint moved = new UfmPoint(
                point.classifier().copy().add(t, verdict.direction().classifier()),
                point.features().copy().add(t, verdict.direction().features()),
                point.bias());
        // f − t²·decrease + O(t⁴): Δw and Δh change WH to second order only.
        Close.assertClose(-t * t * verdict.decrease(), wide.value(moved) - wide.value(point), 1e-3, "descent");
    }
}
