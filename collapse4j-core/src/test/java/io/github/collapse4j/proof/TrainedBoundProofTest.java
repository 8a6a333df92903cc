package io.github.collapse4j.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.prover.BoundProver;
import io.github.collapse4j.prover.Translation;
import io.github.collapse4j.solve.Solution;
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

/** Lower bounds for losses of a training: tight for the solver's dual point, and below the minimum for any other. */
class TrainedBoundProofTest {
    private static final long[] COUNTS = {8, 8, 5, 2};

    private static Rational rational(String text) {
        return Rational.parse(text).orElseThrow();
    }

    private static List<Fraction> fractions(String... texts) {
        return Arrays.stream(texts)
                .map(text -> Fraction.parse(text).orElseThrow())
                .toList();
    }

    private static ExactModel model(LossKind loss, ExactBias bias, TrainedLoss trained) {
        return ExactModel.ofClasses(loss, COUNTS, rational("1/500"), rational("1/300"), bias, Optional.of(trained));
    }

    private static TrainedLoss trained(LossKind loss) {
        boolean cross = loss == LossKind.CROSS_ENTROPY;
        return new TrainedLoss(
                fractions("1/10").get(0),
                List.of(rational("1"), rational("1"), rational("3/2"), rational("4")),
                cross ? fractions("-1/2").get(0) : Fraction.ZERO,
                cross ? fractions("0", "0", "1/3", "1") : List.of(),
                loss == LossKind.BINARY_CROSS_ENTROPY ? fractions("2", "2", "1/2", "3") : List.of());
    }

    private static TrainedLoss plain(LossKind loss) {
        boolean cross = loss == LossKind.CROSS_ENTROPY;
        return new TrainedLoss(
                Fraction.ZERO,
                Collections.nCopies(COUNTS.length, rational("7/3")),
                Fraction.ZERO,
                cross ? Collections.nCopies(COUNTS.length, Fraction.ZERO) : List.of(),
                List.of());
    }

    private static List<ExactBias> biases() {
        return List.of(new ExactBias.None(), new ExactBias.Free(), new ExactBias.Regularised(rational("1/100")));
    }

    static Stream<ExactModel> models() {
        List<ExactModel> models = new ArrayList<>();
        for (LossKind loss : LossKind.values()) {
            for (ExactBias bias : biases()) {
                models.add(model(loss, bias, trained(loss)));
            }
        }
        return models.stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void theSolversDualPointIsTight(ExactModel model) {
        Solution solution = BoundProver.solve(model, 4);
        BoundProver prover = new BoundProver(model, solution.twin());
        double minimum = solution.objective();
        double bound = ProvedTheorem.bound(prover.lowerBound()).approximately();
        Close.assertAtMost(minimum * (1 + 1e-14), bound, "bound");
        Close.assertAtLeast(minimum * (1 - 1e-9), bound, "bound");
        Theorem.GlobalMinimum theorem = ProvedTheorem.minimum(prover.globalMinimum(solution.point()));
        Close.assertAtMost(1e-8 * minimum, theorem.gap().approximately(), "gap");
    }

    /** The value in intervals is that in doubles, at any point; and no dual point gives a bound above the minimum. */
    @ParameterizedTest
    @MethodSource("models")
    void valuesAndBoundsOfAnyPoints(ExactModel model) throws NotProvedException {
        double minimum = BoundProver.solve(model, 4).objective();
        UfmModel reduced = UfmModel.reduced(Translation.problem(model, 2));
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            double size = Math.pow(10, random.nextDouble() - 0.5);
            UfmPoint point = reduced.randomPoint(random, size);
            DualPoint dual = random(model, random, i);
            double value = reduced.value(point);
            Interval exact = new Derivatives(model, Translation.exact(point, model.bias())).value();
            assertEquals(value, exact.approximately(), 1e-13 * value);
            if (new Proof.GlobalLowerBound(model, dual).verify() instanceof Verification.Proved) {
                double bound = ProvedTheorem.bound(new Proof.GlobalLowerBound(model, dual))
                        .approximately();
                Close.assertAtMost(minimum * (1 + 1e-14), bound, "bound " + i);
            }
        }
    }

