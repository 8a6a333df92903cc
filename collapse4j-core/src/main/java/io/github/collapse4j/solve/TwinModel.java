package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.DualBound;
import io.github.collapse4j.certificate.DualBound.BiasCost;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.ProvedBound;
import io.github.collapse4j.linalg.ColumnBlocks;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SpectralNorm;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.UfmProblem;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The convex twin {@code min g(R, b) + μ‖R‖_* + λ_b/2·‖b‖²} in the coordinates of {@link TwinPoint}: 2G + G² unknowns,
 * whatever the number of classes (docs/theory.md §4, §6). Logits are stored as {@code (G+1)×G}: column g is a sample of
 * a class of group g, row h the logit of another class of group h, the last row the logit of the own class.
 */
final class TwinModel {
    private final UfmProblem problem;
    private final ClassGroups groups;
    private final DataTerm data;

    TwinModel(UfmProblem problem, ClassGroups groups) {
        this.problem = problem;
        this.groups = groups;
        double[] weights = new double[groups.groups()];
        for (int g = 0; g < weights.length; g++) {
            weights[g] = groups.sizes()[g] * groups.counts()[g] / groups.samples();
        }
        this.data = DataTerm.ofGroups(groups.lossOfGroups(problem.loss()), groups.sizes(), weights);
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

    DataTerm data() {
        return data;
    }

    /** Gradients of the data term with respect to the coordinates of a point. */
    record Gradient(double[] separation, Matrix core, double[] bias) {
        static Gradient zeros(int groups) {
            return new Gradient(new double[groups], Matrix.zeros(groups, groups), new double[groups]);
        }
    }

    /** {@link io.github.collapse4j.model.Loss#collapseThreshold} of the classes of a group. */
    OptionalDouble collapseThreshold(int group) {
        return data.loss().collapseThreshold(group);
    }

    Matrix newLogits() {
        return Matrix.zeros(size() + 1, size());
    }

    /** The logits as a linear function of separation, core and bias. */
    void logits(double[] separation, Matrix core, double[] bias, Matrix into) {
        int n = size();
        double[] z = into.data();
        double[] c = core.data();
        ColumnBlocks.forEach(n + 1, n, (from, to) -> {
            for (int g = from; g < to; g++) {
                double size = groups.sizes()[g];
                double root = Math.sqrt(groups.counts()[g]);
                int column = g * (n + 1);
                for (int h = 0; h < n; h++) {
                    z[column + h] = c[g * n + h] / (Math.sqrt(groups.sizes()[h] * size) * root) + bias[h];
                }
                z[column + g] = (c[g * n + g] - separation[g]) / (size * root) + bias[g];
                z[column + n] = (separation[g] * (1 - 1 / size) + c[g * n + g] / size) / root + bias[g];
            }
        });
    }

    /** The adjoint of {@link #logits} applied to the weighted residuals. */
    void adjoint(Matrix residual, Gradient into) {
        int n = size();
        double[] e = residual.data();
        double[] c = into.core().data();
        ColumnBlocks.forEach(n + 1, n, (from, to) -> {
            for (int g = from; g < to; g++) {
                double size = groups.sizes()[g];
                double factor = Math.sqrt(groups.counts()[g]) / groups.samples();
                int column = g * (n + 1);
                for (int h = 0; h < n; h++) {
                    c[g * n + h] = factor * Math.sqrt(groups.sizes()[h] * size) * e[column + h];
                }
                double same = size > 1 ? e[column + g] : 0;
                c[g * n + g] = factor * (e[column + n] + (size - 1) * same);
                into.separation()[g] = (size - 1) * factor * (e[column + n] - same);
            }
        });
        Arrays.fill(into.bias(), 0);
        if (problem.bias().isPresent()) {
            for (int g = 0; g < n; g++) {
                double weight = data.weight(g);
                for (int h = 0; h < n; h++) {
                    into.bias()[h] += weight * data.multiplicity(h, g) * e[g * (n + 1) + h];
                }
                into.bias()[g] += weight * e[g * (n + 1) + n];
            }
        }
    }

    /** {@code μ·Σ(m_g − 1)a_g + λ_b/2·Σ m_g b_g²}: the penalty without the core's nuclear norm. */
    double outerPenalty(double[] separation, double[] bias) {
        double sum = 0;
        for (int g = 0; g < size(); g++) {
            sum += problem.mu() * (groups.sizes()[g] - 1) * separation[g]
                    + problem.bias().lambda() / 2 * groups.sizes()[g] * bias[g] * bias[g];
        }
        return sum;
    }

    /** The twin's objective, which equals that of the best factorisation. */
    double value(TwinPoint point) {
        Matrix logits = newLogits();
        logits(point.separation(), point.core(), point.bias(), logits);
        return data.value(logits)
                + outerPenalty(point.separation(), point.bias())
                + problem.mu() * Vectors.sum(LinearAlgebra.singularValues(point.core()));
    }

    /** The certified lower bound from a point's residuals; with a free bias it is tight only if ∇g·1 = 0. */
    LowerBound lowerBound(Matrix residual, Gradient gradient, double objective) {
        double entryError = DualBound.entryError(problem.classes());
        double sigma = SpectralNorm.upperBound(gradient.core(), entryError) + diagonalError(residual, entryError);
        double[] perClass = new double[size()];
        double[] sizes = new double[size()];
        double smallest = Double.POSITIVE_INFINITY;
        for (int g = 0; g < size(); g++) {
            sizes[g] = groups.sizes()[g];
            if (sizes[g] > 1) {
                double separation = Math.abs(gradient.separation()[g]) / (sizes[g] - 1) * (1 + entryError);
                // Own entries of plain losses have terms of one sign, and the relative error that this allows for.
                double cancelling = problem.loss().isPlain() ? 0 : entryError * columnTerms(residual, g);
                sigma = Math.max(sigma, separation + cancelling);
            }
            perClass[g] = gradient.bias()[g] / sizes[g];
            smallest = Math.min(smallest, groups.counts()[g]);
        }
        BiasCost cost = BiasCost.of(
                problem,
                perClass,
                sizes,
                DualBound.absoluteResidual(data, residual),
                data.rows() + data.columns(),
                objective,
                smallest);
        return DualBound.of(data, residual, sigma, problem.mu(), cost);
    }

    /** {@link #lowerBound} as a theorem. */
    LowerBound provedBound(Matrix residual) {
        double[] sizes = Arrays.stream(groups.sizes()).asDoubleStream().toArray();
        return ProvedBound.of(problem, data, sizes, groups.counts(), residual);
    }

    /** The core's diagonal is a sum that may cancel: its error is relative to the sum's terms, not to the sum. */
    private double diagonalError(Matrix residual, double entryError) {
        double largest = 0;
        for (int g = 0; g < size(); g++) {
            largest = Math.max(largest, columnTerms(residual, g));
        }
        return entryError * largest;
    }

    /** What the diagonal entries of a group are summed from; with soft targets the own entry is itself a sum over all. */
    private double columnTerms(Matrix residual, int g) {
        double terms = problem.loss().isPlain()
                ? Math.abs(residual.get(size(), g)) + (groups.sizes()[g] - 1.0) * Math.abs(residual.get(g, g))
                : data.absoluteResidual(residual, g);
        return Math.sqrt(groups.counts()[g]) / groups.samples() * terms;
    }
}
