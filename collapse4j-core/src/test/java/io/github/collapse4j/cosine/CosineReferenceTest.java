package io.github.collapse4j.cosine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.testkit.Close;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Minima, saddles and spurious minima of cosine heads against an independent implementation. */
class CosineReferenceTest {
    private static final double GAP = 1e-10;
    /** The reference's minima of 1e-9 end at an absolute gradient: their values are right to 1e-6 of themselves. */
    private static final double ABSOLUTE = 1e-14;
    /** Round-off of dense Hessians and of S. */
    private static final double EIGENVALUE = 1e-12;

    private final CosineAssessor assessor = new CosineAssessor(CosineAssessor.Options.defaults());

    static Stream<CosineReference> all() {
        return CosineReference.all();
    }

    static Stream<CosineReference> minima() {
        return CosineReference.ofKind("global-minimum");
    }

    static Stream<CosineReference> saddles() {
        return CosineReference.ofKind("saddle");
    }

    static Stream<CosineReference> spurious() {
        return CosineReference.ofKind("spurious-local-minimum");
    }

    @Test
    void theFileIsComplete() {
        assertEquals(7, minima().count());
        assertEquals(2, saddles().count());
        assertEquals(3, spurious().count());
    }

    @ParameterizedTest
    @MethodSource("all")
    void valueAndMultipliers(CosineReference reference) {
        CosineAssessment assessment = assessor.assess(reference.problem(), reference.point());
        CosineDerivatives at = assessment.derivatives();
        Close.assertClose(reference.number("value"), at.value(), GAP, ABSOLUTE, "value");
        Close.assertClose(reference.numbers("alpha"), at.alpha(), GAP, ABSOLUTE, "alpha");
        Close.assertClose(reference.numbers("beta"), at.beta(), GAP, ABSOLUTE, "beta");
        Close.assertClose(
                reference.number("lambdaMinS"),
                LinearAlgebra.symmetricEigenvalues(at.stability())[0],
                GAP,
                EIGENVALUE,
                "smallest eigenvalue of S");
        assertEquals(reference.integer("rank"), assessment.rank(), "rank");
        if (reference.json().get("weightedSigmaMax").isJsonNull()) {
            assertTrue(assessment.weightedSigma().isEmpty());
        } else {
            Close.assertClose(
                    reference.number("weightedSigmaMax"),
                    assessment.weightedSigma().orElseThrow(),
                    1e-9,
                    "weighted sigma");
        }
        TangentHessian hessian = TangentHessian.of(at, 1e-7);
        Close.assertClose(reference.number("hessianMin"), hessian.eigenvalues()[0], GAP, EIGENVALUE, "hessianMin");
        assertEquals(reference.integer("negative"), hessian.index(), "index");
        assertEquals(reference.integer("nullity"), hessian.nullity(), "nullity");
    }

    @ParameterizedTest
    @MethodSource("all")
    void globalMinimum(CosineReference reference) {
        boolean isMinimum = reference.json().get("kind").getAsString().equals("global-minimum");
        CosineSolution solution = new CosineSolver(CosineSolver.Options.defaults()).solve(reference.problem());
        if (isMinimum) {
            Close.assertClose(reference.number("value"), solution.objective(), GAP, ABSOLUTE, "global minimum");
            assertEquals(reference.integer("rank"), solution.rank(), "rank");
        } else if (reference.json().has("globalMinimum")) {
            Close.assertClose(reference.number("globalMinimum"), solution.objective(), GAP, "global minimum");
        }
        if (reference.json().has("closedForm")) {
            double closed = reference.problem().closedForm().orElseThrow();
            Close.assertClose(reference.number("closedForm"), closed, 1e-13, "closed form");
            Close.assertClose(closed, solution.objective(), 1e-12, "value of the closed form");
        }
        Close.assertAtMost(GAP, solution.relativeGap(), "certified gap");
        assertInstanceOf(
                CosineVerdict.GlobalMinimum.class,
                assessor.assess(reference.problem(), solution.point()).verdict());
    }

    @ParameterizedTest
    @MethodSource("saddles")
    void strictSaddle(CosineReference reference) {
        CosineAssessment assessment = assessor.assess(reference.problem(), reference.point());
        CosineVerdict.StrictSaddle saddle = assertInstanceOf(CosineVerdict.StrictSaddle.class, assessment.verdict());
        assertEquals(CosineVerdict.StrictSaddle.Origin.UNUSED_DIMENSION, saddle.origin());
        Close.assertClose(1, saddle.direction().norm(), 1e-14, "norm of the direction");
        Close.assertClose(reference.number("hessianMin"), saddle.curvature(), GAP, "curvature");
        Close.assertClose(
                reference.number("curvatureFormula"),
                -2 * (assessment.weightedSigma().orElseThrow() - 1),
                GAP,
                "curvature of the weighted pair");
        CosineDerivatives at = assessment.derivatives();
        double step = 1e-4;
        double[] move = saddle.direction().data().clone();
        Arrays.setAll(move, i -> step * move[i]);
        double lower = CosineDerivatives.value(at.problem(), CosineDescent.moved(at, move));
        Close.assertClose(
                saddle.curvature() / 2, (lower - at.value()) / (step * step), 1e-5, "fall along the direction");
    }

    @ParameterizedTest
    @MethodSource("spurious")
    void spuriousLocalMinimum(CosineReference reference) {
        CosineAssessment assessment = assessor.assess(reference.problem(), reference.point());
        CosineVerdict.SpuriousLocalMinimum verdict =
                assertInstanceOf(CosineVerdict.SpuriousLocalMinimum.class, assessment.verdict());
        assertEquals(reference.integer("nullity"), verdict.nullity());
        Close.assertClose(reference.number("globalMinimum"), verdict.better(), GAP, "lower value");
        Close.assertClose(reference.number("nextEigenvalue"), verdict.smallestPositive(), 1e-7, "next eigenvalue");
        // With one dimension more, the same point is a strict saddle: the theorem leaves nothing else.
        CosineProblem wider = reference.problem().withFeatureDimension(3);
        CosineVerdict.StrictSaddle saddle = assertInstanceOf(
                CosineVerdict.StrictSaddle.class,
                assessor.assess(wider, reference.point().padTo(3)).verdict());
        Close.assertClose(reference.number("lambdaMinS"), saddle.curvature(), 1e-9, "curvature");
    }

    @ParameterizedTest
    @MethodSource("minima")
    void noBoundExceedsTheMinimum(CosineReference reference) {
        CosineProblem problem = reference.problem();
        for (int start = 0; start < 20; start++) {
            CosineDerivatives at = new CosineDerivatives(problem, CosinePoint.random(problem, 1, start));
            LowerBound bound = CosineBound.of(at);
            Close.assertAtMost(reference.number("value") * (1 + 1e-6), bound.value(), "bound");
            assertFalse(bound.value() < 0);
        }
    }
}
