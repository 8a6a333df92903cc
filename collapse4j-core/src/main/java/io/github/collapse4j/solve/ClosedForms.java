package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.UfmProblem;

/** Global minima of the convex twin in closed form (docs/theory.md §5, §6). */
final class ClosedForms {
    private ClosedForms() {}

    /** Whether there is a formula: exchangeable classes, or plain squared error with no bias or a free one. */
    static boolean apply(UfmProblem problem, ClassGroups groups) {
        boolean exchangeable = groups.groups() == 1
                && problem.loss()
                        .balancedScale(problem.classes(), balancedReach(problem, groups))
                        .isPresent();
        return exchangeable || (problem.loss().isPlain() && problem.hasClosedFormAtEveryDimension());
    }

    private static double balancedReach(UfmProblem problem, ClassGroups groups) {
        return problem.mu() * Math.sqrt(groups.counts()[0]);
    }

    /** Softmax losses of exchangeable classes, any bias (§5). */
    static TwinPoint balanced(UfmProblem problem, ClassGroups groups) {
        double scale = problem.loss()
                .balancedScale(problem.classes(), balancedReach(problem, groups))
                .orElseThrow();
        double separation = scale * Math.sqrt(groups.counts()[0]);
        return new TwinPoint(new double[] {separation}, Matrix.zeros(1, 1), new double[1]);
    }
}
