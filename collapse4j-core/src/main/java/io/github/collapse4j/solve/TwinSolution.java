package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.UfmProblem;

/**
 * A solution of the convex twin with its certificate. It is a global minimum of the factorised model at every feature
 * dimension that its rank fits into, at a cost that depends on the number of groups and not on that of classes.
 *
 * @param problem the problem solved
 * @param groups groups of exchangeable classes
 * @param point the twin's solution
 * @param objective its value
 * @param lowerBound certified lower bound of the global minimum
 * @param logits {@code (G+1)×G} with biases: column g is a sample of group g, row h the logit of another class of group
 *     h, the last row the own class's
 * @param relativeResidual ‖∇_W f‖/(λ_W‖W‖) of the balanced factorisation, equal to ‖∇_H f‖/(λ_H‖H‖); 0 where W = 0
 * @param biasResidual ‖∇g·1 + λ_b b‖
 */
public record TwinSolution(
        UfmProblem problem,
        ClassGroups groups,
        TwinPoint point,
        double objective,
        LowerBound lowerBound,
        Matrix logits,
        double relativeResidual,
        double biasResidual) {
    /** Singular values below this multiple of the largest (or of 1, if that is larger) count as zero. */
    private static final double RANK_TOLERANCE = 1e-6;

    /** Evaluates a point: value, bound, residuals. */
    static TwinSolution of(TwinModel model, TwinPoint point) {
        int n = model.size();
        Matrix logits = model.newLogits();
        Matrix residual = model.newLogits();
        TwinModel.Gradient gradient = TwinModel.Gradient.zeros(n);
        double mu = model.problem().mu();
        Svd svd = LinearAlgebra.svd(point.core());
        model.logits(point.separation(), point.core(), point.bias(), logits);
        double objective = model.data().evaluate(logits, residual)
                + model.outerPenalty(point.separation(), point.bias())
                + mu * Vectors.sum(svd.values());
        model.adjoint(residual, gradient);
        // In the balanced factors U√Σ and √ΣVᵀ, scaled to equal penalties: (∇g V + μU)√Σ.
        Matrix stationarity = LinearAlgebra.multiply(gradient.core(), svd.v()).add(mu, svd.u());
        double squares = 0;
        double size = 0;
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                squares += svd.values()[j] * stationarity.get(i, j) * stationarity.get(i, j);
            }
            size += svd.values()[j];
        }
        double biasSquares = 0;
        for (int g = 0; g < n; g++) {
            double m = model.groups().sizes()[g];
            if (m > 1) {
                double active = gradient.separation()[g] / (m - 1) + mu;
                squares += (m - 1) * point.separation()[g] * active * active;
                size += (m - 1) * point.separation()[g];
            }
            double ofClass = gradient.bias()[g] / m + model.problem().bias().lambda() * point.bias()[g];
            biasSquares += m * ofClass * ofClass;
        }
        return new TwinSolution(
                model.problem(),
                model.groups(),
                point,
                objective,
                model.lowerBound(residual, gradient, objective),
                logits,
                size == 0 ? 0 : Math.sqrt(squares / size) / mu,
                Math.sqrt(biasSquares));
    }

    /** The certified relative gap, {@code (objective − bound)/objective}. */
    public double relativeGap() {
        return lowerBound.relativeGap(objective);
    }

    /** An upper bound of σ_max(∇g)/μ: 1 at a global minimum other than zero. */
    public double sigmaOverMu() {
        return lowerBound.sigmaMax() / problem.mu();
    }

    /** The rank of W and H at this solution: the smallest feature dimension that reaches the global minimum. */
    public int rank() {
        double[] values = LinearAlgebra.svd(point.core()).values();
        double largest = Math.max(1, values[0]);
        for (double a : point.separation()) {
            largest = Math.max(largest, a);
        }
        int rank = 0;
        for (double s : values) {
            rank += s > RANK_TOLERANCE * largest ? 1 : 0;
        }
        for (int g = 0; g < groups.groups(); g++) {
            rank += point.separation()[g] > RANK_TOLERANCE * largest ? groups.sizes()[g] - 1 : 0;
        }
        return rank;
    }

    /**
     * √n_g/N: at this μ and above, and nowhere else, the classes of a group of several cannot be told apart any more, and
     * with squared error and no bias every class vanishes (docs/theory.md §6).
     */
    public double criticalMu(int group) {
        return Math.sqrt(groups.counts()[group]) / groups.samples();
    }

    /** Whether {@link #criticalMu} applies to a group: it has several classes, or the model is squared error without bias. */
    public boolean hasCriticalMu(int group) {
        return groups.sizes()[group] > 1 || (!problem.loss().isShiftInvariant() && problem.bias() instanceof Bias.None);
    }

    /** Inner products of classifier rows w_k. */
    GroupGram classifierGram() {
        return GroupGram.of(
                groups, point.separation(), squareRootOfGram(true), Math.sqrt(problem.lambdaH() / problem.lambdaW()));
    }

    /** Inner products of the scaled class features √n_k h_k. */
    GroupGram featureGram() {
        return GroupGram.of(
                groups, point.separation(), squareRootOfGram(false), Math.sqrt(problem.lambdaW() / problem.lambdaH()));
    }

    private Matrix squareRootOfGram(boolean left) {
        Svd svd = LinearAlgebra.svd(point.core());
        Matrix basis = left ? svd.u() : svd.v();
        Matrix scaled = basis.copy();
        for (int j = 0; j < basis.columns(); j++) {
            for (int i = 0; i < basis.rows(); i++) {
                scaled.set(i, j, scaled.get(i, j) * svd.values()[j]);
            }
        }
        return LinearAlgebra.multiply(scaled, Op.NONE, basis, Op.TRANSPOSE);
    }
}
