package io.github.collapse4j.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LbfgsTest extends OptimizerContract {
    @Override
    Optimizer optimizer() {
        return new Lbfgs(Lbfgs.Options.defaults());
    }

    @Override
    boolean promisesDecrease() {
        return true;
    }

    @ParameterizedTest
    @MethodSource("problems")
    void reachesGradientsFarBelowTheRootOfTheMachinePrecision(UfmProblem problem) {
        for (int d : new int[] {3, 4, 6}) {
            UfmModel model = UfmModel.reduced(problem.withFeatureDimension(d));
            for (int seed = 0; seed < 50; seed++) {
                double[] start =
                        model.objective().toVector(model.randomPoint(new SplittableRandom(seed), 0.01 + 0.1 * seed));
                OptimizerResult result = optimizer()
                        .minimize(model.objective(), start, Limits.defaults().withGradientTolerance(1e-12));
                assertEquals(Termination.CONVERGED, result.termination(), result::toString);
                assertTrue(result.iterations() < 1000, result::toString);
            }
        }
    }

    @Test
    void memoryOfOnePairSuffices() {
        TestFunctions.Quadratic quadratic = new TestFunctions.Quadratic(20);
        OptimizerResult result = new Lbfgs(Lbfgs.Options.defaults().withMemory(1))
                .minimize(quadratic, new double[20], Limits.defaults());
        assertEquals(Termination.CONVERGED, result.termination());
    }

    @Test
    void solvesTheChainedRosenbrockFunctionWithAFewEvaluationsPerIteration() {
        TestFunctions.Rosenbrock function = new TestFunctions.Rosenbrock(50);
        OptimizerResult result = optimizer().minimize(function, function.start(), Limits.defaults());
        assertEquals(Termination.CONVERGED, result.termination(), result::toString);
        assertTrue(result.gradientEvaluations() < 1.5 * result.iterations(), result::toString);
    }

    @Test
    void rejectsOptionsOutOfRange() {
        Lbfgs.Options options = Lbfgs.Options.defaults();
        assertThrows(IllegalArgumentException.class, () -> options.withMemory(0));
        assertThrows(
                IllegalArgumentException.class, () -> new Lbfgs.Options(options.memory(), 0.95, options.curvature()));
        assertThrows(IllegalArgumentException.class, () -> new Lbfgs.Options(options.memory(), options.decrease(), 1));
    }
}
