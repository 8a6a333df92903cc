package io.github.collapse4j.landscape;

import io.github.collapse4j.model.UfmProblem;
import java.util.List;

/**
 * Critical points of one problem, one representative of each kind found. The result of a search, which may have missed
 * some.
 *
 * @param problem the problem
 * @param options the options of the search
 * @param points critical points by rank, then by value
 * @param searches total number of searches, of every sort
 * @param unpolished searches that reached no point of the required gradient norm
 * @param descents where descents from random starts ended, for each feature dimension from 1 to the largest rank
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

    /** Checks the theorems on these points; each check counts the points tested and the violations. */
    public List<TheoremCheck> theoremChecks() {
        return TheoremChecks.of(this);
    }
}
