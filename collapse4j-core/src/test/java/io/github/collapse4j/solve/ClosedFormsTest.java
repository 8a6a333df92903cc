package io.github.collapse4j.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Formulas of docs/theory.md §5 and §6, written out here, and the Newton solver on the same problems. */
class ClosedFormsTest {
    private static final double EXACT = 1e-12;
    /** A gap of 1e-12 determines the logits to its square root over the curvature. */
    private static final double NEWTON_LOGITS = 1e-5;

    /** Balanced: K, n and μ as a fraction of its threshold 1/(K√n), from nearly separable to collapsed. */
    record Balanced(int classes, int perClass, double share, Bias bias) {
        double mu() {
            return share / (classes * Math.sqrt(perClass));
        }

        UfmProblem problem(Loss loss) {
            return new UfmProblem(loss, ClassCounts.balanced(classes, perClass), classes, 4 * mu(), mu() / 4, bias);
        }
    }

    static Stream<Balanced> balanced() {
        return Stream.of(new int[] {2, 1}, new int[] {3, 10}, new int[] {10, 1}, new int[] {26, 100})
                .flatMap(size -> Stream.of(1e-6, 0.01, 0.3, 0.99, 1.0, 1.5)
                        .flatMap(share -> Stream.of(new Bias.None(), new Bias.Free(), new Bias.Regularised(0.05))
                                .map(bias -> new Balanced(size[0], size[1], share, bias))));
    }

