package io.github.collapse4j.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.SolveOptions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PerturbedGradientDescentTest extends OptimizerContract {
    private static final StepSize STEP = StepSize.InverseLipschitz.defaults();

    @Override
    Optimizer optimizer() {
        return new PerturbedGradientDescent(PerturbedGradientDescent.Options.defaults());
    }

    @Override
    boolean returnsAtOnce() {
        return false;
    }

    @ParameterizedTest
    @MethodSource("problems")
    void leavesTheOriginWhereTheGradientVanishesExactly(UfmProblem problem) {
        UfmModel model = UfmModel.reduced(problem);
        OptimizerResult result =
                optimizer().minimize(model.objective(), new double[model.dimension()], Limits.defaults());
        assertEquals(Termination.CONVERGED, result.termination());
        double minimum =
                new GlobalSolver(SolveOptions.defaults()).solve(problem).objective();
        assertEquals(minimum, result.value(), 1e-12);
    }

    @Test
    void anotherSeedTakesAnotherPath() {
        UfmModel model = UfmModel.reduced(problems().get(0));
        double[] origin = new double[model.dimension()];
        Limits limits = Limits.defaults().withMaxIterations(1);
        double[] first = optimizer().minimize(model.objective(), origin, limits).point();
        double[] second = new PerturbedGradientDescent(
                        new PerturbedGradientDescent.Options(STEP, 1, 1e-3, 0.1, 1, 1, 1))
                .minimize(model.objective(), origin, limits)
                .point();
        assertFalse(Arrays.equals(first, second));
    }

    @Test
    void constantsAreThoseOfTheAlgorithm() {
        PerturbedGradientDescent.Options options = options(4, 0.01, 0.5, 2, 0.25);
        PerturbedGradientDescent.Constants constants = options.derive(10, 5);
        double chi = 3 * Math.log(10 * 5 * 2 / (0.25 * 1e-4 * 0.5));
        assertEquals(0.05, constants.step(), 1e-16);
        assertEquals(0.5 / (chi * chi) * 0.01, constants.gradientThreshold(), 1e-18);
        assertEquals(0.5 / (chi * chi) * 0.002, constants.radius(), 1e-18);
        assertEquals(0.25 / (chi * chi * chi) * 5e-4, constants.valueThreshold(), 1e-20);
        assertEquals((long) Math.ceil(chi * 16 * 5 / 0.2), constants.waitingTime());
        // Large accuracies: the logarithm is replaced by 4.
        assertEquals(
                0.5 / 144 * 1e3, options(4, 1e3, 0.5, 2, 0.25).derive(10, 5).gradientThreshold(), 1e-12);
    }

    @Test
    void minimumIsReturnedAfterOneWaitingTime() {
        TestFunctions.Quadratic quadratic = new TestFunctions.Quadratic(10);
        PerturbedGradientDescent.Options options =
                new PerturbedGradientDescent.Options(new StepSize.Fixed(1.0 / 16), 1, 1e-3, 0.1, 1, 1, 0);
        OptimizerResult result =
                new PerturbedGradientDescent(options).minimize(quadratic, quadratic.minimum(), Limits.defaults());
        assertArrayEquals(quadratic.minimum(), result.point());
        assertEquals(options.derive(10, 16).waitingTime() + 1, result.iterations());
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> options(0, 1e-3, 0.1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> options(1, Double.NaN, 0.1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> options(1, 1e-3, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> options(1, 1e-3, 0.1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> options(1, 1e-3, 0.1, 1, 2));
    }

    private static PerturbedGradientDescent.Options options(
            double rho, double accuracy, double failureProbability, double valueGap, double constant) {
        return new PerturbedGradientDescent.Options(STEP, rho, accuracy, failureProbability, valueGap, constant, 0);
    }
}
