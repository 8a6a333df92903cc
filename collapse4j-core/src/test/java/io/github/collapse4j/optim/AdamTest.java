package io.github.collapse4j.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AdamTest extends OptimizerContract {
    @Override
    Optimizer optimizer() {
        return new Adam(Adam.Options.defaults());
    }

    @Override
    double gradientTolerance() {
        return 1e-9;
    }

    @Override
    double valueAccuracy() {
        return 1e-12;
    }

    @Test
    void defaultsAreThoseOfThePaper() {
        assertEquals(new Adam.Options(1e-3, 0.9, 0.999, 1e-8), Adam.Options.defaults());
    }

    @Test
    void firstStepIsTheLearningRateInEveryEntry() {
        OptimizerResult result = optimizer()
                .minimize(
                        new TestFunctions.Wall(false),
                        new double[3],
                        Limits.defaults().withMaxIterations(1));
        assertArrayEquals(new double[] {1e-3, 1e-3, 1e-3}, result.point(), 1e-10);
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new Adam.Options(0, 0.9, 0.999, 1e-8));
        assertThrows(IllegalArgumentException.class, () -> new Adam.Options(1e-3, 1, 0.999, 1e-8));
        assertThrows(IllegalArgumentException.class, () -> new Adam.Options(1e-3, 0.9, -0.1, 1e-8));
        assertThrows(IllegalArgumentException.class, () -> new Adam.Options(1e-3, 0.9, 0.999, Double.NaN));
    }
}
