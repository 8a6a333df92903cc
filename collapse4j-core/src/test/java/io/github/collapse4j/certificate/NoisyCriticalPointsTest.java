package io.github.collapse4j.certificate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Critical points with noise of 1e-8 to 1e-3, stored in half, single or double precision, at d from the smallest benign
 * dimension to 50: no verdict that the theorem of docs/theory.md §4 excludes, saddles recognised as far as the noise
 * allows, and no minimum mistaken for a saddle.
 */
class NoisyCriticalPointsTest {
    private static final int PROBLEMS = 36;
    /** Noise that must not hide a saddle whose σ_max is at least twice μ. */
    private static final double SMALL = 1e-5;

    private static final double[] UNIT_ROUND_OFF = {0x1p-53, 0x1p-24, 0x1p-11};

    private static final Assessor ASSESSOR =
            new Assessor(Assessor.Options.defaults().withResidual(1e-2));

    static Stream<Family> families() {
        return Family.all();
    }

    @ParameterizedTest
    @MethodSource("families")
    void verdictsAreNeverExcludedByTheTheorem(Family family) {
        int[] seen = new int[3];
        Seeded.range(8000, PROBLEMS).forEach(seeded -> {
            UfmProblem drawn = Problems.random(family, seeded);
            int least = drawn.maximalRank();
            int[] dimensions = {least, least + 1, least + 4, 50};
            UfmProblem problem =
                    drawn.withFeatureDimension(Math.max(1, dimensions[(int) (seeded.seed() % dimensions.length)]));
            UfmModel model = UfmModel.reduced(problem);
            List<UfmPoint> points = CriticalPoints.ofEveryRank(problem, 1, seeded.seed());
            double lowest = points.stream().mapToDouble(model::value).min().orElseThrow();
            for (UfmPoint point : points) {
                boolean global = model.value(point) <= lowest * (1 + 1e-9);
                double excess = ASSESSOR.assess(model, point).facts().sigmaOverMu() - 1;
                for (int trial = 0; trial < 3; trial++) {
                    double size = seeded.logUniform(1e-8, 1e-3);
                    UfmPoint noisy = rounded(noisy(model, point, size, seeded), trial);
                    double noise = Math.max(size, UNIT_ROUND_OFF[trial]);
                    String what = "noise " + size + ", rounding " + UNIT_ROUND_OFF[trial] + ", σ/μ − 1 = " + excess
                            + ", " + Problems.describe(problem) + ", " + seeded;
                    seen[0]++;
                    check(model, noisy, global, what);
                    if (!global && excess > 1 && noise <= SMALL) {
                        seen[1]++;
                        seen[2] += ASSESSOR.assess(model, noisy).verdict() instanceof Verdict.StrictSaddle ? 1 : 0;
                    }
                }
            }
        });
        Close.assertAtLeast(PROBLEMS * 9.0, seen[0], "points seen");
        Close.assertAtLeast(0.99 * seen[1], seen[2], "saddles recognised of " + seen[1]);
    }

    private static void check(UfmModel model, UfmPoint point, boolean global, String what) {
        Assessment assessment = ASSESSOR.assess(model, point);
        Verdict verdict = assessment.verdict();
        if (verdict instanceof Verdict.StrictSaddle saddle) {
            assertFalse(global, () -> "a global minimum: " + saddle.explanation() + ", " + what);
            checkDescent(model, point, saddle, what);
        } else if (verdict instanceof Verdict.GlobalMinimum minimum) {
            assertTrue(minimum.relativeGap() <= minimum.tolerance(), minimum::explanation);
        } else if (verdict instanceof Verdict.NotCritical other) {
            assertFalse(other.residuals().largest() <= other.tolerance(), other::explanation);
        } else if (verdict instanceof Verdict.Undecided) {
            Close.assertAtLeast(1e-12, assessment.facts().noise(), "noise of an undecided point, " + what);
        } else {
            fail(verdict.explanation() + ", " + what);
        }
    }

    /** The direction has the reported curvature. */
    private static void checkDescent(UfmModel model, UfmPoint point, Verdict.StrictSaddle saddle, String what) {
        UfmObjective objective = model.objective();
        double[] x = objective.toVector(point);
        objective.linearize(x, new double[x.length]);
        double[] direction = objective.toVector(saddle.direction());
        double[] image = new double[x.length];
        objective.hessianVector(direction, image);
        Close.assertClose(Vectors.dot(direction, image), saddle.curvature(), 1e-13, "curvature, " + what);
        Close.assertAtMost(-2 * saddle.tolerance() * model.problem().mu(), saddle.curvature(), "curvature, " + what);
    }

    private static UfmPoint noisy(UfmModel model, UfmPoint point, double size, Seeded seeded) {
        UfmObjective objective = model.objective();
        double unit = Math.pow(model.problem().lambdaH() / model.problem().lambdaW(), 0.25);
        Matrix w = point.classifier().copy();
        Matrix h = point.features().copy();
        double perW = size * Math.max(unit, w.norm()) / Math.sqrt(w.data().length);
        double perH = size * Math.max(1 / unit, h.norm()) / Math.sqrt(h.data().length);
        Vectors.add(1, seeded.gaussian(w.data().length, perW), w.data());
        Vectors.add(1, seeded.gaussian(h.data().length, perH), h.data());
        return objective.toPoint(objective.toVector(new UfmPoint(w, h, point.bias())));
    }

    private static UfmPoint rounded(UfmPoint point, int format) {
        return new UfmPoint(
                rounded(point.classifier(), format), rounded(point.features(), format), rounded(point.bias(), format));
    }

    private static Matrix rounded(Matrix matrix, int format) {
        return Matrix.wrap(matrix.rows(), matrix.columns(), rounded(matrix.data(), format));
    }

    private static double[] rounded(double[] numbers, int format) {
        double[] result = numbers.clone();
        for (int i = 0; i < result.length && format > 0; i++) {
            double ulp = Math.ulp(result[i]) * 0x1p53 * UNIT_ROUND_OFF[format];
            result[i] = Math.rint(result[i] / ulp) * ulp;
        }
        return result;
    }
}
