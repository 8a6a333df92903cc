package io.github.collapse4j.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.fixtures.CriticalPoints;
import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The theorem (docs/theory.md §4) on random problems: at d ≥ K, and at d = K − 1 if the gradient annihilates the ones,
 * every critical point is a global minimum or a strict saddle. Each verdict is checked against all eigenvalues of the
 * Hessian.
 */
@Tag("heavy")
class EveryCriticalPointTest {
    private static final int PROBLEMS = 60;
    /** Every verdict is checked; all eigenvalues, which cost more, only for small Hessians and every tenth seed. */
    private static final int DENSE = 32;

    private static final int DENSE_SEEDS = 10;

    private static final Assessor ASSESSOR = new Assessor(Assessor.Options.defaults());

    static Stream<Family> families() {
        return Family.all();
    }

    @ParameterizedTest
    @MethodSource("families")
    void isAGlobalMinimumOrAStrictSaddle(Family family) {
        int[] seen = new int[2];
        Seeded.range(5000, PROBLEMS).forEach(seeded -> {
            UfmProblem drawn = Problems.random(family, seeded);
            for (int d : dimensions(drawn)) {
                UfmProblem problem = drawn.withFeatureDimension(d);
                assertTrue(problem.hasBenignLandscape());
                double lowest = Double.POSITIVE_INFINITY;
                List<UfmPoint> points = CriticalPoints.ofEveryRank(problem, 2, seeded.seed());
                points.addAll(closedForms(problem));
                UfmModel model = UfmModel.reduced(problem);
                boolean dense = model.dimension() <= DENSE || seeded.seed() % DENSE_SEEDS == 0;
                for (UfmPoint point : points) {
                    lowest = Math.min(lowest, model.value(point));
                }
                for (UfmPoint point : points) {
                    String what = "d = " + d + ", " + Problems.describe(problem) + ", " + seeded;
                    seen[check(model, point, lowest, dense, what)]++;
                }
            }
        });
        Close.assertAtLeast(PROBLEMS, seen[0], "global minima seen");
        Close.assertAtLeast(PROBLEMS, seen[1], "strict saddles seen");
    }

    private static int[] dimensions(UfmProblem problem) {
        int classes = problem.classes();
        boolean centred = problem.loss() instanceof CrossEntropy || problem.bias() instanceof Bias.Free;
        return centred && classes > 1
                ? new int[] {classes - 1, classes, classes + 3}
                : new int[] {classes, classes + 3};
    }

    /**
     * Squared error has a critical point for every set of singular directions: takes every second one, and all except
     * one.
     */
    private static List<UfmPoint> closedForms(UfmProblem problem) {
        List<UfmPoint> points = new ArrayList<>();
        if (problem.loss() instanceof SquaredError && !(problem.bias() instanceof Bias.Regularised)) {
            int rank = problem.maximalRank();
            for (int first = 0; first < 2; first++) {
                int[] every = new int[(rank - first + 1) / 2];
                for (int i = 0; i < every.length; i++) {
                    every[i] = first + 2 * i;
                }
                points.add(CriticalPoints.ofSquaredError(problem, every));
            }
        }
        return points;
    }

    /** Checks one verdict; returns 0 for a global minimum and 1 for a strict saddle. */
    private static int check(UfmModel model, UfmPoint point, double lowest, boolean dense, String what) {
        Assessment assessment = ASSESSOR.assess(model, point);
        Close.assertAtLeast(0, assessment.relativeGap() + 1e-14, "gap, " + what);
        if (assessment.verdict() instanceof Verdict.GlobalMinimum global) {
            Close.assertClose(lowest, global.objective(), 1e-8, "the lowest value, " + what);
            if (dense) {
                Spectrum.Complete spectrum = Spectrum.complete(model, point);
                assertEquals(0, spectrum.index(), "a global minimum has no negative curvature, " + what);
            }
            return 0;
        }
        if (!(assessment.verdict() instanceof Verdict.StrictSaddle saddle)) {
            return fail(
                    assessment.verdict().name() + ": " + assessment.verdict().explanation() + ", " + what);
        }
        checkSaddle(model.problem(), saddle, model.objective().toVector(saddle.direction()), what);
        if (dense) {
            Spectrum.Complete spectrum = Spectrum.complete(model, point);
            double scale = Math.max(spectrum.largest(), -spectrum.smallest());
            Close.assertAtMost(
                    saddle.mostNegativeCurvature() + 1e-9 * scale, spectrum.smallest(), "smallest eigenvalue, " + what);
            Close.assertAtLeast((double) saddle.indexLowerBound(), spectrum.index(), "Morse index, " + what);
        }
        return 1;
    }

    private static void checkSaddle(UfmProblem problem, Verdict.StrictSaddle saddle, double[] direction, String what) {
        Escape.UnusedDimension unused = assertInstanceOf(Escape.UnusedDimension.class, saddle.escape(), what);
        Close.assertClose(unused.predicted(), saddle.curvature(), 1e-8, "curvature along Δ, " + what);
        Close.assertAtMost(-Double.MIN_NORMAL, saddle.curvature(), "curvature along Δ, " + what);
        double ratio = Math.sqrt(problem.lambdaH() / problem.lambdaW());
        Close.assertClose(ratio + 1 / ratio, Vectors.dot(direction, direction), 1e-12, "‖Δ‖², " + what);
        // Δ is not the eigenvector, but its Rayleigh quotient cannot be below the smallest eigenvalue.
        Close.assertAtMost(
                unused.predicted() / (ratio + 1 / ratio) * (1 - 1e-12),
                saddle.mostNegativeCurvature(),
                "most negative curvature, " + what);
        Close.assertAtLeast(1, (double) saddle.indexLowerBound(), "index bound, " + what);
    }
}
