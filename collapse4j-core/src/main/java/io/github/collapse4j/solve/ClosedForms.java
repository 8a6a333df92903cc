package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmProblem;

/** Global minima of the convex twin in closed form (docs/theory.md §5, §6). */
final class ClosedForms {
    private ClosedForms() {}

    /** Whether there is a formula: balanced classes, or squared error with no bias or a free one. */
    static boolean apply(UfmProblem problem, ClassGroups groups) {
        return groups.groups() == 1
                || !(problem.loss() instanceof CrossEntropy || problem.bias() instanceof Bias.Regularised);
    }

    /**
     * The scale s of balanced logits {@code s(e_k − 1/K)} for n samples per class (§5); 0 above the threshold for μ.
     */
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

    /** Cross-entropy with equal counts, any bias (§5). */
    static TwinPoint balancedCrossEntropy(UfmProblem problem, ClassGroups groups) {
        double n = groups.counts()[0];
        double separation = balancedScale(problem, n) * Math.sqrt(n);
        return new TwinPoint(new double[] {separation}, Matrix.zeros(1, 1), new double[1]);
    }
}
