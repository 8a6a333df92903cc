package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.DualBound;
import io.github.collapse4j.certificate.DualBound.BiasCost;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.ClassGroups;
import java.util.Arrays;

/**
 * The group lasso {@code min g(R, b) + μ·Σ_k ‖R e_k‖ + λ_b/2·‖b‖²} in the coordinates of exchangeable classes
 * (docs/theory.md §14): column a of the {@code (G+1)×G} logits belongs to a class of group a, and its rows to the other
 * classes of each group and, last, to its own.
 */
final class LassoModel {
    private final UfmProblem problem;
    private final ClassGroups groups;
    private final Loss loss;
    private final DataTerm data;

    LassoModel(UfmProblem problem) {
        this.problem = problem;
        this.groups = ClassGroups.of(problem);
        this.loss = groups.lossOfGroups(problem.loss());
        double[] weights = new double[groups.groups()];
        Arrays.setAll(weights, a -> groups.sizes()[a] * groups.counts()[a] / groups.samples());
        this.data = DataTerm.ofGroups(loss, groups.sizes(), weights);
    }

    UfmProblem problem() {
        return problem;
    }

    ClassGroups groups() {
        return groups;
    }

    int size() {
        return groups.groups();
    }

    int rows() {
        return size() + 1;
    }

    DataTerm data() {
        return data;
    }

    /** The loss of groups. */
    Loss loss() {
        return loss;
    }

    /** The loss of one class of a group among exchangeable ones, for its closed form. */
    Loss lossOfOne(int group) {
        return loss.isPlain() ? loss : loss.merged(new int[][] {{group}});
    }

    /** The group whose bias a row has in a column. */
    int biasGroup(int row, int column) {
        return row == size() ? column : row;
    }

    /** The certified lower bound from residuals, with the polar in place of σ_max (docs/theory.md §14). */
    LowerBound lowerBound(Matrix residual, double objective) {
        Matrix gradient = gradient(residual);
        double entryError = DualBound.entryError(data.rows());
        Polar polar = Polar.of(ClassGram.ofGroups(groups.sizes(), gradient));
        double cancelling = loss.isPlain() ? 0 : largestTerms(residual);
        double gauge = polar.upper() + entryError * (absoluteNorm(gradient) + cancelling);
        double[] multiplicity = new double[size()];
        Arrays.setAll(multiplicity, a -> groups.sizes()[a]);
        double smallest = Arrays.stream(groups.counts()).min().orElseThrow();
        BiasCost cost = BiasCost.of(
                problem,
                biasGradient(residual),
                multiplicity,
                DualBound.absoluteResidual(data, residual),
                data.rows() + data.columns(),
                objective,
                smallest);
        return DualBound.of(data, residual, gauge, problem.mu(), cost);
    }

    /** The columns of ∇g of one class of each group: residuals times √n/N. */
    Matrix gradient(Matrix residual) {
        Matrix gradient = residual.copy();
        for (int a = 0; a < size(); a++) {
            double factor = Math.sqrt(groups.counts()[a]) / groups.samples();
            for (int h = 0; h < rows(); h++) {
                gradient.set(h, a, gradient.get(h, a) * factor);
            }
        }
        return gradient;
    }

    /** The derivative of g with respect to the bias of one class of each group. */
    double[] biasGradient(Matrix residual) {
        double[] sums = new double[size()];
        for (int a = 0; a < size(); a++) {
            for (int h = 0; h < rows(); h++) {
                int b = biasGroup(h, a);
                sums[b] += data.weight(a) * data.multiplicity(h, a) / groups.sizes()[b] * residual.get(h, a);
            }
        }
        return sums;
    }

    /** {@code √(‖∇g‖₁‖∇g‖_∞)}, a bound on the norm of the absolute values. */
    private double absoluteNorm(Matrix gradient) {
        double largestColumn = 0;
        double[] rowSums = new double[size()];
        for (int a = 0; a < size(); a++) {
            double column = 0;
            for (int h = 0; h < rows(); h++) {
                double entry = Math.abs(gradient.get(h, a));
                column += data.multiplicity(h, a) * entry;
                int b = biasGroup(h, a);
                rowSums[b] += (h == a ? groups.sizes()[a] - 1 : h == size() ? 1 : groups.sizes()[a]) * entry;
            }
            largestColumn = Math.max(largestColumn, column);
        }
        return Math.sqrt(largestColumn) * Math.sqrt(Arrays.stream(rowSums).max().orElseThrow());
    }

    /** What the own entries of non-plain losses are summed from. */
    private double largestTerms(Matrix residual) {
        double largest = 0;
        for (int a = 0; a < size(); a++) {
            double factor = Math.sqrt(groups.counts()[a]) / groups.samples();
            largest = Math.max(largest, factor * data.absoluteResidual(residual, a));
        }
        return largest;
    }
}
