package io.github.collapse4j.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.Assessor.Options;
import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.fixtures.CriticalPoints;
import io.github.collapse4j.fixtures.PartitionAnsatz;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One example of every verdict, and the effect of the options. */
class AssessorTest {
    private static final Assessor ASSESSOR = new Assessor(Options.defaults());

    /** docs/theory.md §4: below d = K − 1 there are spurious local minima. */
    private static final UfmProblem COUNTEREXAMPLE =
            new UfmProblem(new CrossEntropy(), ClassCounts.balanced(8, 9), 5, 0.003, 0.0005, new Bias.Regularised(0.1));

    /** Values from docs/theory.md, printed to eight digits. */
    private static final double SPURIOUS = 0.18129733;

    private static final double BETTER = 0.18125817;
    private static final double PRINTED = 5e-9;

    @Test
    void spuriousLocalMinimum() {
        UfmModel model = UfmModel.reduced(COUNTEREXAMPLE);
        List<MultiStart.Minimum> minima = new MultiStart(1).minima(model, 24);
        UfmPoint point = minima.stream()
                .filter(minimum -> Math.abs(minimum.objective() - SPURIOUS) < PRINTED)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no start of seed 1 ends at " + SPURIOUS))
                .point();
        Assessment assessment = ASSESSOR.assess(model, point);
        Verdict.SpuriousLocalMinimum verdict =
                assertInstanceOf(Verdict.SpuriousLocalMinimum.class, assessment.verdict());
        Close.assertClose(SPURIOUS, verdict.objective(), 0, PRINTED, "value");
        Close.assertClose(BETTER, verdict.better(), 0, PRINTED, "better value");
        assertEquals(10, verdict.nullity());
        assertEquals(10, verdict.orbitDimension());
        Close.assertAtMost(verdict.zeroTolerance(), Math.abs(verdict.smallestCurvature()), "smallest eigenvalue");
        Close.assertAtLeast(1e4 * verdict.zeroTolerance(), verdict.smallestPositive(), "next eigenvalue");
        Close.assertAtMost(BETTER, assessment.bound().value(), "bound");
        assertEquals(5, assessment.facts().rank());
    }

    @Test
    void theLowerOfTheTwoMinimaStaysUndecided() {
        UfmModel model = UfmModel.reduced(COUNTEREXAMPLE);
        UfmPoint point = new MultiStart(1).best(model, 24).point();
        Verdict.LocalMinimum verdict = assertInstanceOf(
                Verdict.LocalMinimum.class, ASSESSOR.assess(model, point).verdict());
        Close.assertClose(BETTER, verdict.objective(), 0, PRINTED, "value");
        assertEquals(verdict.orbitDimension(), verdict.nullity());
        assertEquals(24, verdict.searched());
        Close.assertAtLeast(1e-3, verdict.relativeGap(), "no certificate below d = K − 1");
    }

    @Test
    void withoutASearchNoMinimumIsCalledSpurious() {
        UfmModel model = UfmModel.reduced(COUNTEREXAMPLE);
        UfmPoint spurious = new MultiStart(1)
                .minima(model, 24).stream()
                        .filter(minimum -> minimum.objective() > SPURIOUS - PRINTED)
                        .findFirst()
                        .orElseThrow()
                        .point();
        Verdict.LocalMinimum verdict = assertInstanceOf(
                Verdict.LocalMinimum.class,
                new Assessor(Options.defaults().withSearchStarts(0))
                        .assess(model, spurious)
                        .verdict());
        assertEquals(0, verdict.searched());
    }

    @Test
    void notCritical() {
        UfmModel model = UfmModel.reduced(COUNTEREXAMPLE);
        UfmPoint point = model.randomPoint(Seeded.of(1).random(), 1);
        Assessment assessment = ASSESSOR.assess(model, point);
        Verdict.NotCritical verdict = assertInstanceOf(Verdict.NotCritical.class, assessment.verdict());
        double value = model.value(point);
        Close.assertClose(1 - assessment.bound().value() / value, verdict.relativeGap(), 1e-12, "gap");
        Close.assertAtMost(1, verdict.relativeGap(), "gap");
    }

