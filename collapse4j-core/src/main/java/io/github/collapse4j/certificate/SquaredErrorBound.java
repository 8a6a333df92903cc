package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.UfmProblem;

/**
 * The global minimum of squared error without or with a free bias at its own feature dimension, in closed form (docs/theory.md
 * §4): {@code (Σ τ_j² − Σ_{j≤d} max(0, τ_j − μN)²)/(2N)}, τ_j the singular values of the targets, descending. The convex twin
 * gives the same where d is not below its rank, and less otherwise.
 */
public final class SquaredErrorBound {
    private static final double UNIT_ROUND_OFF = 0x1p-53;

    private SquaredErrorBound() {}

    /** The larger of a bound and this one, where the problem has it. */
    public static LowerBound tighten(UfmProblem problem, LowerBound bound) {
        if (problem.loss().isShiftInvariant()
                || problem.bias() instanceof Bias.Regularised
                || problem.featureDimension() >= problem.maximalRank()) {
            return bound;
        }
        double samples = problem.counts().samples();
        double[] squares = squaredTargets(problem);
        double threshold = problem.mu() * samples;
        double value = 0;
        for (int j = 0; j < squares.length; j++) {
            double used = j < problem.featureDimension() ? Math.max(0, Math.sqrt(squares[j]) - threshold) : 0;
            value += (squares[j] - used * used) / (2 * samples);
        }
        // τ² − max(0, τ − μN)² grows with τ² by at most 1, and each τ² is known to some units of the sum, N.
        double roundOff = 8.0 * squares.length * UNIT_ROUND_OFF;
        return value - roundOff > bound.value()
                ? new LowerBound(value - roundOff, bound.sigmaMax(), bound.scale(), roundOff)
                : bound;
    }

    /** τ_j², descending: n_k, or the eigenvalues of {@code diag(n) − n nᵀ/N} with a free bias. */
    private static double[] squaredTargets(UfmProblem problem) {
        int classes = problem.classes();
        double samples = problem.counts().samples();
        Matrix gram = Matrix.zeros(classes, classes);
        for (int k = 0; k < classes; k++) {
            double count = problem.counts().count(k);
            gram.set(k, k, count);
            for (int j = 0; j < classes && problem.bias() instanceof Bias.Free; j++) {
                gram.set(j, k, gram.get(j, k) - problem.counts().count(j) / samples * count);
            }
        }
        double[] ascending = LinearAlgebra.symmetricEigenvalues(gram);
        double[] squares = new double[classes];
        for (int j = 0; j < classes; j++) {
            squares[j] = Math.max(0, ascending[classes - 1 - j]);
        }
        return squares;
    }
}
