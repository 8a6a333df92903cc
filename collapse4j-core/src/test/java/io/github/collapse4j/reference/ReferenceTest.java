package io.github.collapse4j.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.Assessment;
import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.CriticalPointFacts;
import io.github.collapse4j.certificate.DualBound;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.fixtures.BiasOnly;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.reference.ReferenceProblem.Saddle;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.testkit.Close;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Global minima and critical points of every rank against an independent implementation. */
class ReferenceTest {
    /** Agreement of values and other numbers that the reference determines to second order in its gradient norm. */
    private static final double RELATIVE = 1e-8;
    /** Values are accurate to second order in the gradient norm, which is below 1e-8, and thus to round-off. */
    private static final double VALUE = 1e-12;
    /** Round-off of the reference's dense Hessians, whose smallest eigenvalues at minima are up to 4e-11 below zero. */
    private static final double HESSIAN_FLOOR = 1e-10;

    private static final int STARTS = 24;
    private static final long SEED = 20240710;

    static Stream<ReferenceProblem> problems() {
        return ReferenceProblem.all();
    }

    record Case(ReferenceProblem reference, Saddle saddle) {}

    static Stream<Case> criticalPoints() {
        return problems().flatMap(reference -> reference.saddles().stream().map(saddle -> new Case(reference, saddle)));
    }

    @Test
    void theFileIsComplete() {
        assertEquals(11, problems().count());
        assertEquals(49, criticalPoints().count());
    }

    @ParameterizedTest
    @MethodSource("problems")
    void globalMinimum(ReferenceProblem reference) {
        UfmProblem problem = reference.problem();
        UfmModel model = UfmModel.reduced(problem);
        Solution solution = new GlobalSolver(SolveOptions.defaults()).solve(problem);
        Close.assertClose(reference.globalMinimum(), solution.objective(), VALUE, "global minimum");

        boolean certified = solution instanceof Solution.GlobalMinimum;
        assertEquals(problem.featureDimension() >= problem.maximalRank(), certified, "certified");
        UfmPoint point = solution.point();
        // If the twin's solution does not fit, the reference bounds by its best point, not by the twin.
        LowerBound bound = certified ? solution.lowerBound() : DualBound.of(model, point, solution.objective());
        Close.assertAtLeast(
                reference.lowerBound() - RELATIVE * reference.globalMinimum(), bound.value(), "lower bound");
        Close.assertAtMost(reference.globalMinimum() * (1 + VALUE), bound.value(), "lower bound");
        if (!certified) {
            Close.assertClose(reference.lowerBound(), bound.value(), RELATIVE, "lower bound by plain scaling");
        }
        checkGeometry(reference, model, point);
    }

    private static void checkGeometry(ReferenceProblem reference, UfmModel model, UfmPoint point) {
        Svd svd = LinearAlgebra.svd(point.classifier());
        double[] singular = Arrays.copyOf(svd.values(), reference.singularValuesOfClassifier().length);
        // The error of the reference point is its gradient over the curvature, and a singular value changes by at most
        // that.
        Spectrum.Complete spectrum = Spectrum.complete(model, point);
        double smallestPositive = Arrays.stream(spectrum.eigenvalues())
                .filter(value -> value > spectrum.zeroTolerance())
                .findFirst()
                .orElseThrow();
        double error = reference.gradientNorm() / smallestPositive;
        Close.assertClose(
                reference.singularValuesOfClassifier(), singular, RELATIVE, error, "singular values of the classifier");

        double[][] found = rows(model.logits(point.product(), point.bias()));
        double[][] expected = reference.logits();
        if (model.problem().loss().isShiftInvariant() && model.problem().bias() instanceof Bias.Free) {
            found = centred(found);
            expected = centred(expected);
        }
        double features = LinearAlgebra.svd(point.features()).values()[0];
        double smallestCount =
                Arrays.stream(model.problem().counts().toArray()).min().orElseThrow();
        double logitError = error * (1 + (features + singular[0]) / Math.sqrt(smallestCount));
        double difference =
                reference.problem().featureDimension() >= reference.problem().maximalRank()
                        ? difference(expected, found, identity(found.length))
                        : leastDifference(expected, found);
        double largest = Arrays.stream(expected)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElseThrow();
        Close.assertAtMost(RELATIVE * largest + logitError, difference, "logits");
    }

    /**
     * Below K − 1 dimensions, equal classes arrange themselves unequally: logits agree up to a permutation of classes.
     */
    private static double leastDifference(double[][] expected, double[][] found) {
        return permutations(List.of(), found.length)
                .mapToDouble(permutation -> difference(expected, found, permutation))
                .min()
                .orElseThrow();
    }

    private static Stream<int[]> permutations(List<Integer> head, int length) {
        if (head.size() == length) {
            return Stream.of(head.stream().mapToInt(i -> i).toArray());
        }
        return identityStream(length).filter(next -> !head.contains(next)).flatMap(next -> {
            List<Integer> longer = new ArrayList<>(head);
            longer.add(next);
            return permutations(longer, length);
        });
    }

