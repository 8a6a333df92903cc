package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmProblem;
import java.util.Optional;

/**
 * Global minima of the convex twin that can be written down (docs/theory.md §5, §6): balanced classes with either loss and
 * any bias, and squared error with no bias or a free one for any counts.
 */
final class ClosedForms {
    private ClosedForms() {}

    /** The solution, where there is a formula. */
    static Optional<TwinPoint> solve(UfmProblem problem, ClassGroups groups) {
        if (problem.loss() instanceof CrossEntropy) {
            return groups.groups() == 1 ? Optional.of(balancedCrossEntropy(problem, groups)) : Optional.empty();
        }
        if (problem.bias() instanceof Bias.Regularised regularised) {
            return groups.groups() == 1
                    ? Optional.of(balancedSquaredError(problem, groups, regularised.lambda()))
                    : Optional.empty();
        }
        return Optional.of(softThresholded(problem, groups));
    }

    /** The scale s of balanced logits {@code s(e_k − 1/K)} for n samples per class (§5); 0 above the threshold of μ. */
    static double balancedScale(UfmProblem problem, double perClass) {
        double classes = problem.classes();
        double reach = problem.mu() * Math.sqrt(perClass);
        if (reach * classes >= 1) {
            return 0;
        }
        return problem.loss() instanceof CrossEntropy
                ? Math.log((1 - reach * (classes - 1)) / reach)
                : 1 - reach * classes;
    }

    private static TwinPoint balancedCrossEntropy(UfmProblem problem, ClassGroups groups) {
        double n = groups.counts()[0];
        double separation = groups.classes() == 1 ? 0 : balancedScale(problem, n) * Math.sqrt(n);
        return new TwinPoint(new double[] {separation}, Matrix.zeros(1, 1), new double[1]);
    }

    /** The differences of classes shrink by the common scale, the mean direction by its own; the bias takes the rest. */
    private static TwinPoint balancedSquaredError(UfmProblem problem, ClassGroups groups, double lambdaB) {
        double n = groups.counts()[0];
        double classes = groups.classes();
        double meanScale = Math.max(0, 1 - problem.mu() * classes * Math.sqrt(n) * (1 + lambdaB) / lambdaB);
        double separation = classes == 1 ? 0 : balancedScale(problem, n) * Math.sqrt(n);
        double bias = (1 - meanScale) / classes / (1 + lambdaB);
        return new TwinPoint(
                new double[] {separation}, Matrix.ofRows(new double[] {meanScale * Math.sqrt(n)}), new double[] {bias});
    }

    /**
     * Squared error, no bias or a free one: the singular values of the scaled targets, with a free bias of the centred
     * targets diag(√n_k)(I − q qᵀ), shrink by μN. At λ_b = 0 the centred features leave b_k = n_k/N.
     */
    private static TwinPoint softThresholded(UfmProblem problem, ClassGroups groups) {
        int n = groups.groups();
        boolean free = problem.bias() instanceof Bias.Free;
        double threshold = problem.mu() * groups.samples();
        double[] separation = new double[n];
        double[] bias = new double[n];
        Matrix target = Matrix.zeros(n, n);
        for (int g = 0; g < n; g++) {
            double root = Math.sqrt(groups.counts()[g]);
            separation[g] = groups.sizes()[g] > 1 ? Math.max(0, root - threshold) : 0;
            bias[g] = free ? groups.counts()[g] / groups.samples() : 0;
            target.set(g, g, root);
            for (int h = 0; free && h < n; h++) {
                double qh = Math.sqrt(groups.sizes()[h] * groups.counts()[h] / groups.samples());
                double qg = Math.sqrt(groups.sizes()[g] * groups.counts()[g] / groups.samples());
                target.set(h, g, target.get(h, g) - Math.sqrt(groups.counts()[h]) * qh * qg);
            }
        }
        return new TwinPoint(separation, shrink(target, threshold), bias);
    }

    private static Matrix shrink(Matrix target, double threshold) {
        Svd svd = LinearAlgebra.svd(target);
        Matrix scaled = svd.u().copy();
        for (int j = 0; j < scaled.columns(); j++) {
            double value = Math.max(0, svd.values()[j] - threshold);
            for (int i = 0; i < scaled.rows(); i++) {
                scaled.set(i, j, scaled.get(i, j) * value);
            }
        }
        return LinearAlgebra.multiply(scaled, Op.NONE, svd.v(), Op.TRANSPOSE);
    }
}