    @Test
    void residualsAreThoseOfTheGradientsBlocks() {
        UfmModel model = UfmModel.reduced(COUNTEREXAMPLE);
        UfmPoint point = model.randomPoint(Seeded.of(2).random(), 3);
        UfmObjective objective = model.objective();
        double[] gradient = new double[objective.dimension()];
        objective.linearize(objective.toVector(point), gradient);
        UfmPoint blocks = objective.toPoint(gradient);
        Residuals residuals = ASSESSOR.assess(model, point).facts().residuals();
        double ofW = blocks.classifier().norm() / (0.003 * point.classifier().norm());
        double ofH = blocks.features().norm() / (0.0005 * point.features().norm());
        Close.assertClose(ofW, residuals.classifier(), 1e-13, "W");
        Close.assertClose(ofH, residuals.features(), 1e-13, "H");
        double[] terms = new double[8];
        for (int j = 0; j < 8; j++) {
            for (int k = 0; k < 8; k++) {
                terms[k] += Math.abs(objective.residual().get(k, j)) / 8;
            }
        }
        double size = Vectors.norm(terms) + 0.1 * Vectors.norm(point.bias());
        Close.assertClose(Vectors.norm(blocks.bias()) / size, residuals.bias(), 1e-13, "b");
        assertEquals(Math.max(ofW, ofH), residuals.largest(), 1e-13 * residuals.largest());
        assertEquals(3, new Residuals(1, 2, 3).largest());
        assertEquals(3, new Residuals(1, 3, 2).largest());
        assertEquals(3, new Residuals(3, 1, 2).largest());
        assertEquals(Double.NaN, new Residuals(3, Double.NaN, 2).largest());
    }

    @Test
    void nearlyCriticalPointsAreJudgedByTheTolerance() {
        UfmModel model = UfmModel.reduced(COUNTEREXAMPLE);
        UfmPoint point = new MultiStart(1).best(model, 4).point();
        Matrix moved = point.classifier().copy();
        moved.set(0, 0, moved.get(0, 0) + 3e-6);
        UfmPoint near = new UfmPoint(moved, point.features(), point.bias());
        assertInstanceOf(Verdict.NotCritical.class, ASSESSOR.assess(model, near).verdict());
        double residual = CriticalPointFacts.of(model, near).residuals().largest();
        Options loose = Options.defaults().withSearchStarts(0).withResidual(residual);
        assertInstanceOf(
                Verdict.LocalMinimum.class,
                new Assessor(loose).assess(model, near).verdict());
    }

    /**
     * A gradient tilts the flat directions of rotations, some of them downwards; that must not turn a minimum into a
     * saddle.
     */
    @Test
    void aLooseToleranceCreatesNoSaddle() {
        UfmModel model = UfmModel.reduced(COUNTEREXAMPLE);
        UfmPoint point = new MultiStart(1).best(model, 4).point();
        for (Seeded seeded : Seeded.range(1, 10).toList()) {
            double size = seeded.logUniform(1e-7, 1e-3);
            Matrix moved = point.classifier()
                    .copy()
                    .add(
                            1,
                            Matrix.wrap(
                                    8,
                                    5,
                                    seeded.gaussian(
                                            40, size * point.classifier().norm())));
            UfmPoint near = new UfmPoint(moved, point.features(), point.bias());
            Options loose = Options.defaults().withSearchStarts(0).withResidual(1e3);
            assertInstanceOf(
                    Verdict.LocalMinimum.class,
                    new Assessor(loose).assess(model, near).verdict(),
                    seeded + ", size " + size);
        }
    }

