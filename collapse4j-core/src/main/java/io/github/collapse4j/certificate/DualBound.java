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
        UfmProblem problem = model.problem();
        DataTerm data = model.dataTerm();
        Matrix product = point.product();
        double[] bias =
                problem.bias() instanceof Bias.Free ? BiasSolver.solve(model, product, point.bias()) : point.bias();
        Matrix residual = Matrix.zeros(data.rows(), data.columns());
        data.evaluate(model.logits(product, bias), residual);
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
        double sigmaMax = SpectralNorm.upperBound(gradient, entryError(data.rows()));
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
        double feasible = mu / sigmaMax * (1 - 4 * UnitRoundOff.DOUBLE);
        double scale = sigmaMax == 0 ? 1 : Math.min(1, feasible);
        double conjugate = data.conjugate(residual, scale);
        double own = 0;
        for (int j = 0; j < data.columns(); j++) {
            double size = Math.abs(residual.get(data.own(j), j));
            // For cross-entropy, the own term q·log q magnifies an error of q = 1 − c·size by 1 + |log q|.
            double magnified = data.loss().isShiftInvariant() ? Math.abs(Math.log1p(-scale * size)) : 1;
            own += data.weight(j) * size * (1 + (Double.isInfinite(magnified) ? 745 : magnified));
        }
        double roundOff =
                UnitRoundOff.DOUBLE * (data.rows() + data.columns() + 16.0) * (Math.abs(conjugate) + 2 * scale * own)
                        + scale * biasCost.linear();
        double value = -conjugate - scale * scale * biasCost.quadratic() - roundOff;
        // c = 0 is also feasible and gives 0.
        return value > 0 ? new LowerBound(value, sigmaMax, scale, roundOff) : new LowerBound(0, sigmaMax, 0, 0);
    }

    /** {@code Σ_j ω_j ‖e_j‖₁} over all classes. */
    public static double absoluteResidual(DataTerm data, Matrix residual) {
        double sum = 0;
        for (int j = 0; j < data.columns(); j++) {
            double column = 0;
            for (int k = 0; k < data.rows(); k++) {
                column += data.multiplicity(k, j) * Math.abs(residual.get(k, j));
            }
            sum += data.weight(j) * column;
        }
        return sum;
    }

    /**
     * The relative error of the entries of a computed ∇g, from rounding in the residual's own sum and in its weights.
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
            return new BiasCost(size * largestBias(problem, objective, smallestCount), 0);
        }

        /**
         * The largest |b_k| of a global minimum, for cross-entropy up to a common shift. Squared error: the features
         * are centred, so b_k = n_k/N. Cross-entropy: the mean of p_k over the samples is n_k/N, so some sample of a
         * class j has p_k ≥ n_k/N, hence z_k ≥ z_m − log(N/n_k) for every m and b_m − b_k ≤ log(N/n_k) + √2·‖R‖/√n_j
         * with ‖R‖ ≤ f/μ; paired with a ∇g·1 whose entries sum to zero, only half of the largest difference counts.
         */
        private static double largestBias(UfmProblem problem, double objective, double smallestCount) {
            if (!problem.loss().isShiftInvariant()) {
                return 1;
            }
            double samples = problem.counts().samples();
            double nuclear = objective / problem.mu();
            return (Math.log(samples / smallestCount) + Math.sqrt(2) * nuclear / Math.sqrt(smallestCount)) / 2;
        }
    }
}
