package io.github.collapse4j.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.proof.DualPoint;
import io.github.collapse4j.proof.ExactBias;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.Interval;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.Proof;
import io.github.collapse4j.proof.Rational;
import io.github.collapse4j.proof.Theorem;
import io.github.collapse4j.proof.Verification;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bound in doubles against that of the same dual point in interval arithmetic. */
class ProvedBoundTest {
    private static final int PROBLEMS = 200;

    /** Intervals have 256 bits after the point; bounds below this are not resolved to all their digits. */
    private static final double RESOLVED = 0x1p-100;

    /** Far above the rounding of all terms in intervals, far below that of a resolved bound in doubles. */
    private static final Interval INTERVAL_ROUNDING = Interval.of(0x1p-230);

    /** One problem with residuals of a random point. */
    private record Case(UfmProblem problem, ExactModel model, double[] sizes, double[] counts, Matrix residual) {
        /**
         * Penalties are powers of two: exact in both arithmetics. They are large for odd seeds, which leaves the dual point
         * unscaled; logits reach sizes at which probabilities are subnormal or zero.
         */
        static Case random(boolean cross, RandomGenerator random, long seed) {
            int groups = 1 + random.nextInt(5);
            long[] sizes = random.longs(groups, 1, 4).toArray();
            sizes[0] += groups == 1 ? 1 : 0;
            long[] counts =
                    random.longs(groups, 1, seed % 3 == 0 ? 1L << 29 : 30).toArray();
            Arrays.sort(counts);
            int power = seed % 2 == 1 ? 4 + random.nextInt(20) : -random.nextInt(60);
            ExactBias bias = seed % 4 < 2
                    ? new ExactBias.Regularised(power(random.nextInt(60) - 50))
                    : seed % 4 == 2 ? new ExactBias.Free() : new ExactBias.None();
            Loss loss = cross ? new CrossEntropy() : new SquaredError();
            ExactModel model = new ExactModel(
                    cross ? LossKind.CROSS_ENTROPY : LossKind.SQUARED_ERROR,
                    sizes,
                    counts,
                    power(power),
                    power(random.nextInt(10) - 5),
                    bias);
            double[] asSizes = Arrays.stream(sizes).asDoubleStream().toArray();
            double[] asCounts = Arrays.stream(counts).asDoubleStream().toArray();
            return new Case(problem(loss, model), model, asSizes, asCounts, residual(loss, sizes, random, seed));
        }

        private static Rational power(int exponent) {
            BigInteger two = BigInteger.TWO.pow(Math.abs(exponent));
            return exponent < 0 ? new Rational(BigInteger.ONE, two) : new Rational(two, BigInteger.ONE);
        }

        private static UfmProblem problem(Loss loss, ExactModel model) {
            long[] classes = new long[Math.toIntExact(model.classes())];
            int next = 0;
            for (int g = 0; g < model.groups(); g++) {
                Arrays.fill(classes, next, next + (int) model.sizes()[g], model.counts()[g]);
                next += (int) model.sizes()[g];
            }
            Bias bias = model.bias() instanceof ExactBias.Regularised regularised
                    ? new Bias.Regularised(regularised.lambda().approximately())
                    : model.bias().isPresent() ? new Bias.Free() : new Bias.None();
            return new UfmProblem(
                    loss,
                    ClassCounts.of(classes),
                    2,
                    model.lambdaW().approximately(),
                    model.lambdaH().approximately(),
                    bias);
        }

        private static Matrix residual(Loss loss, long[] sizes, RandomGenerator random, long seed) {
            int n = sizes.length;
            double size = Math.pow(10, 4 * random.nextDouble() - 1);
            Matrix logits = Matrix.zeros(n + 1, n);
            for (int i = 0; i < logits.data().length; i++) {
                logits.data()[i] = size * random.nextGaussian();
            }
            for (int g = 0; g < n && seed % 5 < 2; g++) {
                logits.set(n, g, logits.get(n, g) + 5 * size); // mostly right
            }
            Matrix residual = Matrix.zeros(n + 1, n);
            dataTerm(loss, sizes).evaluate(logits, residual);
            return residual;
        }

        private static DataTerm dataTerm(Loss loss, long[] sizes) {
            return DataTerm.ofGroups(
                    loss, Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray(), new double[sizes.length]);
        }

        /** Whether probabilities of other classes add up to less than 1 by so much that they need not be scaled first. */
        boolean isClearlyFeasible() {
            for (int g = 0; g < sizes.length; g++) {
                if (residual.get(sizes.length, g) < -1 + 0x1p-40) {
                    return false;
                }
            }
            return true;
        }

        LowerBound bound() {
            return ProvedBound.of(problem, dataTerm(problem.loss(), model.sizes()), sizes, counts, residual);
        }

        /**
         * The bound of the dual point scaled by a factor, in interval arithmetic; empty if stored probabilities add up to
         * more than 1.
         */
        Optional<Interval> exact(boolean cross, double scale) {
            int n = sizes.length;
            double[][] columns = new double[n][n];
            double[] own = new double[cross ? 0 : n];
            for (int g = 0; g < n; g++) {
                for (int h = 0; h < n; h++) {
                    columns[g][h] = h == g && sizes[g] == 1 ? (cross ? 0 : residual.get(n, g)) : residual.get(h, g);
                }
                if (!cross) {
                    own[g] = residual.get(n, g);
                }
            }
            Verification verification = new Proof.GlobalLowerBound(model, new DualPoint(columns, own, scale)).verify();
            if (verification instanceof Verification.NotProved) {
                return Optional.empty();
            }
            Verification.Proved proved = assertInstanceOf(Verification.Proved.class, verification);
            return Optional.of(assertInstanceOf(Theorem.GlobalLowerBound.class, proved.theorem())
                    .bound());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noBoundIsAboveThatInIntervalArithmetic(boolean cross) {
        int[] unscaled = new int[1];
        Seeded.range(4000, PROBLEMS).forEach(seeded -> {
            Case drawn = Case.random(cross, seeded.random(), seeded.seed());
            LowerBound bound = drawn.bound();
            String what = drawn.problem + ", " + bound + ", " + seeded;
            assertEquals(LowerBound.Rounding.PROVED, bound.rounding(), what);
            if (bound.value() < RESOLVED) {
                return;
            }
            // A scale below that of the bound is feasible for the interval arithmetic as it is. As the bound is concave
            // in the
            // scale, and 0 at 0, it is at least that fraction; without scaling the comparison is sharp.
            boolean whole = bound.scale() == 1 && (!cross || drawn.isClearlyFeasible());
            double less = whole ? 1 : 1 - 0x1p-40;
            drawn.exact(cross, bound.scale() * less).ifPresent(exact -> {
                unscaled[0] += whole ? 1 : 0;
                assertTrue(
                        Interval.of(bound.value() * less).isAtMost(exact.plus(INTERVAL_ROUNDING)),
                        () -> exact + ", " + what);
            });
        });
        Close.assertAtLeast(10, unscaled[0], "problems whose dual point is feasible as it is");
    }
}
