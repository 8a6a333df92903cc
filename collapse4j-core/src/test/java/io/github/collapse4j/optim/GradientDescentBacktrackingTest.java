package io.github.collapse4j.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class GradientDescentBacktrackingTest extends OptimizerContract {
    @Override
    Optimizer optimizer() {
        return new GradientDescent(GradientDescent.Options.defaults());
    }

    @Override
    boolean promisesDecrease() {
        return true;
    }

    @Test
    void firstStepIsShortenedUntilItDecreasesEnough() {
        // Along the gradient of ½·10x² at 1, the first accepted step is the longest 2^−k ≤ 2(1 − c)/10.
        SmoothFunction parabola = new SmoothFunction() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public double value(double[] x) {
                return 5 * x[0] * x[0];
            }

            @Override
            public double linearize(double[] x, double[] gradient) {
                gradient[0] = 10 * x[0];
                return value(x);
            }

            @Override
            public void hessianVector(double[] direction, double[] image) {
                image[0] = 10 * direction[0];
            }
        };
        OptimizerResult result = optimizer()
                .minimize(parabola, new double[] {1}, Limits.defaults().withMaxIterations(1));
        assertEquals(1 - 10 * 0.125, result.point()[0], 0);
        assertEquals(4, result.valueEvaluations());
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new Backtracking(0, 0.1, 0.5, 2));
        assertThrows(IllegalArgumentException.class, () -> new Backtracking(1, 0.6, 0.5, 2));
        assertThrows(IllegalArgumentException.class, () -> new Backtracking(1, 0.1, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> new Backtracking(1, 0.1, 0.5, 0.9));
    }
}
