package io.github.collapse4j.optim;

import io.github.collapse4j.linalg.SeededRandom;
import io.github.collapse4j.linalg.Vectors;

/** A step that is constant throughout a run. */
public sealed interface StepSize extends StepRule {
    /** A given step. */
    record Fixed(double step) implements StepSize {
        public Fixed {
            if (!(step > 0 && step < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("step: expected a finite number above 0, found " + step);
            }
        }

        @Override
        public double of(SmoothFunction function) {
            return step;
        }
    }

    /**
     * {@code 1/L} with {@code L = safety·‖∇²f‖} at the start, the norm by power iteration. The norm may be larger
     * elsewhere, and power iteration approaches it from below; the safety factor is meant to cover both, and if it does
     * not, the run ends as diverged. A Hessian that vanishes at the start gives step 1.
     *
     * @param safety factor on the norm, at least 1
     * @param maxProducts maximum number of Hessian products
     * @param seed seed of the first vector
     */
    record InverseLipschitz(double safety, int maxProducts, long seed) implements StepSize {
        /** The power iteration ends when the relative growth of the estimate falls below this. */
        private static final double RELATIVE_GROWTH = 1e-3;

        public InverseLipschitz {
            if (!(safety >= 1 && safety < Double.POSITIVE_INFINITY) || maxProducts < 1) {
                throw new IllegalArgumentException(
                        "inverse Lipschitz step out of range: safety " + safety + ", maxProducts " + maxProducts);
            }
        }

        /** Safety factor 2, at most 100 products, seed 0. */
        public static InverseLipschitz defaults() {
            return new InverseLipschitz(2, 100, 0);
        }

        @Override
        public double of(SmoothFunction function) {
            double lipschitz = safety * norm(function);
            return lipschitz > 0 ? 1 / lipschitz : 1;
        }

        private double norm(SmoothFunction function) {
            double[] vector =
                    SeededRandom.of(seed).doubles(function.dimension(), -1, 1).toArray();
            double[] image = new double[vector.length];
            double length = Vectors.norm(vector);
            double estimate = 0;
            for (int product = 0; product < maxProducts; product++) {
                for (int i = 0; i < vector.length; i++) {
                    vector[i] /= length;
                }
                function.hessianVector(vector, image);
                // For a unit vector v and symmetric A, ‖Av‖ grows monotonically to the norm of A.
                length = Vectors.norm(image);
                if (!(length > estimate * (1 + RELATIVE_GROWTH))) {
                    return Math.max(length, estimate);
                }
                estimate = length;
                System.arraycopy(image, 0, vector, 0, vector.length);
            }
            return estimate;
        }
    }

    /** The step for a function that is linearised at the start of a run. */
    double of(SmoothFunction function);

    @Override
    default OptimizerResult descend(
            SmoothFunction function, double[] start, Limits limits, IterationListener listener) {
        return Descent.run(new ConstantStep(this), function, start, limits, listener);
    }
}
