package io.github.collapse4j.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GradientDescentFixedTest extends OptimizerContract {
    @Override
    Optimizer optimizer() {
        return new GradientDescent(new GradientDescent.Options(StepSize.InverseLipschitz.defaults()));
    }

    @Override
    boolean promisesDecrease() {
        return true;
    }

    @Test
    void oneStepIsMinusStepTimesGradient() {
        OptimizerResult result = new GradientDescent(new GradientDescent.Options(new StepSize.Fixed(0.25)))
                .minimize(
                        new TestFunctions.Wall(false),
                        new double[3],
                        Limits.defaults().withMaxIterations(1));
        assertArrayEquals(new double[] {0.25, 0.25, 0.25}, result.point());
    }

    @Test
    void estimatesTheNormOfTheHessian() {
        TestFunctions.Quadratic quadratic = new TestFunctions.Quadratic(40);
        quadratic.linearize(new double[40], new double[40]);
        double step = new StepSize.InverseLipschitz(1, 100, 0).of(quadratic);
        // The largest eigenvalue is within ½ above 10; power iteration stays a little below.
        assertTrue(1 / step <= 10.5 && 1 / step > 9.5, () -> "norm " + 1 / step);
        assertEquals(step / 3, new StepSize.InverseLipschitz(3, 100, 0).of(quadratic), 1e-15);
    }

    @Test
    void tooLongAStepIsReportedAsDivergence() {
        TestFunctions.Rosenbrock function = new TestFunctions.Rosenbrock(10);
        OptimizerResult result = new GradientDescent(new GradientDescent.Options(new StepSize.Fixed(1)))
                .minimize(function, function.start(), Limits.defaults());
        assertEquals(Termination.DIVERGED, result.termination());
        assertTrue(Double.isFinite(result.value()) && Double.isFinite(result.gradientNorm()));
    }

    @Test
    void rejectsOptionsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new StepSize.Fixed(0));
        assertThrows(IllegalArgumentException.class, () -> new StepSize.Fixed(Double.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> new StepSize.InverseLipschitz(0.5, 100, 0));
        assertThrows(IllegalArgumentException.class, () -> new StepSize.InverseLipschitz(2, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Limits.defaults().withGradientTolerance(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Limits.defaults().withMaxIterations(-1));
        assertThrows(IllegalArgumentException.class, () -> Limits.defaults().withMaxEvaluations(0));
    }
}
