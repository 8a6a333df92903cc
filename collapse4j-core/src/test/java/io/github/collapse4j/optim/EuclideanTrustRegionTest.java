package io.github.collapse4j.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EuclideanTrustRegionTest extends OptimizerContract {
    @Override
    Optimizer optimizer() {
        return new EuclideanTrustRegion(EuclideanTrustRegion.Options.defaults());
    }

    @Override
    boolean promisesDecrease() {
        return true;
    }

    @Test
    void agreesWithTheAlgorithmOnItsOwnProblem() {
        TestFunctions.Rosenbrock function = new TestFunctions.Rosenbrock(10);
        OptimizerResult adapted = optimizer().minimize(function, function.start(), Limits.defaults());
        EuclideanProblem problem = new EuclideanProblem(function, function.start());
        TrustRegionNewton.Result direct = new TrustRegionNewton(
                        TrustRegionNewton.Options.defaults().withGradientTolerance(1e-9))
                .minimize(problem);
        assertEquals(direct.value(), adapted.value(), 0);
        assertEquals(direct.iterations(), adapted.iterations());
        assertEquals(direct.hessianProducts(), adapted.hessianProducts());
        assertEquals(direct.termination(), adapted.termination());
    }

    @Test
    void convergesQuadraticallyAtTheEnd() {
        TestFunctions.Rosenbrock function = new TestFunctions.Rosenbrock(10);
        OptimizerResult rough = optimizer()
                .minimize(function, function.start(), Limits.defaults().withGradientTolerance(1e-4));
        OptimizerResult exact = optimizer()
                .minimize(function, function.start(), Limits.defaults().withGradientTolerance(1e-11));
        assertTrue(exact.iterations() <= rough.iterations() + 4, () -> rough + " " + exact);
    }

    @Test
    void algorithmOnItsOwnProblemThrowsOnNonFiniteValues() {
        EuclideanProblem problem = new EuclideanProblem(new TestFunctions.Wall(false), new double[] {1, 0, 0});
        TrustRegionNewton newton = new TrustRegionNewton(TrustRegionNewton.Options.defaults());
        assertThrows(ArithmeticException.class, () -> newton.minimize(problem));
    }

    @Test
    void nanGradientEndsTheRunAtThePreviousIterate() {
        TestFunctions.Wall wall = new TestFunctions.Wall(true);
        OptimizerResult result = optimizer().minimize(wall, new double[] {0.4, 0.4, 0.4}, Limits.defaults());
        assertEquals(Termination.DIVERGED, result.termination());
        assertEquals(0, result.iterations());
        assertEquals(0.4, result.point()[0], 0);
    }

    @Test
    void rejectsOptionsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new EuclideanTrustRegion.Options(0));
    }
}
