package io.github.collapse4j.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.collapse4j.fixtures.CriticalPoints;
import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A point with one feature per sample gets the verdict of its class means. */
class FullModelTest {
    private static final Assessor ASSESSOR = new Assessor(Assessor.Options.defaults());

    static Stream<Family> families() {
        return Family.all();
    }

    @ParameterizedTest
    @MethodSource("families")
    void verdictsAgree(Family family) {
        Seeded.range(60, 8).forEach(seeded -> {
            UfmProblem problem = Problems.random(family, seeded);
            UfmModel full = UfmModel.full(problem);
            for (UfmPoint point : CriticalPoints.ofEveryRank(problem, 1, seeded.seed())) {
                String what = Problems.describe(problem) + ", " + seeded;
                Assessment reduced = ASSESSOR.assess(UfmModel.reduced(problem), point);
                UfmPoint expanded = full.expand(point);
                Assessment assessment = ASSESSOR.assess(full, expanded);
                assertSame(reduced.verdict().getClass(), assessment.verdict().getClass(), what);
                Close.assertClose(reduced.relativeGap(), assessment.relativeGap(), 1e-8, 1e-10, "gap, " + what);
                if (reduced.verdict() instanceof Verdict.StrictSaddle ofReduced
                        && assessment.verdict() instanceof Verdict.StrictSaddle ofFull) {
                    compare(ofReduced, ofFull, what);
                    checkDescent(full, expanded, ofFull, what);
                }
            }
        });
    }

    private static void compare(Verdict.StrictSaddle reduced, Verdict.StrictSaddle full, String what) {
        assertEquals(reduced.rank(), full.rank(), what);
        assertEquals(reduced.indexLowerBound(), full.indexLowerBound(), what);
        Close.assertClose(reduced.sigmaOverMu(), full.sigmaOverMu(), 1e-9, "σ/μ, " + what);
        Close.assertClose(predicted(reduced), predicted(full), 1e-7, "formula, " + what);
        Close.assertClose(predicted(full), full.curvature(), 1e-7, "Hessian, " + what);
        Close.assertClose(reduced.mostNegativeCurvature(), full.mostNegativeCurvature(), 1e-7, "least, " + what);
    }

    /** f(x ± tΔ) is below f(x) by ½t²·curvature, up to fourth-order terms. */
    private static double predicted(Verdict.StrictSaddle saddle) {
        return assertInstanceOf(Escape.UnusedDimension.class, saddle.escape()).predicted();
    }

    private static void checkDescent(UfmModel model, UfmPoint point, Verdict.StrictSaddle saddle, String what) {
        UfmObjective objective = model.objective();
        double[] x = objective.toVector(point);
        double[] direction = objective.toVector(saddle.direction());
        Matrix features = saddle.direction().features();
        assertEquals(model.columns(), features.columns(), "one direction per sample, " + what);
        double t = 1e-3;
        double value = objective.value(x);
        double change = 0;
        for (double sign : new double[] {1, -1}) {
            double[] moved = x.clone();
            Vectors.add(sign * t, direction, moved);
            change += objective.value(moved) - value;
        }
        double roundOff = 1e-15 * value / (t * t);
        Close.assertClose(saddle.curvature(), change / (t * t), 1e-4, 1e-5 + roundOff, "change, " + what);
    }
}
