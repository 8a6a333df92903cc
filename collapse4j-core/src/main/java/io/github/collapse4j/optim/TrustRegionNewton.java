package io.github.collapse4j.optim;

import io.github.collapse4j.linalg.OutOfRangeException;
import io.github.collapse4j.linalg.Vectors;

/**
 * Trust-region Newton with truncated conjugate gradients (Steihaug 1983; Conn, Gould and Toint, <i>Trust-Region
 * Methods</i>, algorithms 6.1.1 and 7.5.1). It follows directions of negative curvature to the boundary of the region,
 * so it leaves every strict saddle at which the computed gradient is not exactly zero, and it converges quadratically
 * at minima.
 */
public final class TrustRegionNewton {
    private static final double ACCEPT = 0.05;
    private static final double SHRINK_BELOW = 0.25;
    private static final double GROW_ABOVE = 0.75;
    private static final double MAX_RADIUS = 1e12;

    private final Options options;

    public TrustRegionNewton(Options options) {
        this.options = options;
    }

    /**
     * Stopping criteria and the initial radius.
     *
     * @param gradientTolerance stop when the Euclidean gradient norm is at most this
     * @param maxIterations stop after this many outer iterations
     * @param maxHessianProducts stop after about this many Hessian-vector products
     * @param initialRadius the first trust radius, in the preconditioner's norm
     */
    public record Options(double gradientTolerance, int maxIterations, int maxHessianProducts, double initialRadius) {
        public Options {
            if (!(gradientTolerance >= 0) || maxIterations < 0 || maxHessianProducts < 1 || !(initialRadius > 0)) {
                throw new IllegalArgumentException("trust-region options out of range: " + gradientTolerance + ", "
                        + maxIterations + ", " + maxHessianProducts + ", " + initialRadius);
            }
        }

        /** Gradient norm 1e-12, 500 iterations, a million products, radius 1. */
        public static Options defaults() {
            return new Options(1e-12, 500, 1_000_000, 1);
        }

        public Options withGradientTolerance(double tolerance) {
            return new Options(tolerance, maxIterations, maxHessianProducts, initialRadius);
        }

        public Options withMaxIterations(int iterations) {
            return new Options(gradientTolerance, iterations, maxHessianProducts, initialRadius);
        }
    }

    /** Summary of a run; the problem holds the point. */
    public record Result(
            double value, double gradientNorm, int iterations, int hessianProducts, Termination termination) {}

    /** Observes the state before each outer iteration; returns true to stop the run. */
    @FunctionalInterface
    public interface Listener {
        boolean stopAt(int iteration, double value, double gradientNorm, int hessianProducts);
    }

    /** Minimises from the problem's current point and leaves the problem at the best point found. */
    public Result minimize(TrustRegionProblem problem) {
        return minimize(problem, (iteration, value, gradientNorm, products) -> false);
    }

    /**
     * Minimises and reports to a listener.
     *
     * @throws OutOfRangeException if a value or gradient is not finite
     */
    public Result minimize(TrustRegionProblem problem, Listener listener) {
        Result result = run(problem, listener);
        if (result.termination() == Termination.DIVERGED) {
            throw new OutOfRangeException(
                    "value " + result.value() + " and gradient norm " + result.gradientNorm() + " are not finite");
        }
        return result;
    }

    /** Minimises; a non-finite value or gradient ends the run. */
    Result run(TrustRegionProblem problem, Listener listener) {
        int n = problem.dimension();
        double[] gradient = new double[n];
        SteihaugCg cg = new SteihaugCg(n);
        double radius = options.initialRadius();
        int products = 0;
        double leastUnresolved = Double.POSITIVE_INFINITY;
        double lastLength = Double.POSITIVE_INFINITY;
        for (int iteration = 0; ; iteration++) {
            problem.gradient(gradient);
            double value = problem.value();
            double norm = Vectors.norm(gradient);
            if (!Double.isFinite(norm) || !Double.isFinite(value)) {
                return new Result(value, norm, iteration, products, Termination.DIVERGED);
            }
            Termination end = norm <= options.gradientTolerance()
                    ? Termination.CONVERGED
                    : iteration >= options.maxIterations() || products >= options.maxHessianProducts()
                            ? Termination.LIMIT
                            : listener.stopAt(iteration, value, norm, products) ? Termination.STOPPED : null;
            if (end != null) {
                return new Result(value, norm, iteration, products, end);
            }
            cg.solve(problem, gradient, radius, options.maxHessianProducts() - products);
            products += cg.products();
            double trialValue = problem.trial(cg.step());
            double noise = RoundOff.noise(value);
            if (cg.predictedDecrease() <= noise) {
                // The difference of the two values is now noise: Newton steps are trusted while both they and the
                // gradient shrink; a longer one follows round-off along a flat direction.
                if (cg.atBoundary()
                        || !(trialValue <= value + noise)
                        || !(norm < leastUnresolved / 2)
                        || cg.length() > lastLength) {
                    return new Result(value, norm, iteration, products, Termination.ROUND_OFF);
                }
                leastUnresolved = norm;
                lastLength = cg.length();
                problem.accept();
                continue;
            }
            double ratio = (value - trialValue + noise) / (cg.predictedDecrease() + noise);
            if (!(ratio >= SHRINK_BELOW)) {
                radius = Math.min(radius, cg.length()) / 4;
            } else if (ratio > GROW_ABOVE && cg.atBoundary()) {
                radius = Math.min(2 * radius, MAX_RADIUS);
            }
            if (ratio >= ACCEPT) {
                lastLength = cg.length();
                problem.accept();
            }
        }
    }
}
