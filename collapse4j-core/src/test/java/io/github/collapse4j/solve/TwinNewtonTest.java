package io.github.collapse4j.solve;

import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.fixtures.Problems.Family;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.FiniteDifference;
import io.github.collapse4j.testkit.Seeded;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The twin in balanced factors: gradient, Hessian and preconditioner at the current point. */
class TwinNewtonTest {
    static Stream<Family> families() {
        return Family.all();
    }

    private static TwinNewton at(UfmProblem problem, Seeded seeded) {
        TwinModel model = new TwinModel(problem, ClassGroups.of(problem.counts()));
        int n = model.size();
        double[] separation = new double[n];
        for (int g = 0; g < n; g++) {
            separation[g] =
                    model.groups().sizes()[g] > 1 ? 0.5 + seeded.random().nextDouble() : 0;
        }
        Matrix core = Matrix.wrap(n, n, seeded.gaussian(n * n, 1));
        double[] bias = problem.bias().isPresent() ? seeded.gaussian(n, 0.5) : new double[n];
        return new TwinNewton(model, new TwinPoint(separation, core, bias));
    }

    @ParameterizedTest
    @MethodSource("families")
    void derivativesAgreeWithFiniteDifferencesOfTheTrialValue(Family family) {
        Seeded.range(30, 8).forEach(seeded -> {
            UfmProblem problem = Problems.random(family, seeded);
            TwinNewton newton = at(problem, seeded);
            int n = newton.dimension();
            String what = Problems.describe(problem) + ", " + seeded;
            double[] zero = new double[n];
            // The factors are balanced: a zero step gives the current value.
            Close.assertClose(newton.value(), newton.trial(zero), 1e-13, "value, " + what);
            double[] gradient = new double[n];
            newton.gradient(gradient);
            double[] differences = FiniteDifference.gradient(newton::trial, zero);
            Close.assertClose(differences, gradient, 0, 1e-10, "gradient, " + what);
            double[] u = seeded.gaussian(n, 1 / Math.sqrt(n));
            double[] image = new double[n];
            newton.hessianVector(u, image);
            // ½uᵀHu is the second-order change of the value along u.
            double[] slope = FiniteDifference.derivative(
                    t -> FiniteDifference.derivative(
                            s -> new double[] {newton.trial(scaled(u, t[0] + s[0]))}, new double[1], new double[] {1}),
                    new double[1],
                    new double[] {1});
            Close.assertClose(slope[0], Vectors.dot(u, image), 0, 1e-8, "curvature, " + what);
        });
    }

    private static double[] scaled(double[] direction, double t) {
        double[] step = new double[direction.length];
        Vectors.add(t, direction, step);
        return step;
    }

    @ParameterizedTest
    @MethodSource("families")
    void hessianAndPreconditionerAreSymmetricAndThePreconditionerIsPositive(Family family) {
        Seeded.range(40, 8).forEach(seeded -> {
            UfmProblem problem = Problems.random(family, seeded);
            TwinNewton newton = at(problem, seeded);
            int n = newton.dimension();
            String what = Problems.describe(problem) + ", " + seeded;
            double[] u = seeded.gaussian(n, 1);
            double[] v = seeded.gaussian(n, 1);
            double[] hu = new double[n];
            double[] hv = new double[n];
            newton.hessianVector(u, hu);
            newton.hessianVector(v, hv);
            double size = Vectors.norm(hu) * Vectors.norm(v);
            Close.assertClose(Vectors.dot(u, hv), Vectors.dot(hu, v), 0, 1e-13 * size, "Hessian, " + what);
            newton.precondition(u, hu);
            newton.precondition(v, hv);
            size = Vectors.norm(hu) * Vectors.norm(v);
            Close.assertClose(Vectors.dot(u, hv), Vectors.dot(hu, v), 0, 1e-13 * size, "preconditioner, " + what);
            Close.assertAtLeast(Double.MIN_NORMAL, Vectors.dot(u, hu), "positive, " + what);
        });
    }

    /** Squared error without bias at a diagonal core: there the blocks are the whole Hessian. */
    @Test
    void thePreconditionerInvertsABlockHessian() {
        UfmProblem problem =
                new UfmProblem(new SquaredError(), ClassCounts.of(40, 30, 20, 10), 4, 0.02, 0.02, new Bias.None());
        TwinModel model = new TwinModel(problem, ClassGroups.of(problem.counts()));
        Matrix core = Matrix.zeros(4, 4);
        for (int g = 0; g < 4; g++) {
            // ∇g_gg = −0.1(g + 1)μ, away from the cut-off at 0.6μ that shifts the near-null direction of rotations.
            double shrinkage = 0.1 * (g + 1) * problem.mu() * problem.counts().samples();
            core.set(g, g, Math.sqrt(model.groups().counts()[g]) - shrinkage);
        }
        TwinNewton newton = new TwinNewton(model, new TwinPoint(new double[4], core, new double[4]));
        Seeded seeded = Seeded.of(1);
        int factors = 2 * 4 * 4;
        double[] v = new double[newton.dimension()];
        System.arraycopy(seeded.gaussian(factors, 1), 0, v, 0, factors); // groups of one class have no separation
        double[] image = new double[v.length];
        double[] back = new double[v.length];
        newton.hessianVector(v, image);
        newton.precondition(image, back);
        Close.assertClose(v, back, 1e-11, 0, "M⁻¹Hv, " + seeded);
    }
}
