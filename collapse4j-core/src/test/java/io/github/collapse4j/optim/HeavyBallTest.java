package io.github.collapse4j.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeavyBallTest extends OptimizerContract {
    @Override
    Optimizer optimizer() {
        return new HeavyBall(HeavyBall.Options.defaults());
    }

    @Test
    void polyaksConstantsGiveHisRate() {
        HeavyBall.Options options = HeavyBall.Options.forCurvatures(1, 10.5);
        OptimizerResult result =
                new HeavyBall(options).minimize(new TestFunctions.Quadratic(50), new double[50], Limits.defaults());
        assertEquals(Termination.CONVERGED, result.termination());
        // The rate is √β; k·rate^k takes a few iterations more than rate^k.
        double predicted = Math.log(1e-10) / Math.log(Math.sqrt(options.momentum()));
        assertTrue(result.iterations() < 1.3 * predicted, () -> result.iterations() + " against " + predicted);
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new HeavyBall.Options(new StepSize.Fixed(1), 1));
        assertThrows(IllegalArgumentException.class, () -> HeavyBall.Options.forCurvatures(2, 1));
    }
}
