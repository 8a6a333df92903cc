package io.github.collapse4j.optim;

import io.github.collapse4j.linalg.SeededRandom;
import io.github.collapse4j.linalg.Vectors;
import java.io.Serializable;
import java.util.random.RandomGenerator;

/**
 * Perturbed gradient descent (Jin, Ge, Netrapalli, Kakade and Jordan 2017, <i>How to escape saddle points
 * efficiently</i>, algorithm 2, "PGD"): gradient descent that, where the gradient is small, adds noise from a ball and
 * continues; if the value has not dropped enough after a waiting time, the point before the noise is the answer. With
 * probability {@code 1 − δ} that is a second-order stationary point: {@code ‖∇f‖ ≤ ε} and no curvature below
 * {@code −√(ρε)} (theorem 3).
 *
 * <p>Its constants follow from those of the function, where n is the dimension ({@link Options#derive}):
 *
 * <pre>
 * χ = 3·max(log(nℓΔ_f/(cε²δ)), 4)    how often noise may miss the escape directions
 * η = c/ℓ                            step
 * r = √c/χ²·ε/ℓ                      radius of the ball
 * g_thres = √c/χ²·ε                  threshold for a small gradient norm
 * f_thres = c/χ³·√(ε³/ρ)             threshold for a sufficient drop
 * t_thres = χ/c²·ℓ/√(ρε)             waiting time, rounded up
 * </pre>
 *
 * <p>There is one addition: the point before the noise (returning to it counts as an iteration) is refined by gradient
 * descent without noise until the gradient tolerance of the {@link Limits} holds, and only then has the run converged.
 * A start at a minimum is therefore returned unchanged after one waiting time. Values rise only by noise.
 */
public final class PerturbedGradientDescent implements Optimizer {
    private final Options options;

    public PerturbedGradientDescent(Options options) {
        this.options = options;
    }

    /**
     * Properties of the function and requirements on the answer.
     *
     * @param smoothness 1/ℓ, where ℓ is the Lipschitz constant of the gradient
     * @param hessianLipschitz ρ, the Lipschitz constant of the Hessian
     * @param accuracy ε
     * @param failureProbability δ, in (0, 1)
     * @param valueGap Δ_f, at least {@code f(start) − min f}
     * @param constant c, in (0, 1]; the theorem requires it to be below some absolute constant
     * @param seed seed of the noise
     */
    public record Options(
            StepSize smoothness,
            double hessianLipschitz,
            double accuracy,
            double failureProbability,
            double valueGap,
            double constant,
            long seed)
            implements Serializable {
        public Options {
            if (!(hessianLipschitz > 0)
                    || !(accuracy > 0)
                    || !(failureProbability > 0 && failureProbability < 1)
                    || !(valueGap > 0)
                    || !(constant > 0 && constant <= 1)) {
                throw new IllegalArgumentException("perturbed gradient descent options out of range: hessianLipschitz "
                        + hessianLipschitz + ", accuracy " + accuracy + ", failureProbability " + failureProbability
                        + ", valueGap " + valueGap + ", constant " + constant);
            }
        }

        /**
         * ℓ estimated at the start, ρ = 1, ε = 1e-3 (curvature below −0.03 is escaped), δ = 0.1, Δ_f = 1, c = 1, seed
         * 0.
         */
        public static Options defaults() {
            return new Options(StepSize.InverseLipschitz.defaults(), 1, 1e-3, 0.1, 1, 1, 0);
        }

        /** The algorithm's constants for a function of {@code dimension} variables with Lipschitz constant ℓ. */
        public Constants derive(int dimension, double lipschitz) {
            double chi = 3
                    * Math.max(
                            4,
                            Math.log(dimension
                                    * lipschitz
                                    * valueGap
                                    / (constant * accuracy * accuracy * failureProbability)));
            double small = Math.sqrt(constant) / (chi * chi) * accuracy;
            return new Constants(
                    constant / lipschitz,
                    small / lipschitz,
                    small,
                    constant / (chi * chi * chi) * Math.sqrt(accuracy * accuracy * accuracy / hessianLipschitz),
                    (long) Math.ceil(chi / (constant * constant) * lipschitz / Math.sqrt(hessianLipschitz * accuracy)));
        }
    }

    /**
     * The constants of the algorithm.
     *
     * @param step η
     * @param radius r
     * @param gradientThreshold g_thres
     * @param valueThreshold f_thres
     * @param waitingTime t_thres
     */
    public record Constants(
            double step, double radius, double gradientThreshold, double valueThreshold, long waitingTime) {}

    @Override
    public OptimizerResult minimize(
            SmoothFunction function, double[] start, Limits limits, IterationListener listener) {
        return Descent.run(new Method(options, start.length), function, start, limits, listener);
    }

    private static final class Method implements Descent.Method {
        private final Options options;
        private final RandomGenerator random;
        private final Iterate beforeNoise;
        private final double[] noise;
        private Constants constants;
        private long sinceNoise;
        private boolean waiting;
        private boolean answered;

        Method(Options options, int dimension) {
            this.options = options;
            this.random = SeededRandom.of(options.seed());
            this.beforeNoise = new Iterate(new double[dimension]);
            this.noise = new double[dimension];
            this.constants = options.derive(dimension, 1);
        }

        @Override
        public void begin(SmoothFunction function, Iterate start) {
            constants = options.derive(start.x.length, 1 / options.smoothness().of(function));
        }

        @Override
        public boolean settled() {
            return answered;
        }

        @Override
        public boolean advance(SmoothFunction function, Iterate from, Iterate to) {
            if (waiting && sinceNoise >= constants.waitingTime()) {
                waiting = false;
                if (from.value - beforeNoise.value > -constants.valueThreshold()) {
                    answered = true;
                    to.set(beforeNoise);
                    return true;
                }
            }
            sinceNoise++;
            if (!answered && !waiting && from.gradientNorm <= constants.gradientThreshold()) {
                waiting = true;
                sinceNoise = 1;
                beforeNoise.set(from);
                drawNoise();
                from.moveFrom(beforeNoise, 1, noise);
                from.evaluate(function);
            }
            boolean moved = to.moveFrom(from, -constants.step(), from.gradient);
            to.evaluate(function);
            return moved || !answered;
        }

        /** Uniform in the ball: a normal direction, and a radius whose n-th power is uniform. */
        private void drawNoise() {
            for (int i = 0; i < noise.length; i++) {
                noise[i] = random.nextGaussian();
            }
            double length = constants.radius() * Math.pow(random.nextDouble(), 1.0 / noise.length);
            double factor = length / Vectors.norm(noise);
            for (int i = 0; i < noise.length; i++) {
                noise[i] *= factor;
            }
        }
    }
}
