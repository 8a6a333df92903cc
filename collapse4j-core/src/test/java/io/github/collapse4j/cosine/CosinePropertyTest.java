package io.github.collapse4j.cosine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.optim.Lbfgs;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.optim.OptimizerResult;
import io.github.collapse4j.optim.SmoothFunction;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random heads: bounds hold against another optimiser, and d ≥ K leaves only global minima and strict saddles. */
class CosinePropertyTest {
    private final CosineAssessor assessor = new CosineAssessor(CosineAssessor.Options.defaults());

    static Stream<Seeded> some() {
        return Seeded.range(1, 25);
    }

    @ParameterizedTest
    @MethodSource("some")
    void holds(Seeded random) {
        check(random);
    }

    @Test
    @Tag("slow")
    void holdsForAThousandProblems() {
        Seeded.range(1000, 1000).forEach(this::check);
    }

    /** Zeros of the gradient of any index, some with W of full rank: a search for small gradients, not for small values. */
    @Test
    void everyCriticalPointInEnoughDimensionsIsGlobalOrAStrictSaddle() {
        int saddles = 0;
        for (int start = 0; start < 40; start++) {
            int classes = 2 + start % 3;
            CosineProblem problem = CosineProblem.ofClasses(
                    ClassCounts.of(Arrays.copyOf(new long[] {30, 12, 5, 2}, classes)), Math.max(3, classes), 2, 0);
            CosinePoint end = minimise(problem, CosinePoint.random(problem, 9, start), this::squaredGradient);
            CosineVerdict verdict = assessor.assess(problem, end).verdict();
            saddles += verdict instanceof CosineVerdict.StrictSaddle ? 1 : 0;
            String what = "start " + start + ": " + verdict.explanation();
            assertTrue(
                    verdict instanceof CosineVerdict.GlobalMinimum
                            || verdict instanceof CosineVerdict.StrictSaddle
                            || verdict instanceof CosineVerdict.NotCritical,
                    what);
        }
        Close.assertAtLeast(15, saddles, "number of saddles");
    }

    private double squaredGradient(CosineDerivatives at, double[] gradient) {
        at.hessianVector(at.riemannian(), gradient);
        return Vectors.dot(at.riemannian(), at.riemannian()) / 2;
    }

    private void check(Seeded random) {
        CosineProblem problem = problem(random);
        String what = random + ": K = " + problem.classes() + ", d = " + problem.featureDimension() + ", τ = "
                + problem.temperature() + ", "
                + Arrays.toString(problem.counts().toArray()) + ", labels "
                + Arrays.toString(problem.labels());
        CosineSolution solution = new CosineSolver(CosineSolver.Options.defaults()).solve(problem);
        LowerBound bound = solution.lowerBound();
        if (problem.featureDimension() >= problem.classes() - 1) {
            Close.assertAtMost(1e-10, solution.relativeGap(), what + ": gap");
        }
        for (int start = 0; start < 3; start++) {
            CosinePoint from = CosinePoint.random(problem, 77, start);
            CosinePoint end = minimise(problem, from, (at, gradient) -> {
                System.arraycopy(at.riemannian(), 0, gradient, 0, gradient.length);
                return at.value();
            });
            Close.assertAtMost(CosineDerivatives.value(problem, end), bound.value(), what + ": bound");
            Close.assertAtMost(
                    solution.objective() * (1 + 1e-9),
                    CosineBound.of(new CosineDerivatives(problem, from)).value(),
                    what + ": bound of any point");
            if (problem.featureDimension() >= Math.max(3, problem.classes())) {
                int narrow = 2 + start % (problem.classes() - 1);
                CosineProblem inside = problem.withFeatureDimension(narrow);
                CosinePoint critical = CosineSolver.descend(inside, CosinePoint.random(inside, 5, start))
                        .point()
                        .padTo(problem.featureDimension());
                CosineVerdict verdict =
                        assessor.assess(problem, critical, bound).verdict();
                assertTrue(
                        verdict instanceof CosineVerdict.GlobalMinimum || verdict instanceof CosineVerdict.StrictSaddle,
                        () -> what + ": " + verdict.explanation());
            }
        }
    }

    private static CosineProblem problem(Seeded random) {
        int classes = random.between(2, 6);
        int extra = random.between(0, 2);
        int[] labels = new int[classes + extra];
        long[] counts = new long[labels.length];
        double spread = random.logUniform(1, 1000);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i < classes ? i : random.between(0, classes - 1);
            counts[i] = Math.round(random.logUniform(1, Math.max(1.01, spread)));
        }
        double[] margins = new double[classes];
        Arrays.fill(margins, random.between(0, 1) * 0.3);
        int d = Math.max(2, classes - 1 + random.between(0, 3));
        return new CosineProblem(classes, labels, ClassCounts.of(counts), d, random.logUniform(0.3, 30), margins);
    }

    /** A value, and its tangent gradient. */
    private interface OnSpheres {
        double evaluate(CosineDerivatives at, double[] gradient);
    }

    /** Quasi-Newton steps on vectors of any length, which the function normalises. */
    private static CosinePoint minimise(CosineProblem problem, CosinePoint from, OnSpheres onSpheres) {
        int d = problem.featureDimension();
        SmoothFunction function = new SmoothFunction() {
            @Override
            public int dimension() {
                return d * (problem.classes() + problem.groups());
            }

            @Override
            public double value(double[] x) {
                return linearize(x, new double[x.length]);
            }

            @Override
            public void hessianVector(double[] direction, double[] image) {
                throw new UnsupportedOperationException();
            }

            @Override
            public double linearize(double[] x, double[] gradient) {
                CosineDerivatives at = new CosineDerivatives(problem, normalised(problem, x));
                double value = onSpheres.evaluate(at, gradient);
                for (int i = 0; i < x.length; i++) {
                    gradient[i] /= norm(x, i / d * d, d);
                }
                return value;
            }
        };
        OptimizerResult result = new Lbfgs(Lbfgs.Options.defaults())
                .minimize(
                        function,
                        from.units().data(),
                        Limits.defaults().withMaxIterations(2000).withGradientTolerance(1e-14));
        return normalised(problem, result.point());
    }

    private static CosinePoint normalised(CosineProblem problem, double[] x) {
        int d = problem.featureDimension();
        Matrix units = Matrix.wrap(d, x.length / d, x.clone());
        for (int i = 0; i < x.length; i++) {
            units.data()[i] = x[i] / norm(x, i / d * d, d);
        }
        return CosinePoint.ofUnits(units.data(), d, problem.classes());
    }

    private static double norm(double[] x, int from, int d) {
        double squares = 0;
        for (int i = from; i < from + d; i++) {
            squares += x[i] * x[i];
        }
        return Math.sqrt(squares);
    }
}