    @ParameterizedTest
    @MethodSource("balanced")
    void crossEntropyOfBalancedClasses(Balanced example) {
        double k = example.classes();
        double reach = example.mu() * Math.sqrt(example.perClass());
        double s = example.share() < 1 ? Math.log(1 / reach - (k - 1)) : 0;
        double expected = Math.log1p((k - 1) * Math.exp(-s)) + reach * (k - 1) * s;
        Matrix logits = Matrix.identity(example.classes()).scale(s);
        subtractMean(logits, s / k);
        check(example.problem(new CrossEntropy()), expected, logits, s > 0 ? example.classes() - 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("balanced")
    void squaredErrorOfBalancedClasses(Balanced example) {
        double k = example.classes();
        double reach = example.mu() * Math.sqrt(example.perClass());
        double s = Math.max(0, 1 - reach * k);
        Matrix logits = Matrix.identity(example.classes()).scale(s);
        double expected;
        int rank;
        if (example.bias() instanceof Bias.Free) {
            expected = (s - 1) * (s - 1) * (k - 1) / (2 * k) + reach * (k - 1) * s;
            subtractMean(logits, (s - 1) / k);
            rank = example.classes() - 1;
        } else if (example.bias() instanceof Bias.None) {
            expected = (s - 1) * (s - 1) / 2 + reach * k * s;
            rank = example.classes();
        } else {
            // The mean direction: logits s₁/K + b of every class, minimised over s₁ and b analytically.
            double lambda = example.bias().lambda();
            double s1 = Math.max(0, 1 - reach * k * (1 + lambda) / lambda);
            double b = (1 - s1) / k / (1 + lambda);
            double residual = s1 + k * b - 1;
            expected = ((s - 1) * (s - 1) * (k - 1) + residual * residual) / (2 * k)
                    + reach * ((k - 1) * s + s1)
                    + lambda / 2 * k * b * b;
            subtractMean(logits, (s - s1) / k - b);
            rank = example.classes() - (s1 > 0 ? 0 : 1);
        }
        check(example.problem(new SquaredError()), expected, logits, s > 0 ? rank : 0);
    }

    private static void subtractMean(Matrix logits, double mean) {
        for (int i = 0; i < logits.data().length; i++) {
            logits.data()[i] -= mean;
        }
    }

    private static void check(UfmProblem problem, double objective, Matrix logits, int rank) {
        Solution solution = new GlobalSolver(SolveOptions.defaults()).solve(problem);
        assertEquals(Solution.Method.CLOSED_FORM, solution.method());
        assertInstanceOf(Solution.GlobalMinimum.class, solution);
        Close.assertClose(objective, solution.objective(), EXACT, "objective");
        Close.assertClose(0, solution.relativeGap(), 0, EXACT, "gap");
        assertEquals(rank, solution.rank());
        Matrix centred = Twins.centred(problem, logits);
        Close.assertClose(centred.data(), Twins.logits(solution.twin()).data(), EXACT, EXACT, "logits");

        if (problem.loss() instanceof SquaredError && problem.mu() < 1e-4 / problem.classes()) {
            return; // Newton's method on factors is slow to move the mean direction to the bias, and rounds 1 − s
        }
        TwinSolution newton = Twins.byNewton(problem);
        Close.assertClose(objective, newton.objective(), EXACT, "objective of Newton's method");
        Close.assertClose(0, newton.relativeGap(), 0, 2 * EXACT, "gap of Newton's method");
        Close.assertClose(
                centred.data(), Twins.logits(newton).data(), NEWTON_LOGITS, NEWTON_LOGITS, "logits of Newton's method");
    }

    static Stream<UfmProblem> unbalancedSquaredError() {
        return Seeded.range(300, 12).flatMap(seeded -> {
            int classes = seeded.between(2, 7);
            long[] counts = new long[classes];
            long most = 0;
            for (int k = 0; k < classes; k++) {
                counts[k] = seeded.between(1, 3) * (long) seeded.between(1, 9);
                most = Math.max(most, counts[k]);
            }
            ClassCounts classCounts = ClassCounts.of(counts);
            double mu = Math.sqrt((double) most) / classCounts.samples() * seeded.logUniform(0.02, 1.2);
            return Stream.of(new Bias.None(), new Bias.Free())
                    .map(bias -> new UfmProblem(new SquaredError(), classCounts, classes, mu * 3, mu / 3, bias));
        });
    }

    @ParameterizedTest
    @MethodSource("unbalancedSquaredError")
    void squaredErrorOfUnbalancedClassesIsSoftThresholding(UfmProblem problem) {
        int classes = problem.classes();
        double samples = problem.counts().samples();
        Matrix target = Matrix.zeros(classes, classes);
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < classes; j++) {
                double root = Math.sqrt((double) problem.counts().count(j));
                double q = root / Math.sqrt(samples);
                double other = Math.sqrt((double) problem.counts().count(k)) / Math.sqrt(samples);
                boolean free = problem.bias() instanceof Bias.Free;
                target.set(j, k, root * ((j == k ? 1 : 0) - (free ? q * other : 0)));
            }
        }
        Svd svd = LinearAlgebra.svd(target);
        Matrix scaled = svd.u().copy();
        double nuclear = 0;
        int rank = 0;
        for (int i = 0; i < classes; i++) {
            double value = Math.max(0, svd.values()[i] - problem.mu() * samples);
            nuclear += value;
            rank += value > 0 ? 1 : 0;
            for (int j = 0; j < classes; j++) {
                scaled.set(j, i, scaled.get(j, i) * value);
            }
        }
        Matrix product = LinearAlgebra.multiply(scaled, Op.NONE, svd.v(), Op.TRANSPOSE);
        Matrix difference = product.copy().add(-1, target);
        double expected = difference.dot(difference) / (2 * samples) + problem.mu() * nuclear;

        Solution solution = new GlobalSolver(SolveOptions.defaults()).solve(problem);
        assertEquals(Solution.Method.CLOSED_FORM, solution.method());
        // A single class is fitted by a free bias: the minimum is 0, to round-off of the data.
        Close.assertClose(expected, solution.objective(), EXACT, 1e-30, "objective");
        assertEquals(rank, solution.rank());
        UfmPoint point = solution.point();
        Close.assertClose(product.data(), point.product().data(), EXACT, 1e-14, "product");
        Close.assertClose(expected, UfmModel.reduced(problem).value(point), EXACT, 1e-30, "objective at the point");
        TwinSolution newton = Twins.byNewton(problem);
        Close.assertClose(expected, newton.objective(), 2 * EXACT, 1e-15, "objective of Newton's method");
    }
}
