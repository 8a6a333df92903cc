package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;

/**
 * A solution found by {@link TargetSolver}.
 *
 * @param problem the problem solved
 * @param point the point of the reduced model: W {@code K×d}, Ĥ {@code d×M}, b
 * @param objective its value
 * @param lowerBound certified lower bound of the global minimum, from the convex twin
 * @param rank the rank of W and Ĥ
 * @param twinRank the smallest feature dimension that reaches the twin's minimum
 * @param twinObjective the value attained for the twin
 */
public record TargetSolution(
        UfmProblem problem,
        UfmPoint point,
        double objective,
        LowerBound lowerBound,
        int rank,
        int twinRank,
        double twinObjective)
        implements Optimum {

    /** Whether more feature dimensions could not lower the objective. */
    public boolean reachesTwin() {
        return problem.featureDimension() >= twinRank;
    }

    /** The verdict on the point, with the assessor's tolerances. */
    public Verdict verdict(Assessor.Options options) {
        double gap = relativeGap();
        if (gap <= options.relativeGap()) {
            return new Verdict.GlobalMinimum(objective, lowerBound, gap, options.relativeGap());
        }
        Verdict verdict =
                new Assessor(options).assess(UfmModel.reduced(problem), point).verdict();
        return verdict instanceof Verdict.LocalMinimum minimum ? minimum.withBound(lowerBound) : verdict;
    }
}
