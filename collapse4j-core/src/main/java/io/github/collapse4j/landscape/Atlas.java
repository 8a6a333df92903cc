package io.github.collapse4j.landscape;

import io.github.collapse4j.model.UfmProblem;
import java.util.List;

/**
 * Critical points of one problem, one of each kind found: the result of a search, which need not have found all.
 *
 * @param problem the problem
 * @param options how it was searched
 * @param points by rank, then by value
 * @param searches searches made, of every sort
 * @param unpolished searches that reached no point of the required gradient norm
 * @param descents where the descents from random starts ended, for each feature dimension from 1 to the largest rank
 */
public record Atlas(
        UfmProblem problem,
        AtlasOptions options,
        List<CriticalPoint> points,
        int searches,
        int unpolished,
        List<DescentTally> descents) {
    public Atlas {
        points = List.copyOf(points);
        descents = List.copyOf(descents);
    }

    /** What the theorems say about these points, each with the number of points tested and of violations. */
    public List<TheoremCheck> theoremChecks() {
        return TheoremChecks.of(this);
    }
}
