package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SpectralNorm;
import io.github.collapse4j.linalg.UnitRoundOff;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.Arrays;

/**
 * Weak duality (docs/theory.md §4): with residuals e_j of any point and {@code c ≤ min(1, μ/σ_max(∇g))},
 * {@code f ≥ −Σ_j ω_j ℓ*(c e_j) − (bias cost)} everywhere. The result remains a bound in floating point: σ_max is an
 * upper bound, the sum is lowered by its own worst round-off (one unit per row and column and a few per term, relative
 * to the sum of magnitudes), and with a free bias the remaining deviation from ∇g·1 = 0 is charged against the largest
 * bias that a global minimum can have.
 */
public final class DualBound {
    private DualBound() {}

    /**
     * The bound from a point of a model, critical or not. With a free bias, the convex problem in b is solved first, so
     * that ∇g·1 = 0; the point is not changed.
     *
     * @param objective the value of the model at the point
     */
    public static LowerBound of(UfmModel model, UfmPoint point, double objective) {
        if (!model.isReduced()) {
            return of(model, point, objective, SpectralNorm::upperBound);
        }
        UfmProblem problem = model.problem();
        double[] ones = new double[problem.groups()];
        Arrays.fill(ones, 1);
        double[] counts =
                Arrays.stream(problem.counts().toArray()).asDoubleStream().toArray();
        return ProvedBound.of(problem, model.dataTerm(), ones, counts, residual(model, point));
    }

    /** Residuals at a point, whose bias is solved for if it is free. */
    private static Matrix residual(UfmModel model, UfmPoint point) {
        DataTerm data = model.dataTerm();
        Matrix product = point.product();
        double[] bias = model.problem().bias() instanceof Bias.Free
                ? BiasSolver.solve(model, product, point.bias())
                : point.bias();
        Matrix residual = Matrix.zeros(data.rows(), data.columns());
        data.evaluate(model.logits(product, bias), residual);
        return residual;
    }

    /**
     * An upper bound on the polar of a penalty on WH, such as σ_max for the nuclear norm, at a gradient. The polar is at
     * most σ_max.
     */
    @FunctionalInterface
    public interface Gauge {
        /** The bound, even if every entry has a relative error of {@code entryError}. */
        double upperBound(Matrix gradient, double entryError);
    }

    /** The bound of a model whose penalty has another polar than σ_max, such as that of non-negative features. */
    public static LowerBound of(UfmModel model, UfmPoint point, double objective, Gauge gauge) {
        UfmProblem problem = model.problem();
        DataTerm data = model.dataTerm();
        Matrix residual = residual(model, point);
        double[] biasGradient = BiasSolver.weightedRowSums(data, residual);
        Matrix gradient = residual.copy();
        for (int j = 0; j < data.columns(); j++) {
            double factor = data.weight(j) * model.scale(j);
            for (int k = 0; k < data.rows(); k++) {
                gradient.data()[j * data.rows() + k] *= factor;
            }
        }
        double[] ones = new double[data.rows()];
        Arrays.fill(ones, 1);
        double smallest = Arrays.stream(problem.counts().toArray()).min().orElseThrow();
        BiasCost cost = BiasCost.of(
                problem,
                biasGradient,
                ones,
                absoluteResidual(data, residual),
                data.rows() + data.columns(),
                objective,
                smallest);
        double entryError = entryError(data.rows());
        double sigmaMax = gauge.upperBound(gradient, entryError) + entryError * cancellation(model, residual);
        return of(data, residual, sigmaMax, problem.mu(), cost);
    }

    /**
     * The bound from one set of residuals.
     *
     * @param data the loss as a function of the logits
     * @param residual residuals, in the shape of the logits
     * @param sigmaMax a rigorous upper bound on σ_max(∇g)
     * @param mu μ
     * @param biasCost reduction of the bound due to the bias
     */
    public static LowerBound of(DataTerm data, Matrix residual, double sigmaMax, double mu, BiasCost biasCost) {
        double scale = scale(sigmaMax, mu);
        return of(
                data.conjugate(residual, scale),
                data.sensitivity(residual, scale),
                data.rows() + data.columns(),
                sigmaMax,
                scale,
                biasCost);
    }

