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
        if (!problem.hasClosedFormAtEveryDimension() || problem.featureDimension() >= problem.maximalRank()) {
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
        if (!(problem.loss().isPlain() && problem.bias() instanceof Bias.None)) {
            double rows = Math.max(squares.length, problem.groups());
            roundOff += UnitRoundOff.DOUBLE * 4 * rows * rows * norm(problem);
        }
        return value - roundOff > bound.value()
                ? new LowerBound(value - roundOff, bound.sigmaMax(), bound.scale(), roundOff)
                : bound;
    }

    /** An upper bound of τ_1²/N. */
    private static double norm(UfmProblem problem) {
        double sum = 0;
        for (int m = 0; m < problem.groups() && !problem.loss().isPlain(); m++) {
            for (int k = 0; k < problem.classes(); k++) {
                double target = problem.loss().target(k, m);
                sum += problem.counts().count(m) * target * target;
            }
        }
        return problem.loss().isPlain() ? 1 : sum / problem.counts().samples();
    }

    /** τ_j², descending: the eigenvalues of {@code T·diag(n)·Tᵀ} for targets T, less {@code T n nᵀTᵀ/N} with a free bias. */
    private static double[] squaredTargets(UfmProblem problem) {
        int classes = problem.classes();
        double[] ascending = problem.loss().isPlain() && problem.bias() instanceof Bias.None
                ? Arrays.stream(problem.counts().toArray()).asDoubleStream().toArray()
                : LinearAlgebra.symmetricEigenvalues(
                        problem.loss().isPlain() ? gramOfClasses(problem) : gramOfTargets(problem));
        Arrays.sort(ascending);
        double[] squares = new double[classes];
        for (int j = 0; j < classes; j++) {
            squares[j] = Math.max(0, ascending[classes - 1 - j]);
        }
        return squares;
    }

    private static Matrix gramOfClasses(UfmProblem problem) {
        int classes = problem.classes();
        double samples = problem.counts().samples();
        Matrix gram = Matrix.zeros(classes, classes);
        for (int k = 0; k < classes; k++) {
            double count = problem.counts().count(k);
            for (int j = 0; j < classes; j++) {
                gram.set(j, k, (j == k ? count : 0) - problem.counts().count(j) / samples * count);
            }
        }
        return gram;
    }

    private static Matrix gramOfTargets(UfmProblem problem) {
        Matrix scaled = Matrix.zeros(problem.classes(), problem.groups());
        for (int k = 0; k < problem.classes(); k++) {
            double mean = 0;
            for (int m = 0; m < problem.groups(); m++) {
                mean += problem.counts().count(m)
                        / (double) problem.counts().samples()
                        * problem.loss().target(k, m);
            }
            double base = problem.bias() instanceof Bias.Free ? mean : 0;
            for (int m = 0; m < problem.groups(); m++) {
                scaled.set(
                        k,
                        m,
                        Math.sqrt((double) problem.counts().count(m))
                                * (problem.loss().target(k, m) - base));
            }
        }
        return LinearAlgebra.gramOfRows(scaled);
    }
}
