package io.github.collapse4j.optim;

import io.github.collapse4j.linalg.Vectors;
import java.io.Serializable;

/**
 * Nesterov's accelerated gradient (1983) with the schedule {@code t_0 = 1}, {@code t_{k+1} = (1 + √(1 + 4t_k²))/2}:
 * {@code x_{k+1} = y_k − α∇f(y_k)}, {@code y_{k+1} = x_{k+1} + (t_k − 1)/t_{k+1}·(x_{k+1} − x_k)} from
 * {@code y_0 = x_0}. The iterates reported and returned are the {@code y_k}, at which gradients are evaluated. Values
 * may increase between iterations.
 *
 * <p>A restart (O'Donoghue and Candès 2015, section 3.2) resets t to 1, which discards the momentum; it gives the
 * linear rate of a strongly convex function without knowledge of its constants.
 */
public final class Nesterov implements Optimizer {
    private final Options options;

    public Nesterov(Options options) {
        this.options = options;
    }

    /** When the momentum is reset. */
    public enum Restart {
        /** Never. */
        NONE,
        /** When the value has risen: {@code f(y_k) > f(y_{k−1})}. */
        FUNCTION,
        /** When the last move went uphill: {@code ⟨∇f(y_k), x_{k+1} − x_k⟩ > 0}. */
        GRADIENT
    }

    /**
     * Step and restart.
     *
     * @param step α
     */
    public record Options(StepSize step, Restart restart) implements Serializable {
        /** Step 1/L and restart by the gradient. */
        public static Options defaults() {
            return new Options(StepSize.InverseLipschitz.defaults(), Restart.GRADIENT);
        }

        public Options withStep(StepSize size) {
            return new Options(size, restart);
        }

        public Options withRestart(Restart rule) {
            return new Options(step, rule);
        }
    }

    @Override
    public OptimizerResult minimize(
            SmoothFunction function, double[] start, Limits limits, IterationListener listener) {
        return Descent.run(new Method(options, start.length), function, start, limits, listener);
    }

    private static final class Method implements Descent.Method {
        private final Options options;
        private final double[] x;
        /** {@code x_{k+1} − x_k}. */
        private final double[] move;

        private double step;
        private double t = 1;
        private double lastValue = Double.POSITIVE_INFINITY;

        Method(Options options, int dimension) {
            this.options = options;
            this.x = new double[dimension];
            this.move = new double[dimension];
        }

        @Override
        public void begin(SmoothFunction function, Iterate start) {
            step = options.step().of(function);
            System.arraycopy(start.x, 0, x, 0, x.length);
        }

        @Override
        public boolean advance(SmoothFunction function, Iterate from, Iterate to) {
            boolean moved = false;
            for (int i = 0; i < x.length; i++) {
                double next = from.x[i] - step * from.gradient[i];
                move[i] = next - x[i];
                moved |= move[i] != 0;
                x[i] = next;
            }
            if (mustRestart(from)) {
                t = 1;
            }
            lastValue = from.value;
            double nextT = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
            double momentum = (t - 1) / nextT;
            t = nextT;
            for (int i = 0; i < x.length; i++) {
                to.x[i] = x[i] + momentum * move[i];
            }
            to.evaluate(function);
            return moved;
        }

        private boolean mustRestart(Iterate at) {
            return switch (options.restart()) {
                case NONE -> false;
                case FUNCTION -> at.value > lastValue;
                case GRADIENT -> Vectors.dot(at.gradient, move) > 0;
            };
        }
    }
}
