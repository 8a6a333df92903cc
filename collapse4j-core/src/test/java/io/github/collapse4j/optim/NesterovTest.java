package io.github.collapse4j.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NesterovTest extends OptimizerContract {
    @Override
    Optimizer optimizer() {
        return new Nesterov(Nesterov.Options.defaults());
    }

    @ParameterizedTest
    @EnumSource(Nesterov.Restart.class)
    void everyRestartRuleReachesTheMinimumOfAQuadratic(Nesterov.Restart restart) {
        OptimizerResult result = new Nesterov(Nesterov.Options.defaults().withRestart(restart))
                .minimize(new TestFunctions.Quadratic(50), new double[50], Limits.defaults());
        assertEquals(Termination.CONVERGED, result.termination());
    }

    @Test
    void restartsSaveIterations() {
        int plain = iterations(Nesterov.Restart.NONE);
        assertTrue(iterations(Nesterov.Restart.GRADIENT) < plain / 2);
        assertTrue(iterations(Nesterov.Restart.FUNCTION) < plain / 2);
    }

    private static int iterations(Nesterov.Restart restart) {
        return new Nesterov(Nesterov.Options.defaults().withRestart(restart))
                .minimize(new TestFunctions.Quadratic(50), new double[50], Limits.defaults())
                .iterations();
    }
}
