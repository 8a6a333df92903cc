package io.github.collapse4j.optim;

import java.io.Serializable;

/**
 * Stopping criteria, the same for every algorithm.
 *
 * @param gradientTolerance stop when the Euclidean gradient norm is at most this
 * @param maxIterations stop after this many iterations
 * @param maxEvaluations start no iteration after this many values, gradients and Hessian products together
 */
public record Limits(double gradientTolerance, int maxIterations, long maxEvaluations) implements Serializable {
    public Limits {
        if (!(gradientTolerance >= 0) || maxIterations < 0 || maxEvaluations < 1) {
            throw new IllegalArgumentException("limits out of range: gradientTolerance " + gradientTolerance
                    + ", maxIterations " + maxIterations + ", maxEvaluations " + maxEvaluations);
        }
    }

    /** Gradient norm 1e-9, 100,000 iterations, unlimited evaluations. */
    public static Limits defaults() {
        return new Limits(1e-9, 100_000, Long.MAX_VALUE);
    }

    public Limits withGradientTolerance(double tolerance) {
        return new Limits(tolerance, maxIterations, maxEvaluations);
    }

    public Limits withMaxIterations(int iterations) {
        return new Limits(gradientTolerance, iterations, maxEvaluations);
    }

    public Limits withMaxEvaluations(long evaluations) {
        return new Limits(gradientTolerance, maxIterations, evaluations);
    }
}