    /** The largest {@code c ≤ 1} for which c∇g is feasible, rounded down. */
    public static double scale(double sigmaMax, double mu) {
        return sigmaMax == 0 ? 1 : Math.min(1, mu / sigmaMax * (1 - 4 * UnitRoundOff.DOUBLE));
    }

    /**
     * The bound from sums over residuals that are too many to be held at once.
     *
     * @param conjugate {@code Σ_j ω_j ℓ*(c e_j)}
     * @param sensitivity {@code Σ_j ω_j} times the sensitivity of each column at c
     * @param terms number of rows, and of columns that were added up in plain floating point
     * @param scale c, of {@link #scale(double, double)}
     */
    public static LowerBound of(
            double conjugate, double sensitivity, int terms, double sigmaMax, double scale, BiasCost biasCost) {
        double magnitudes = Math.abs(conjugate) + 2 * sensitivity;
        double roundOff = UnitRoundOff.DOUBLE * (terms + 16.0) * magnitudes + scale * biasCost.linear();
        double value = -conjugate - scale * scale * biasCost.quadratic() - roundOff;
        // c = 0 is also feasible and gives 0.
        return value > 0 ? new LowerBound(value, sigmaMax, scale, roundOff) : new LowerBound(0, sigmaMax, 0, 0);
    }

    /** {@code Σ_j ω_j ‖e_j‖₁} over all classes. */
    public static double absoluteResidual(DataTerm data, Matrix residual) {
        double sum = 0;
        for (int j = 0; j < data.columns(); j++) {
            sum += data.weight(j) * data.absoluteResidual(residual, j);
        }
        return sum;
    }

    /**
     * In units of {@link #entryError}, what own entries that are sums of both signs add to an error of σ_max: the norm of the
     * columns' terms. Own entries of plain losses have terms of one sign.
     */
    private static double cancellation(UfmModel model, Matrix residual) {
        DataTerm data = model.dataTerm();
        double squares = 0;
        for (int j = 0; j < data.columns() && !data.loss().isPlain(); j++) {
            double terms = data.weight(j) * model.scale(j) * data.absoluteResidual(residual, j);
            squares += terms * terms;
        }
        return Math.sqrt(squares);
    }

    /**
     * The relative error that the entries of a computed ∇g carry: the roundings of the residual's own sum and of its
     * weights.
     */
    public static double entryError(int rows) {
        return (rows + 16.0) * UnitRoundOff.DOUBLE;
    }

    /**
     * The reduction of the bound due to the bias at scale c: {@code c·linear + c²·quadratic}.
     *
     * @param linear for a free bias: ‖∇g·1‖₁ including its own round-off, times the largest |b_k| of a global minimum
     * @param quadratic for a regularised bias: ‖∇g·1‖²/(2λ_b) including its own round-off
     */
    public record BiasCost(double linear, double quadratic) {
        /**
         * The cost for a problem, from {@code ∇g·1} per class.
         *
         * @param gradient derivative of g with respect to the bias of each class (or of each group, divided by the
         *     group's size)
         * @param multiplicity number of classes that each entry represents
         * @param absoluteResidual {@code Σ_j ω_j ‖e_j‖₁}, the sum of the magnitudes of the gradient's terms
         * @param terms number of rows and columns in that sum
         * @param objective the value of some point: no global minimum has a larger one
         * @param smallestCount number of samples of the smallest class
         */
        public static BiasCost of(
                UfmProblem problem,
                double[] gradient,
                double[] multiplicity,
                double absoluteResidual,
                int terms,
                double objective,
                double smallestCount) {
            double error = UnitRoundOff.DOUBLE * (terms + 16.0) * absoluteResidual;
            if (problem.bias() instanceof Bias.None) {
                return new BiasCost(0, 0);
            }
            if (problem.bias() instanceof Bias.Regularised regularised) {
                double squares = 0;
                for (int k = 0; k < gradient.length; k++) {
                    squares += multiplicity[k] * gradient[k] * gradient[k];
                }
                double norm = Math.sqrt(squares) + error;
                return new BiasCost(0, norm * norm / (2 * regularised.lambda()));
            }
            double size = error;
            for (int k = 0; k < gradient.length; k++) {
                size += multiplicity[k] * Math.abs(gradient[k]);
            }
            double largest = problem.loss().largestFreeBias(problem.counts(), objective / problem.mu(), smallestCount);
            return new BiasCost(size * largest, 0);
        }
    }
}
