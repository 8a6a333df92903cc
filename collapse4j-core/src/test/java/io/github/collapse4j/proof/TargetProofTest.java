package io.github.collapse4j.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.prover.MinimumSearch;
import io.github.collapse4j.prover.SaddleSearch;
import io.github.collapse4j.prover.TargetProver;
import io.github.collapse4j.prover.Translation;
import io.github.collapse4j.testkit.Close;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Theorems about samples with targets: three outputs and five targets. */
class TargetProofTest {
    private static final double[][] TARGETS = {
        {1, 0, 0}, {0.25, 0.5, 0.25}, {0.1, 0.2, 0.7}, {0, 0.5, 0.5}, {0.625, 0, 0.375}
    };
    private static final long[] COUNTS = {9, 5, 2, 4, 3};

    private static Rational rational(String text) {
        return Rational.parse(text).orElseThrow();
    }

    private static Fraction fraction(String text) {
        return Fraction.parse(text).orElseThrow();
    }

    private static TrainedLoss loss(LossKind kind, double[][] targets) {
        return new TrainedLoss(
                fraction("1/20"),
                List.of(rational("1"), rational("3/2"), rational("2")),
                kind == LossKind.CROSS_ENTROPY ? fraction("-1/2") : Fraction.ZERO,
                List.of(),
                kind == LossKind.BINARY_CROSS_ENTROPY
                        ? List.of(fraction("2"), fraction("1/2"), fraction("1"))
                        : List.of(),
                Optional.of(targets));
    }

    private static ExactModel model(LossKind kind, ExactBias bias, double[][] targets) {
        return ExactModel.ofClasses(
                kind, COUNTS, rational("1/200"), rational("1/900"), bias, Optional.of(loss(kind, targets)));
    }

    static Stream<ExactModel> models() {
        List<ExactModel> models = new ArrayList<>();
        for (LossKind loss : LossKind.values()) {
            for (ExactBias bias :
                    List.of(new ExactBias.None(), new ExactBias.Free(), new ExactBias.Regularised(rational("1/100")))) {
                models.add(model(loss, bias, TARGETS));
            }
        }
        return models.stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void theSolversDualPointIsTight(ExactModel model) {
        TargetProver prover = TargetProver.of(model, 3);
        double minimum = prover.solution().objective();
        double bound = ProvedTheorem.bound(prover.lowerBound()).approximately();
        Close.assertAtMost(minimum * (1 + 1e-14), bound, "bound");
        Close.assertAtLeast(minimum * (1 - 1e-9), bound, "bound");
        Theorem.GlobalMinimum theorem = ProvedTheorem.minimum(prover.strongest());
        Close.assertAtMost(1e-8 * minimum, theorem.gap().approximately(), "gap");
        ProvedTheorem.bound(TargetProver.of(model, 1).strongest());
    }

    @ParameterizedTest
    @MethodSource("models")
    void valuesDerivativesAndBoundsOfAnyPoints(ExactModel model) {
        double minimum = TargetProver.of(model, 3).solution().objective();
        UfmModel reduced = UfmModel.reduced(Translation.problem(model, 2));
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            UfmPoint point = reduced.randomPoint(random, Math.pow(10, random.nextDouble() - 0.5));
            ExactPoint exact = Translation.exact(point, model.bias());
            Derivatives at = new Derivatives(model, exact);
            double value = reduced.value(point);
            assertEquals(value, at.value().approximately(), 1e-13 * Math.abs(value));
            double[] x = reduced.objective().toVector(point);
            double[] gradient = new double[x.length];
            reduced.objective().linearize(x, gradient);
            double squares = Arrays.stream(gradient).map(g -> g * g).sum();
            double found = Arrays.stream(at.gradient())
                    .mapToDouble(Interval::approximately)
                    .map(g -> g * g)
                    .sum();
            assertEquals(squares, found, 1e-12 * squares);
            double[][] columns = new double[COUNTS.length][3];
            for (double[] column : columns) {
                Arrays.setAll(column, k -> random.nextDouble());
            }
            DualPoint dual = new DualPoint(columns, new double[0], i % 2 == 0 ? 1 : random.nextDouble());
            Proof proof = new Proof.GlobalLowerBound(model, dual);
            if (proof.verify() instanceof Verification.Proved) {
                Close.assertAtMost(
                        minimum * (1 + 1e-14), ProvedTheorem.bound(proof).approximately(), "bound " + i);
            }
        }
    }