    /** A minimum rounded to half precision lies above its own polished copy, which does not make it spurious. */
    @Test
    void aRoundedMinimumIsNotSpuriousBecauseOfItself() {
        UfmModel model = UfmModel.reduced(COUNTEREXAMPLE);
        UfmPoint point = new MultiStart(1).best(model, 24).point();
        UfmPoint half = new UfmPoint(half(point.classifier()), half(point.features()), point.bias());
        Verdict.LocalMinimum verdict = assertInstanceOf(
                Verdict.LocalMinimum.class,
                new Assessor(Options.defaults().withResidual(0.1))
                        .assess(model, half)
                        .verdict());
        Close.assertClose(model.value(point), verdict.objective(), 1e-12, "value of the minimum itself");
        Close.assertAtLeast(1e-5, verdict.distance(), "distance");
        Close.assertAtLeast(model.value(point) * (1 + 1e-9), model.value(half), "value of the rounded point");
    }

    private static Matrix half(Matrix matrix) {
        double[] rounded = matrix.data().clone();
        for (int i = 0; i < rounded.length; i++) {
            double ulp = Math.ulp(rounded[i]) * 0x1p42;
            rounded[i] = Math.rint(rounded[i] / ulp) * ulp;
        }
        return Matrix.wrap(matrix.rows(), matrix.columns(), rounded);
    }

    /** Zero features, zero weights, and a bias unrelated to the samples. */
    @Test
    void aWrongBiasIsNotCritical() {
        UfmProblem problem = new UfmProblem(new CrossEntropy(), ClassCounts.of(1999, 1), 2, 1, 1, new Bias.Free());
        UfmPoint zero = new UfmPoint(Matrix.zeros(2, 2), Matrix.zeros(2, 2), new double[] {40, 0});
        Verdict.NotCritical verdict = assertInstanceOf(
                Verdict.NotCritical.class,
                new Assessor(Options.defaults().withResidual(1e-2))
                        .assess(UfmModel.reduced(problem), zero)
                        .verdict());
        Close.assertClose(1, verdict.residuals().bias(), 1e-12, "relative residual of the bias");
        assertEquals(0, verdict.residuals().classifier());
    }

    /** Too many unknowns for a decomposition: Lanczos decides, and finds what the whole spectrum shows. */
    @Test
    @Tag("heavy")
    void manyUnknowns() {
        long[] counts = new long[40];
        for (int k = 0; k < counts.length; k++) {
            counts[k] = 120 - 2L * k;
        }
        UfmProblem problem =
                new UfmProblem(new SquaredError(), ClassCounts.of(counts), 32, 0.0004, 0.0001, new Bias.None());
        UfmModel model = UfmModel.reduced(problem);
        assertTrue(model.dimension() > Spectrum.COMPLETE_LIMIT);
        // The 32 largest classes except one, which the smallest of all replaces.
        int[] directions =
                IntStream.concat(IntStream.range(0, 31), IntStream.of(39)).toArray();
        UfmPoint point = CriticalPoints.ofSquaredError(problem, directions);
        Verdict.StrictSaddle saddle = assertInstanceOf(
                Verdict.StrictSaddle.class, ASSESSOR.assess(model, point).verdict());
        Spectrum.Complete spectrum = Spectrum.complete(model, point);
        Close.assertClose(spectrum.smallest(), saddle.curvature(), 1e-9, "smallest curvature");
        long index = saddle.indexLowerBound();
        assertTrue(index >= 1 && index <= spectrum.index(), index + ", " + spectrum.index());

        UfmPoint best =
                CriticalPoints.ofSquaredError(problem, IntStream.range(0, 32).toArray());
        assertInstanceOf(
                Verdict.GlobalMinimum.class, ASSESSOR.assess(model, best).verdict());
    }