    private static DualPoint random(ExactModel model, Random random, int i) {
        int n = COUNTS.length;
        double[][] columns = new double[n][n];
        double[] own = new double[model.hasProbabilities() ? 0 : n];
        boolean cross = model.loss() == LossKind.CROSS_ENTROPY;
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < n; k++) {
                columns[j][k] = random.nextDouble() * (cross ? 1.0 / n : 1) * (i % 3 == 0 ? 0.1 : 1);
            }
            if (own.length > 0) {
                own[j] = columns[j][j];
            }
        }
        return new DualPoint(columns, own, i % 2 == 0 ? 1 : random.nextDouble());
    }

    /**
     * A class of hardly any weight has a mean target below the resolution of the arithmetic, whose quotient with a
     * derivative as small has an upper end above 1. A repair with a t above 1 would turn the other columns into no
     * distributions.
     */
    @Test
    void aMeanTargetBelowTheResolutionGivesNoFalseBound() {
        String large = "1" + "0".repeat(39);
        Rational heavy = rational(large);
        TrainedLoss trained = new TrainedLoss(
                fractions("1/1000000000").get(0),
                List.of(rational("1/" + large), heavy, heavy, heavy),
                Fraction.ZERO,
                Collections.nCopies(4, Fraction.ZERO),
                List.of());
        ExactModel model = ExactModel.ofClasses(
                LossKind.CROSS_ENTROPY,
                new long[] {1, 1, 1, 1},
                rational("1/1000"),
                rational("1/1000"),
                new ExactBias.Free(),
                Optional.of(trained));
        // The minimum without the first class, of whose sample the loss has the weight 1e-9.
        double minimum = 0.0158135131;
        for (int exponent = 240; exponent < 270; exponent++) {
            double tiny = Math.scalb(1.0, -exponent);
            double[][] columns = {{0, 0.25, 0.25, 0.5}, {tiny, 0, 0.7, 0.25}, {tiny, 0.25, 0, 0.7}, {tiny, 0.7, 0.25, 0}
            };
            Proof proof = new Proof.GlobalLowerBound(model, new DualPoint(columns, new double[0], 1));
            if (proof.verify() instanceof Verification.Proved) {
                Close.assertAtMost(minimum, ProvedTheorem.bound(proof).approximately(), "bound at 2^-" + exponent);
            }
        }
    }

    /** Equal weights and no other option: the plain loss, whose checker is another. */
    @Test
    void withoutOptionsTheBoundIsThatOfThePlainLoss() {
        Random random = new Random(3);
        for (LossKind loss : new LossKind[] {LossKind.CROSS_ENTROPY, LossKind.SQUARED_ERROR}) {
            for (ExactBias bias : biases()) {
                ExactModel trained = model(loss, bias, plain(loss));
                ExactModel simple = ExactModel.ofClasses(loss, COUNTS, trained.lambdaW(), trained.lambdaH(), bias);
                for (int i = 0; i < 5; i++) {
                    DualPoint dual = random(trained, random, i);
                    double expected = ProvedTheorem.bound(new Proof.GlobalLowerBound(simple, dual))
                            .approximately();
                    double found = ProvedTheorem.bound(new Proof.GlobalLowerBound(trained, dual))
                            .approximately();
                    assertEquals(expected, found, 1e-12 * (1 + Math.abs(expected)));
                }
            }
        }
    }

    @Test
    void modelsThatDoNotExistAreRefused() {
        ExactModel model = model(LossKind.CROSS_ENTROPY, new ExactBias.None(), plain(LossKind.CROSS_ENTROPY));
        assertThrows(
                IllegalArgumentException.class,
                () -> ExactModel.ofClasses(
                        LossKind.BINARY_CROSS_ENTROPY, COUNTS, model.lambdaW(), model.lambdaH(), model.bias()));
        TrainedLoss shorter = new TrainedLoss(
                Fraction.ZERO, List.of(rational("1")), Fraction.ZERO, List.of(Fraction.ZERO), List.of());
        assertThrows(IllegalArgumentException.class, () -> model.withTrained(shorter));
    }

    /**
     * The first two classes as a group: the same value and, from a dual point that does not tell them apart, the same
     * bound.
     */
    @ParameterizedTest
    @MethodSource("models")
    void classesOfAGroupOneByOneGiveTheSame(ExactModel model) throws NotProvedException {
        ExactModel grouped = new ExactModel(
                model.loss(),
                new long[] {2, 1, 1},
                new long[] {8, 5, 2},
                model.lambdaW(),
                model.lambdaH(),
                model.bias(),
                model.trained().map(one -> one.ofGroups(new int[] {0, 2, 3})));
        int[] groupOf = {0, 0, 1, 2};
        Random random = new Random(5);
        for (int i = 0; i < 5; i++) {
            double[][] columns = new double[3][3];
            double[] own = new double[model.loss() == LossKind.CROSS_ENTROPY ? 0 : 3];
            for (int g = 0; g < 3; g++) {
                Arrays.setAll(columns[g], h -> random.nextDouble() / 4);
                if (own.length > 0) {
                    own[g] = random.nextDouble();
                }
            }
            double[][] expanded = new double[4][4];
            for (int j = 0; j < 4; j++) {
                for (int k = 0; k < 4; k++) {
                    expanded[j][k] = k == j && own.length > 0 ? own[groupOf[j]] : columns[groupOf[j]][groupOf[k]];
                }
            }
            // Small enough that the norm, of which the two only find upper bounds, does not count.
            double scale = 0x1p-8;
            DualPoint oneByOne =
                    new DualPoint(expanded, model.hasProbabilities() ? new double[0] : diagonal(expanded), scale);
            double expected = ProvedTheorem.bound(new Proof.GlobalLowerBound(model, oneByOne))
                    .approximately();
            double found = ProvedTheorem.bound(new Proof.GlobalLowerBound(grouped, new DualPoint(columns, own, scale)))
                    .approximately();
            assertEquals(expected, found, 1e-12 * (1 + Math.abs(expected)));
        }
        Solution solution = BoundProver.solve(grouped, 4);
        BoundProver prover = new BoundProver(grouped, solution.twin());
        Theorem.GlobalMinimum theorem = ProvedTheorem.minimum(prover.strongest(4));
        Close.assertAtMost(1e-8 * solution.objective(), theorem.gap().approximately(), "gap");
        Close.assertClose(solution.objective(), theorem.minimum().approximately(), 1e-8, "value");
    }

    private static double[] diagonal(double[][] columns) {
        double[] own = new double[columns.length];
        Arrays.setAll(own, k -> columns[k][k]);
        return own;
    }

    @Test
    void fractionsAreParsedStrictly() {
        assertEquals("-1/2", Fraction.parse("-1/2").orElseThrow().toString());
        assertEquals("0", Fraction.parse("0").orElseThrow().toString());
        assertTrue(Stream.of("-0", "--1", "0/1", "+1", "", "-", "1/0", "01", "1.5", "-1/2 ")
                .allMatch(text -> Fraction.parse(text).isEmpty()));
    }
}
