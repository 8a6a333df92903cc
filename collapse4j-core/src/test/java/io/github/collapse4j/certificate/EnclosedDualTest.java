package io.github.collapse4j.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.proof.ExactBias;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.Interval;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.Proof;
import io.github.collapse4j.proof.Rational;
import io.github.collapse4j.proof.Theorem;
import io.github.collapse4j.proof.Verification;
import io.github.collapse4j.prover.BoundProver;
import io.github.collapse4j.prover.Translation;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.Solution;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.solve.TargetSolution;
import io.github.collapse4j.solve.TargetSolver;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bounds of losses with targets, weights and offsets, against values and bounds in interval arithmetic. */
class EnclosedDualTest {
    private static final int PROBLEMS = 25;

    /** The numbers of a loss are known to some 40 roundings, which cost a multiple of that where residuals are small differences. */
    private static final double WIDTH = 5e-12;

    private static TrainingLoss loss(TrainingLoss.Kind kind, RandomGenerator random, int classes) {
        double[] weights =
                random.ints(classes, 1, 5).asDoubleStream().map(x -> x / 4).toArray();
        TrainingLoss loss = new TrainingLoss(
                kind, random.nextInt(4) * 0.1, Optional.of(weights), 0, Optional.empty(), Optional.empty());
        return switch (kind) {
            case SOFTMAX ->
                loss.withLogitAdjustment(random.nextInt(5) * 0.3 - 0.6)
                        .withMargins(random.ints(classes, 0, 3)
                                .mapToDouble(x -> 0.2 * x)
                                .toArray());
            case SIGMOID ->
                loss.withPositiveWeights(
                        random.ints(classes, 1, 4).mapToDouble(x -> 0.7 * x).toArray());
            case SQUARED -> loss;
        };
    }

    private static LossKind proved(TrainingLoss.Kind kind) {
        return switch (kind) {
            case SOFTMAX -> LossKind.CROSS_ENTROPY;
            case SIGMOID -> LossKind.BINARY_CROSS_ENTROPY;
            case SQUARED -> LossKind.SQUARED_ERROR;
        };
    }

    private static ExactModel model(TrainingLoss.Kind kind, RandomGenerator random) {
        int classes = 2 + random.nextInt(4);
        long[] counts = random.longs(classes, 1, 30).toArray();
        if (random.nextBoolean()) {
            counts[1] = counts[0]; // perhaps exchangeable
        }
        ExactBias bias = random.nextInt(3) == 0
                ? new ExactBias.Regularised(Rational.parse("3/100").orElseThrow())
                : random.nextBoolean() ? new ExactBias.Free() : new ExactBias.None();
        Rational lambda = Rational.parse("1/" + (1 + random.nextInt(1000))).orElseThrow();
        return ExactModel.ofClasses(
                proved(kind),
                counts,
                lambda,
                Rational.parse("7/1000").orElseThrow(),
                bias,
                Translation.exact(loss(kind, random, classes), classes));
    }

    /** At a minimum as tight as the bound of interval arithmetic, and never above the value of a point in it. */
    @ParameterizedTest
    @EnumSource(TrainingLoss.Kind.class)
    void theBoundOfASolutionIsProvedAndTight(TrainingLoss.Kind kind) {
        Seeded.range(900, PROBLEMS).forEach(seeded -> {
            ExactModel model = model(kind, seeded.random());
            int d = (int) model.classes();
            Solution solution = BoundProver.solve(model, d);
            LowerBound bound = solution.lowerBound();
            assertEquals(LowerBound.Rounding.PROVED, bound.rounding(), seeded::toString);
            Proof proof = new BoundProver(model, solution.twin()).globalMinimum(solution.point());
            Theorem.GlobalMinimum theorem = assertInstanceOf(
                    Theorem.GlobalMinimum.class,
                    assertInstanceOf(Verification.Proved.class, proof.verify(), seeded::toString)
                            .theorem());
            assertTrue(Interval.of(bound.value()).isAtMost(theorem.minimum().upper()), () -> bound + ", " + seeded);
            double exact = theorem.minimum().lower().approximately();
            Close.assertAtLeast(exact * (1 - WIDTH), bound.value(), "bound, " + seeded);
        });
    }

    /** Any point gives a bound, on a grid of classes one by one as well, that is not above the minimum. */
    @ParameterizedTest
    @EnumSource(TrainingLoss.Kind.class)
    void theBoundOfAnyPointIsBelowTheMinimum(TrainingLoss.Kind kind) {
        Seeded.range(1900, PROBLEMS).forEach(seeded -> {
            ExactModel model = model(kind, seeded.random());
            UfmProblem problem = Translation.problem(model, (int) model.classes());
            Solution solution = new GlobalSolver(SolveOptions.defaults()).solve(problem);
            UfmModel reduced = UfmModel.reduced(problem);
            for (double size : new double[] {1e-3, 1, 30}) {
                UfmPoint point = reduced.randomPoint(seeded.random(), size);
                LowerBound bound = DualBound.of(reduced, point, reduced.value(point));
                assertEquals(LowerBound.Rounding.PROVED, bound.rounding());
                Close.assertAtMost(solution.objective(), bound.value(), "bound, " + size + ", " + seeded);
            }
            LowerBound atMinimum = DualBound.of(reduced, solution.point(), solution.objective());
            Close.assertAtMost(solution.objective(), atMinimum.value(), seeded.toString());
            Close.assertAtLeast(solution.objective() * (1 - 1e-6), atMinimum.value(), seeded.toString());
        });
    }

    /** Targets that are not classes: as many columns as targets. */
    @ParameterizedTest
    @EnumSource(TrainingLoss.Kind.class)
    void softTargetsAreProvedAsWell(TrainingLoss.Kind kind) {
        Seeded.range(2900, PROBLEMS).forEach(seeded -> {
            RandomGenerator random = seeded.random();
            int outputs = 3;
            int groups = 4 + random.nextInt(3);
            Matrix targets = Matrix.zeros(outputs, groups);
            for (int m = 0; m < groups; m++) {
                double[] column = random.doubles(outputs).toArray();
                double sum = kind == TrainingLoss.Kind.SOFTMAX
                        ? Arrays.stream(column).sum()
                        : 1;
                for (int k = 0; k < outputs; k++) {
                    targets.set(k, m, column[k] / sum);
                }
            }
            ClassCounts counts = ClassCounts.of(random.longs(groups, 1, 9).toArray());
            TrainingLoss loss = TrainingLoss.of(kind).withSmoothing(0.05);
            for (Bias bias : new Bias[] {new Bias.None(), new Bias.Free(), new Bias.Regularised(0.02)}) {
                UfmProblem problem =
                        new UfmProblem(loss.ofTargets(counts, targets), counts, outputs, 0.01, 0.003, bias);
                TargetSolution solution = new TargetSolver(SolveOptions.defaults()).solve(problem);
                LowerBound bound = solution.lowerBound();
                assertEquals(LowerBound.Rounding.PROVED, bound.rounding());
                Close.assertAtMost(solution.objective() * (1 + 1e-13), bound.value(), bias + ", " + seeded);
                Close.assertAtLeast(solution.objective() * (1 - 1e-6), bound.value(), bias + ", " + seeded);
            }
        });
    }
}
