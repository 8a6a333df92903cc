package io.github.collapse4j.solve;

import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.RandomStarts;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.IterationListener;
import io.github.collapse4j.optim.Lbfgs;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.FiniteDifference;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Squared error with a regularised bias: Newton's method in the bias, against independent methods. */
class SquaredErrorTwinTest {
    private static UfmProblem random(Seeded seeded) {
        int classes = seeded.between(2, 7);
        long[] counts = new long[classes];
        for (int k = 0; k < classes; k++) {
            counts[k] = Math.round(seeded.logUniform(1, 60));
        }
        ClassCounts classCounts = ClassCounts.of(counts);
        // From a twentieth of the μ at which the largest class vanishes to above it.
        double mu = seeded.logUniform(0.05, 1.2) * Math.sqrt((double) classCounts.count(0)) / classCounts.samples();
        return new UfmProblem(
                new SquaredError(),
                classCounts,
                classes,
                mu * 2,
                mu / 2,
                new Bias.Regularised(seeded.logUniform(1e-3, 3)));
    }

    @Test
    void descentsOnTheFactorsEndAtTheSameValue() {
        Seeded.range(1400, 60).forEach(seeded -> {
            UfmProblem problem = random(seeded);
            Solution solution = new GlobalSolver(SolveOptions.defaults()).solve(problem);
            UfmModel model = UfmModel.reduced(problem);
            UfmObjective objective = model.objective();
            double[] start = objective.toVector(new RandomStarts(seeded.seed()).point(model, 0));
            double found = new Lbfgs(Lbfgs.Options.defaults().withMemory(40))
                    .minimize(
                            objective, start, Limits.defaults().withGradientTolerance(1e-11), IterationListener.SILENT)
                    .value();
            String what = Problems.describe(problem) + ", " + seeded;
            Close.assertClose(found, solution.objective(), 1e-9, "value, " + what);
            Close.assertAtMost(found, solution.lowerBound().value(), "bound, " + what);
            Close.assertAtMost(1e-12, solution.relativeGap(), "gap, " + what);
        });
    }

    @Test
    void gradientAndNewtonStepAreDerivativesOfTheValue() {
        Seeded.range(1500, 40).forEach(seeded -> {
            UfmProblem problem = random(seeded);
            BiasFunction function = new BiasFunction(new TwinModel(problem, ClassGroups.of(problem.counts())));
            double[] z = seeded.gaussian(function.mean().length, 1);
            BiasFunction.Targets targets = function.at(z);
            double[] gradient = function.gradient(targets);
            String what = Problems.describe(problem) + ", " + seeded;
            Close.assertClose(
                    FiniteDifference.gradient(x -> function.value(function.at(x)), z), gradient, 1e-7, 1e-7, what);
            // Along a unit vector, because a long step would cross kinks of the gradient.
            double[] step = function.newtonStep(targets, gradient);
            double length = Vectors.norm(step);
            double[] unit = Arrays.stream(step).map(x -> x / length).toArray();
            double[] bent = FiniteDifference.derivative(x -> function.gradient(function.at(x)), z, unit);
            double[] curved = Arrays.stream(bent).map(x -> -x * length).toArray();
            Close.assertClose(gradient, curved, 1e-6, 1e-9 * length, "curvature along the step, " + what);
        });
    }
}