    /** One-hot targets, one for each class, with equal weights. */
    @Test
    void oneHotTargetsAreClasses() {
        double[][] oneHot = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        long[] counts = {9, 5, 2};
        for (LossKind kind : LossKind.values()) {
            boolean cross = kind == LossKind.CROSS_ENTROPY;
            List<Fraction> positives = kind == LossKind.BINARY_CROSS_ENTROPY
                    ? List.of(fraction("2"), fraction("1/2"), fraction("1"))
                    : List.of();
            List<Rational> weights = Collections.nCopies(3, rational("1"));
            Fraction tau = cross ? fraction("1/2") : Fraction.ZERO;
            TrainedLoss ofTargets =
                    new TrainedLoss(fraction("1/10"), weights, tau, List.of(), positives, Optional.of(oneHot));
            TrainedLoss ofClasses = new TrainedLoss(
                    fraction("1/10"),
                    weights,
                    tau,
                    cross ? Collections.nCopies(3, Fraction.ZERO) : List.of(),
                    positives);
            ExactBias bias = new ExactBias.Free();
            ExactModel first = ExactModel.ofClasses(
                    kind, counts, rational("1/200"), rational("1/900"), bias, Optional.of(ofTargets));
            ExactModel second = ExactModel.ofClasses(
                    kind, counts, rational("1/200"), rational("1/900"), bias, Optional.of(ofClasses));
            ExactPoint point = new ExactPoint(
                    new double[][] {{1}, {-0.5}, {0.25}}, new double[][] {{2, -1, 0.5}}, new double[] {0.1, 0.2, -0.3});
            assertEquals(
                    new Derivatives(second, point).value().approximately(),
                    new Derivatives(first, point).value().approximately(),
                    1e-15);
            double expected =
                    ProvedTheorem.bound(TargetProver.of(first, 3).lowerBound()).approximately();
            double[][] columns = TargetProver.of(first, 3).lowerBound().dual().columns();
            double[] own = {columns[0][0], columns[1][1], columns[2][2]};
            double found = ProvedTheorem.bound(new Proof.GlobalLowerBound(second, new DualPoint(columns, own, 1)))
                    .approximately();
            assertEquals(expected, found, 1e-12 * expected);
        }
    }

    /** Three targets that lie on no line, one dimension: the one that has to lie between the others decides. */
    @Test
    void minimaAndSaddlesAreProved() {
        double[][] targets = {{0.9, 0.05, 0.05}, {0.05, 0.9, 0.05}, {0.0625, 0.0625, 0.875}, {0.5, 0.5, 0}};
        TrainedLoss loss = new TrainedLoss(
                Fraction.ZERO,
                Collections.nCopies(3, rational("1")),
                Fraction.ZERO,
                List.of(),
                List.of(),
                Optional.of(targets));
        ExactModel model = ExactModel.ofClasses(
                LossKind.CROSS_ENTROPY,
                new long[] {9, 5, 2, 1},
                rational("1/250"),
                rational("1/500"),
                new ExactBias.Free(),
                Optional.of(loss));
        assertFalse(model.isBenign(1));
        assertTrue(model.isBenign(2));
        MinimumSearch.Result result = new MinimumSearch(model, 1).search(1, 40);
        assertInstanceOf(MinimumSearch.Result.Found.class, result, result.description());
        ProvedTheorem.of(Theorem.StrictSaddle.class, new SaddleSearch(model, 2).proof(1, 1, 20));
        ProvedTheorem.of(Theorem.StrictSaddle.class, new SaddleSearch(model, 2).proof(0, 1, 20));
    }

    @Test
    void modelsThatDoNotExistAreRefused() {
        ExactBias none = new ExactBias.None();
        double[][] ragged = {{1, 0, 0}, {0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}};
        double[][] negative = {{1, 0, 0}, {-1, 1, 1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}};
        double[][] few = {{1, 0, 0}};
        for (double[][] wrong : new double[][][] {ragged, negative, few}) {
            assertThrows(IllegalArgumentException.class, () -> model(LossKind.CROSS_ENTROPY, none, wrong));
        }
    }
}
