package io.github.collapse4j.optim;

import java.io.Serializable;

/**
 * Polyak's heavy ball (1964): {@code x_{k+1} = x_k − α∇f(x_k) + β(x_k − x_{k−1})} with constant α and β and
 * {@code x_{−1} = x_0}. Stable at a minimum for {@code 0 ≤ β < 1} and {@code αL < 2(1 + β)}; values may increase
 * between iterations.
 */
public final class HeavyBall implements Optimizer {
    private final Options options;

    public HeavyBall(Options options) {
        this.options = options;
    }

    /**
     * The constants α and β.
     *
     * @param step α
     * @param momentum β, in [0, 1)
     */
    public record Options(StepSize step, double momentum) implements Serializable {
        public Options {
            if (!(momentum >= 0 && momentum < 1)) {
                throw new IllegalArgumentException("momentum: expected a number in [0, 1), found " + momentum);
            }
        }

        /** Step 1/L and momentum 0.9. */
        public static Options defaults() {
            return new Options(StepSize.InverseLipschitz.defaults(), 0.9);
        }

        /**
         * Polyak's constants for a quadratic with curvatures in {@code [smallest, largest]}, which give the linear rate
         * {@code (√L − √m)/(√L + √m)}.
         *
         * @param smallest m, above 0
         * @param largest L, at least m
         */
        public static Options forCurvatures(double smallest, double largest) {
            if (!(smallest > 0 && largest >= smallest)) {
                throw new IllegalArgumentException(
                        "curvatures: expected 0 < smallest ≤ largest, found " + smallest + " and " + largest);
            }
            double sum = Math.sqrt(largest) + Math.sqrt(smallest);
            double ratio = (Math.sqrt(largest) - Math.sqrt(smallest)) / sum;
            return new Options(new StepSize.Fixed(4 / (sum * sum)), ratio * ratio);
        }

        public Options withStep(StepSize size) {
            return new Options(size, momentum);
        }
    }

    @Override
    public OptimizerResult minimize(
            SmoothFunction function, double[] start, Limits limits, IterationListener listener) {
        return Descent.run(new Method(options, start.length), function, start, limits, listener);
    }

    private static final class Method implements Descent.Method {
        private final Options options;
        /** {@code x_k − x_{k−1}}. */
        private final double[] velocity;

        private double step;

        Method(Options options, int dimension) {
            this.options = options;
            this.velocity = new double[dimension];
        }

        @Override
        public void begin(SmoothFunction function, Iterate start) {
            step = options.step().of(function);
        }

        @Override
        public boolean advance(SmoothFunction function, Iterate from, Iterate to) {
            for (int i = 0; i < velocity.length; i++) {
                velocity[i] = options.momentum() * velocity[i] - step * from.gradient[i];
            }
            boolean moved = to.moveFrom(from, 1, velocity);
            to.evaluate(function);
            return moved;
        }
    }
}
