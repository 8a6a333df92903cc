package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.UnitRoundOff;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.UfmProblem;
import java.util.Arrays;

/**
 * The global minimum of squared error without a bias or with a free one, at its own feature dimension, in closed form
 * (docs/theory.md §4): {@code (Σ τ_j² − Σ_{j≤d} max(0, τ_j − μN)²)/(2N)}, where τ_j are the singular values of the
 * targets, descending. The convex twin gives the same if d is at least its rank, and less otherwise.
 */
public final class SquaredErrorBound {
    private SquaredErrorBound() {}

    /** The larger of the given bound and this one, if the problem has it. */
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
            double tau = Math.sqrt(squares[j]);
            boolean used = j < problem.featureDimension() && tau > threshold;
            value += (used ? threshold * (2 * tau - threshold) : squares[j]) / (2 * samples);
        }
        // The terms are positive and grow with τ² by at most 1; eigenvalues are charged eight units per row, relative
        // to the norm of their matrix.
        double roundOff = UnitRoundOff.DOUBLE * squares.length * 8 * value;
        if (problem.bias() instanceof Bias.Free) {
            roundOff += UnitRoundOff.DOUBLE * 4 * squares.length * squares.length;
        }
        return value - roundOff > bound.value()
                ? new LowerBound(value - roundOff, bound.sigmaMax(), bound.scale(), roundOff)
                : bound;
    }

    /** τ_j², descending: n_k, or the eigenvalues of {@code diag(n) − n nᵀ/N} with a free bias. */
    private static double[] squaredTargets(UfmProblem problem) {
        int classes = problem.classes();
        double[] ascending =
                Arrays.stream(problem.counts().toArray()).asDoubleStream().toArray();
        if (problem.bias() instanceof Bias.Free) {
            double samples = problem.counts().samples();
            Matrix gram = Matrix.zeros(classes, classes);
            for (int k = 0; k < classes; k++) {
                double count = problem.counts().count(k);
                for (int j = 0; j < classes; j++) {
                    gram.set(j, k, (j == k ? count : 0) - problem.counts().count(j) / samples * count);
                }
            }
            ascending = LinearAlgebra.symmetricEigenvalues(gram);
        }
        Arrays.sort(ascending);
        double[] squares = new double[classes];
        for (int j = 0; j < classes; j++) {
            squares[j] = Math.max(0, ascending[classes - 1 - j]);
        }
        return squares;
    }
}
