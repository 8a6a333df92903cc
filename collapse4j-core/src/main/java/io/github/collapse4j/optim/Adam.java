package io.github.collapse4j.optim;

import java.io.Serializable;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) on the exact gradient: {@code m ← β₁m + (1 − β₁)g},
 * {@code v ← β₂v + (1 − β₂)g²}, {@code x ← x − α·m̂/(√v̂ + ε)} entrywise, with {@code m̂ = m/(1 − β₁^t)} and
 * {@code v̂ = v/(1 − β₂^t)}. Steps do not shrink with the gradient, so the last iterates may hover around a minimum at
 * a distance of order α; values may increase.
 */
public final class Adam implements Optimizer {
    private final Options options;

    public Adam(Options options) {
        this.options = options;
    }

    /**
     * The constants of the paper.
     *
     * @param learningRate α
     * @param beta1 β₁, in [0, 1)
     * @param beta2 β₂, in [0, 1)
     * @param epsilon ε
     */
    public record Options(double learningRate, double beta1, double beta2, double epsilon) implements Serializable {
        public Options {
            if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)
                    || !(beta1 >= 0 && beta1 < 1)
                    || !(beta2 >= 0 && beta2 < 1)
                    || !(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("Adam options out of range: learningRate " + learningRate
                        + ", beta1 " + beta1 + ", beta2 " + beta2 + ", epsilon " + epsilon);
            }
        }

        /** α = 1e-3, β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
        public static Options defaults() {
            return new Options(1e-3, 0.9, 0.999, 1e-8);
        }
    }

    @Override
    public OptimizerResult minimize(
            SmoothFunction function, double[] start, Limits limits, IterationListener listener) {
        return Descent.run(new Method(options, start.length), function, start, limits, listener);
    }

    private static final class Method implements Descent.Method {
        private final Options options;
        private final double[] mean;
        private final double[] square;
        private double power1 = 1;
        private double power2 = 1;

        Method(Options options, int dimension) {
            this.options = options;
            this.mean = new double[dimension];
            this.square = new double[dimension];
        }

        @Override
        public boolean advance(SmoothFunction function, Iterate from, Iterate to) {
            double beta1 = options.beta1();
            double beta2 = options.beta2();
            power1 *= beta1;
            power2 *= beta2;
            double rate = options.learningRate() / (1 - power1);
            double unbias = 1 / (1 - power2);
            for (int i = 0; i < mean.length; i++) {
                double g = from.gradient[i];
                mean[i] = beta1 * mean[i] + (1 - beta1) * g;
                square[i] = beta2 * square[i] + (1 - beta2) * g * g;
                to.x[i] = from.x[i] - rate * mean[i] / (Math.sqrt(square[i] * unbias) + options.epsilon());
            }
            to.evaluate(function);
            return true;
        }
    }
}