    /**
     * Squared error with d = 2 and 4 classes: the features of the two smaller classes make a critical point of rank d.
     */
    @Test
    void saddleOfFullRankWithSquaredError() {
        UfmProblem problem =
                new UfmProblem(new SquaredError(), ClassCounts.of(40, 30, 20, 10), 2, 0.004, 0.001, new Bias.None());
        UfmModel model = UfmModel.reduced(problem);
        UfmPoint point = CriticalPoints.ofSquaredError(problem, 2, 3);
        Verdict.StrictSaddle saddle = assertInstanceOf(
                Verdict.StrictSaddle.class, ASSESSOR.assess(model, point).verdict());
        assertEquals(2, saddle.rank());
        checkFall(model, point, saddle.direction(), saddle.curvature());
        // The two larger classes give the global minimum for d = 2.
        Verdict best = ASSESSOR.assess(model, CriticalPoints.ofSquaredError(problem, 0, 1))
                .verdict();
        assertInstanceOf(Verdict.GlobalMinimum.class, best);
    }

    /** Cross-entropy with d = 2 and 6 classes at three points of a plane, two classes each. */
    @Test
    void saddleOfFullRankWithCrossEntropy() {
        UfmProblem problem =
                new UfmProblem(new CrossEntropy(), ClassCounts.balanced(6, 10), 2, 0.005, 0.001, new Bias.None());
        checkOtherSaddle(UfmModel.reduced(problem), PartitionAnsatz.criticalPoint(problem));
    }

    private static void checkOtherSaddle(UfmModel model, UfmPoint point) {
        Assessment assessment = ASSESSOR.assess(model, point);
        assertEquals(model.problem().featureDimension(), assessment.facts().rank(), "full rank");
        Verdict.OtherSaddle verdict = assertInstanceOf(Verdict.OtherSaddle.class, assessment.verdict());
        Spectrum.Complete spectrum = Spectrum.complete(model, point);
        assertEquals(spectrum.index(), verdict.index());
        assertTrue(verdict.index() > 0);
        Close.assertClose(spectrum.smallest(), verdict.smallestCurvature(), 1e-12, "smallest curvature");
        checkFall(model, point, verdict.direction(), verdict.smallestCurvature());
    }

    private static void checkFall(UfmModel model, UfmPoint point, UfmPoint along, double curvature) {
        // The objective falls on both sides along the direction, as its curvature predicts.
        UfmObjective objective = model.objective();
        double[] x = objective.toVector(point);
        double[] direction = objective.toVector(along);
        double t = 1e-3;
        double change = 0;
        for (double sign : new double[] {1, -1}) {
            double[] moved = x.clone();
            Vectors.add(sign * t, direction, moved);
            change += objective.value(moved) - objective.value(x);
        }
        // Fourth-order terms are smaller by t²; round-off is 1e-16/t².
        Close.assertClose(curvature, change / (t * t), 1e-4, 1e-8, "second difference");
    }

    @Test
    void theCertificateAloneProvesAGlobalMinimumAtAnyDimension() {
        // A large penalty: everything collapses to zero, which is also the global minimum at d = 1.
        UfmProblem problem =
                new UfmProblem(new CrossEntropy(), ClassCounts.balanced(6, 10), 1, 0.1, 0.1, new Bias.None());
        UfmModel model = UfmModel.reduced(problem);
        UfmPoint zero = new UfmPoint(Matrix.zeros(6, 1), Matrix.zeros(1, 6), new double[6]);
        Assessment assessment = ASSESSOR.assess(model, zero);
        Verdict.GlobalMinimum verdict = assertInstanceOf(Verdict.GlobalMinimum.class, assessment.verdict());
        Close.assertClose(Math.log(6), verdict.objective(), 1e-15, "value");
        Close.assertAtMost(1e-12, verdict.relativeGap(), "gap");
        assertEquals(0, assessment.facts().rank());
        // σ_max/μ of ∇ĝ = (J/K − I)/(K√n): 1/(K√n μ)
        Close.assertClose(1 / (6 * Math.sqrt(10) * 0.1), assessment.facts().sigmaOverMu(), 1e-12, "σ/μ");
    }
}
