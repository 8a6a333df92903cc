package io.github.collapse4j.optim;

import io.github.collapse4j.linalg.Vectors;
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
        Descent.Method method =
                options.step() instanceof StepSize size ? new Plain(size) : new Armijo((Backtracking) options.step());
        return Descent.run(method, function, start, limits, listener);
    }

    private static final class Plain implements Descent.Method {
        private final StepSize size;
        private double step;

        Plain(StepSize size) {
            this.size = size;
        }

        @Override
        public void begin(SmoothFunction function, Iterate start) {
            step = size.of(function);
        }

        @Override
        public boolean advance(SmoothFunction function, Iterate from, Iterate to) {
            boolean moved = to.moveFrom(from, -step, from.gradient);
            to.evaluate(function);
            return moved;
        }
    }

    private static final class Armijo implements Descent.Method {
        private final Backtracking rule;
        private double step;

        Armijo(Backtracking rule) {
            this.rule = rule;
            this.step = rule.initial() / rule.grow();
        }

        @Override
        public boolean advance(SmoothFunction function, Iterate from, Iterate to) {
            double slope = -from.gradientNorm * from.gradientNorm;
            step *= rule.grow();
            while (to.moveFrom(from, -step, from.gradient)) {
                double value = function.value(to.x);
                if (RoundOff.isNoise(from.value, value)) {
                    to.evaluate(function);
                    double change = RoundOff.trapezoid(step, slope, -Vectors.dot(from.gradient, to.gradient));
                    if (change <= rule.decrease() * step * slope) {
                        return true;
                    }
                } else if (value - from.value <= rule.decrease() * step * slope) {
                    to.evaluate(function);
                    return true;
                }
                step *= rule.shrink();
            }
            return false;
        }
    }
}
