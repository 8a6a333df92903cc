package io.github.collapse4j.atlas;

import io.github.collapse4j.model.UfmProblem;
import java.util.List;

/**
 * Critical points of one problem, one of each kind found.
 *
 * @param problem the problem
 * @param options how it was searched
 * @param points by rank, then by value
 * @param searches searches made
 * @param unpolished searches that reached no point of the required gradient norm
 */
public record Atlas(
        UfmProblem problem, AtlasOptions options, List<CriticalPoint> points, int searches, int unpolished) {
    /** What the theorems say about these points, each with the number of points tested and of violations. */
    public List<TheoremCheck> theoremChecks() {
        return TheoremChecks.of(this);
    }
}
