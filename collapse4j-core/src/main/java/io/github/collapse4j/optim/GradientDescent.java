package io.github.collapse4j.optim;

import java.io.Serializable;

/**
 * Gradient descent, {@code x ← x − t∇f(x)}. With backtracking, or with a fixed step 1/L where L is a Lipschitz constant
 * of the gradient along the path, the value decreases at every iteration.
 */
public final class GradientDescent implements Optimizer {
    private final Options options;

    public GradientDescent(Options options) {
        this.options = options;
    }

    /** The step rule. */
    public record Options(StepRule step) implements Serializable {
        /** Armijo backtracking. */
        public static Options defaults() {
            return new Options(Backtracking.defaults());
        }
    }

    @Override
    public OptimizerResult minimize(
            SmoothFunction function, double[] start, Limits limits, IterationListener listener) {
        return options.step().descend(function, start, limits, listener);
    }
}
