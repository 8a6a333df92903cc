package io.github.collapse4j.optim;

import io.github.collapse4j.linalg.Vectors;

/**
 * Trust-region Newton with truncated conjugate gradients (Steihaug 1983; Conn, Gould and Toint, <i>Trust-Region
 * Methods</i>, algorithms 6.1.1 and 7.5.1). It follows directions of negative curvature to the boundary of the region, so
 * it leaves every strict saddle at which its gradient does not vanish exactly, and converges quadratically at minima.
 */
public final class TrustRegionNewton {
    private static final double ACCEPT = 0.05;
    private static final double SHRINK_BELOW = 0.25;
    private static final double GROW_ABOVE = 0.75;
    private static final double MAX_RADIUS = 1e12;
    /** Differences of values up to this many units in the last place are taken for round-off. */
    private static final double NOISE_ULPS = 32;

    private final Options options;

    public TrustRegionNewton(Options options) {
        this.options = options;
    }

    /**
     * When to stop and how to begin.
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

        /** The defaults: gradient norm 1e-12, 500 iterations, a million products, radius 1. */
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

    /** Why the iteration ended. */
    public enum Termination {
        /** The gradient norm reached its tolerance. */
        CONVERGED,
        /** No further decrease can be told from round-off. */
        ROUND_OFF,
        /** A limit on iterations or Hessian products was reached. */
        LIMIT,
        /** The listener asked to stop. */
        STOPPED
    }

    /** What a run did; the point is in the problem. */
    public record Result(
            double value, double gradientNorm, int iterations, int hessianProducts, Termination termination) {}

    /** Sees the state before each outer iteration; returning true ends the run. */
    @FunctionalInterface
    public interface Listener {
        boolean stopAt(int iteration, double value, double gradientNorm, int hessianProducts);
    }

    /** Minimises from the problem's current point and leaves the problem at the best point found. */
    public Result minimize(TrustRegionProblem problem) {
        return minimize(problem, (iteration, value, gradientNorm, products) -> false);
    }

    /** Minimises and reports to a listener. */
    public Result minimize(TrustRegionProblem problem, Listener listener) {
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
            if (!(norm <= Double.MAX_VALUE) || Double.isNaN(value)) {
                throw new ArithmeticException("value " + value + " and gradient norm " + norm + " are not finite");
            }
            Termination end = norm <= options.gradientTolerance()
                    ? Termination.CONVERGED
                    : iteration >= options.maxIterations() || products >= options.maxHessianProducts()
                            ? Termination.LIMIT
                            : listener.stopAt(iteration, value, norm, products) ? Termination.STOPPED : null;
            if (end != null) {
                return new Result(value, norm, iteration, products, end);
            }
            SteihaugCg.Step step = cg.solve(problem, gradient, radius, options.maxHessianProducts() - products);
            products += step.products();
            double trialValue = problem.trial(cg.step());
            double noise = NOISE_ULPS * Math.ulp(value);
            if (step.predictedDecrease() <= noise) {
                // The difference of two values is noise now: Newton steps are trusted for as long as the gradient
                // shrinks and so do they; a longer one follows round-off along a flat direction.
                if (step.atBoundary()
                        || !(trialValue <= value + noise)
                        || !(norm < leastUnresolved / 2)
                        || step.length() > lastLength) {
                    return new Result(value, norm, iteration, products, Termination.ROUND_OFF);
                }
                leastUnresolved = norm;
                lastLength = step.length();
                problem.accept();
                continue;
            }
            double ratio = (value - trialValue + noise) / (step.predictedDecrease() + noise);
            if (!(ratio >= SHRINK_BELOW)) {
                radius = Math.min(radius, step.length()) / 4;
            } else if (ratio > GROW_ABOVE && step.atBoundary()) {
                radius = Math.min(2 * radius, MAX_RADIUS);
            }
            if (ratio >= ACCEPT) {
                lastLength = step.length();
                problem.accept();
            }
        }
    }
}