    private static double difference(double[][] expected, double[][] found, int[] permutation) {
        double largest = 0;
        for (int j = 0; j < found.length; j++) {
            for (int k = 0; k < found.length; k++) {
                largest = Math.max(largest, Math.abs(expected[j][k] - found[permutation[j]][permutation[k]]));
            }
        }
        return largest;
    }

    @ParameterizedTest
    @MethodSource("criticalPoints")
    void criticalPoint(Case example) {
        Saddle saddle = example.saddle();
        UfmProblem problem = example.reference().problem();
        UfmModel model = UfmModel.reduced(problem);
        UfmPoint point = lowestOfRank(problem, saddle.dimension());

        Assessment assessment = new Assessor(Assessor.Options.defaults()).assess(model, point);
        CriticalPointFacts facts = assessment.facts();
        Close.assertClose(saddle.value(), facts.objective(), VALUE, "value");
        assertEquals(saddle.rank(), facts.rank(), "rank");
        checkSigma(saddle, problem, point, facts);

        Spectrum.Complete spectrum = Spectrum.complete(model, point);
        Close.assertClose(saddle.hessianMin(), spectrum.smallest(), RELATIVE, HESSIAN_FLOOR, "smallest eigenvalue");
        Close.assertClose(saddle.hessianMax(), spectrum.largest(), RELATIVE, HESSIAN_FLOOR, "largest eigenvalue");
        assertEquals(saddle.negative(), spectrum.index(), "Morse index");
        assertEquals(saddle.zero(), spectrum.nullity(), "nullity");
        checkVerdict(saddle, problem, assessment);
    }

    private static void checkSigma(Saddle saddle, UfmProblem problem, UfmPoint point, CriticalPointFacts facts) {
        assertEquals(saddle.rank(), facts.activeOverMu().length);
        for (double active : facts.activeOverMu()) {
            Close.assertClose(1, active, RELATIVE, "active σ/μ");
        }
        // ∇g q_j + μ u_j = (∇_W f) v_j / s_j(H): the reference's gradient perturbs its σ/μ by about this much.
        double[] features = LinearAlgebra.svd(point.features()).values();
        double smallest = facts.rank() == 0 ? 1 : Math.min(1, features[facts.rank() - 1]);
        double floor = saddle.gradientNorm() / (problem.mu() * smallest) + RELATIVE;
        double[] all = DoubleStream.concat(Arrays.stream(facts.activeOverMu()), Arrays.stream(facts.remainingOverMu()))
                .map(value -> -value)
                .sorted()
                .map(value -> -value)
                .toArray();
        assertEquals(saddle.sigmaOverMu().length, all.length);
        for (int i = 0; i < all.length; i++) {
            Close.assertClose(saddle.sigmaOverMu()[i], all[i], RELATIVE, floor, "σ/μ [" + i + "]");
        }
    }

    private static void checkVerdict(Saddle saddle, UfmProblem problem, Assessment assessment) {
        Verdict verdict = assessment.verdict();
        boolean exceeds = saddle.sigmaOverMu()[0] > 1 + 1e-6;
        if (!exceeds) {
            Verdict.GlobalMinimum global = assertInstanceOf(Verdict.GlobalMinimum.class, verdict);
            Close.assertAtMost(RELATIVE, global.relativeGap(), "certified gap");
        } else if (saddle.rank() < problem.featureDimension()) {
            Verdict.StrictSaddle strict = assertInstanceOf(Verdict.StrictSaddle.class, verdict);
            // At the lowest critical point of each rank, the lower bound on the index is the index.
            assertEquals(saddle.negative(), strict.indexLowerBound(), "index bound");
            Close.assertClose(
                    saddle.hessianMin(), strict.mostNegativeCurvature(), RELATIVE, HESSIAN_FLOOR, "curvature");
        } else {
            Verdict.LocalMinimum local = assertInstanceOf(Verdict.LocalMinimum.class, verdict);
            assertEquals(local.orbitDimension(), local.nullity(), "symmetry explains the nullity");
            assertTrue(problem.featureDimension() < problem.maximalRank());
        }
    }

    private static UfmPoint lowestOfRank(UfmProblem problem, int dimension) {
        if (dimension == 0) {
            return BiasOnly.point(problem);
        }
        UfmModel narrow = UfmModel.reduced(problem.withFeatureDimension(dimension));
        return new MultiStart(SEED).best(narrow, STARTS).point().padTo(problem.featureDimension());
    }

    private static double[][] rows(Matrix matrix) {
        double[][] rows = new double[matrix.rows()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = matrix.transpose().column(i);
        }
        return rows;
    }

    private static double[][] centred(double[][] rows) {
        double mean =
                Arrays.stream(rows).flatMapToDouble(Arrays::stream).average().orElseThrow();
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row).map(value -> value - mean).toArray())
                .toArray(double[][]::new);
    }

    private static int[] identity(int length) {
        return identityStream(length).mapToInt(i -> i).toArray();
    }

    private static Stream<Integer> identityStream(int length) {
        return IntStream.range(0, length).boxed();
    }
}
