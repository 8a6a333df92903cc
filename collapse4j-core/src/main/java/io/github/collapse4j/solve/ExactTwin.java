package io.github.collapse4j.solve;

import io.github.collapse4j.model.UfmProblem;

/** Solves the convex twin: by a formula, by singular value decompositions, or by Newton's method. */
final class ExactTwin {
    private ExactTwin() {}

    static TwinSolution solve(UfmProblem problem, ClassGroups groups, SolveOptions options, SolveListener listener) {
        TwinModel model = new TwinModel(problem, groups);
        if (problem.loss().isPlain() && problem.loss().isIsotropic()) {
            return TwinSolution.of(model, new SquaredErrorTwin(model, listener).solve());
        }
        return ClosedForms.apply(problem, groups)
                ? TwinSolution.of(model, ClosedForms.balanced(problem, groups))
                : new TwinSolver(options, listener).solve(problem);
    }
}
