package io.github.collapse4j.lastlayer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SpectralNorm;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import org.junit.jupiter.api.Test;

/** σ_max from batches. */
class GradientNormTest {
    private static final int MANY = GradientNorm.GRAM_CLASSES + 1;
    private static final int SAMPLES = 60;

    @Test
    void upToAThousandClassesItIsExact() {
        Matrix residual = Matrix.wrap(50, SAMPLES, Seeded.of(1).gaussian(50 * SAMPLES, 1));
        GradientNorm norm = new GradientNorm(50);
        assertTrue(norm.isExact());
        Close.assertClose(SpectralNorm.of(residual), value(norm, residual), 1e-13, "σ_max");
    }

    /** A few dominant directions, or all alike: a close lower bound. */
    @Test
    void beyondItIsAnEstimateFromBelow() {
        for (int dominating : new int[] {0, 1, 3}) {
            Seeded seeded = Seeded.of(dominating);
            Matrix residual = Matrix.wrap(MANY, SAMPLES, seeded.gaussian(MANY * SAMPLES, 1));
            for (int r = 0; r < dominating; r++) {
                double[] left = seeded.gaussian(MANY, 1);
                double[] right = seeded.gaussian(SAMPLES, 1);
                for (int i = 0; i < residual.data().length; i++) {
                    residual.data()[i] += 3 * left[i % MANY] * right[i / MANY];
                }
            }
            GradientNorm norm = new GradientNorm(MANY);
            assertFalse(norm.isExact());
            double truth = SpectralNorm.of(residual);
            Close.assertAtMost(truth * (1 + 1e-12), value(norm, residual), "σ_max, " + dominating);
            // Noise has singular values from 24 to 40 here, of which the sketch captures the middle.
            Close.assertAtLeast(truth * (dominating == 0 ? 0.7 : 0.99), value(norm, residual), "σ_max, " + dominating);
        }
    }

    @Test
    void zeroIsZero() {
        GradientNorm norm = new GradientNorm(MANY);
        Matrix residual = Matrix.zeros(MANY, SAMPLES);
        Close.assertClose(0, value(norm, residual), 0, "σ_max");
    }

    private static double value(GradientNorm norm, Matrix residual) {
        if (norm.isExact()) {
            return norm.value(LinearAlgebra.gramOfRows(residual));
        }
        Matrix images = LinearAlgebra.multiply(residual, Op.TRANSPOSE, norm.vectors(), Op.NONE);
        return norm.value(LinearAlgebra.multiply(residual, images));
    }
}
