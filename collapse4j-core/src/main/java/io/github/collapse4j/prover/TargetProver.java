package io.github.collapse4j.prover;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.proof.DualPoint;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.ExactPoint;
import io.github.collapse4j.proof.Proof;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.solve.TargetSolution;
import io.github.collapse4j.solve.TargetSolver;

/** Creates proofs of lower bounds and of global minima for samples with targets. */
public final class TargetProver {
    private final ExactModel model;
    private final TargetSolution solution;

    private TargetProver(ExactModel model, TargetSolution solution) {
        this.model = model;
        this.solution = solution;
    }

    /** Solves a model with targets in d dimensions, 1 ≤ d ≤ K. */
    public static TargetProver of(ExactModel model, int d) {
        return new TargetProver(model, solve(Translation.problem(model, d)));
    }

    private static TargetSolution solve(UfmProblem problem) {
        return new TargetSolver(SolveOptions.defaults()).solve(problem);
    }

    /** The solution that the proofs are about, in doubles. */
    public TargetSolution solution() {
        return solution;
    }

    /** A lower bound for every feature dimension. */
    public Proof.GlobalLowerBound lowerBound() {
        return new Proof.GlobalLowerBound(model, dual());
    }

    /** The point of the solution is global to within a width slightly above the smallest possible. */
    public Proof.GlobalMinimum globalMinimum() {
        ExactPoint point = Translation.exact(solution.point(), model.bias());
        DualPoint dual = dual();
        double width = BoundProver.width(new Proof.GlobalMinimum(model, point, dual, BoundProver.MAX_WIDTH));
        return new Proof.GlobalMinimum(model, point, dual, Math.max(Double.MIN_NORMAL, width));
    }

    /** The global minimum if the solution meets its bound, and otherwise the lower bound. */
    public Proof strongest() {
        return solution.relativeGap() <= BoundProver.RELATIVE_GAP ? globalMinimum() : lowerBound();
    }

    /** The residuals at the minimum of the twin, which may need more dimensions than the solution has. */
    private DualPoint dual() {
        UfmProblem problem = solution.problem();
        TargetSolution twin = solution.reachesTwin()
                ? solution
                : solve(problem.withFeatureDimension(Math.max(1, problem.maximalRank())));
        return TrainedDual.of(model, UfmModel.reduced(twin.problem()), twin.point());
    }
}
