package io.github.collapse4j.solve;

import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmProblem;

/** Solves the convex twin: by a formula, by singular value decompositions, or by Newton's method. */
final class ExactTwin {
    private ExactTwin() {}

    static TwinSolution solve(UfmProblem problem, ClassGroups groups, SolveOptions options, SolveListener listener) {
        TwinModel model = new TwinModel(problem, groups);
        if (problem.loss() instanceof SquaredError) {
            return TwinSolution.of(model, new SquaredErrorTwin(model, listener).solve());
        }
        return groups.groups() == 1
                ? TwinSolution.of(model, ClosedForms.balancedCrossEntropy(problem, groups))
                : new TwinSolver(options, listener).solve(problem);
    }
}
