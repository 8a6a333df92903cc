package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;

/** The lowest point that a solver found, of classes or of groups with any targets, and a bound on all points. */
public sealed interface Optimum permits Solution, TargetSolution {
    /** Solves a problem, by {@link GlobalSolver} or, if its groups are not classes, {@link TargetSolver}. */
    static Optimum of(UfmProblem problem, SolveOptions options) {
        return problem.loss().isOfClasses()
                ? new GlobalSolver(options).solve(problem)
                : new TargetSolver(options).solve(problem);
    }

    UfmProblem problem();

    /** The value found. */
    double objective();

    LowerBound lowerBound();

    /** The rank of W and H. */
    int rank();

    /** The point of the reduced model: W {@code K×d}, Ĥ {@code d×M}, b. */
    UfmPoint point();

    /** The certified relative gap, {@code (objective − bound)/objective}. */
    default double relativeGap() {
        return lowerBound().relativeGap(objective());
    }
}
