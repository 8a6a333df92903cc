package io.github.collapse4j.certificate;

import io.github.collapse4j.model.UfmProblem;
import java.util.Optional;

/**
 * Witness that no theorem of docs/theory.md §4 excludes non-global minima or saddles of full rank. It does not exist
 * for a problem with a benign landscape, and a verdict that a theorem excludes cannot be constructed without it.
 */
public final class OpenLandscape {
    private final UfmProblem problem;

    private OpenLandscape(UfmProblem problem) {
        this.problem = problem;
    }

    /** The witness; empty if {@link UfmProblem#hasBenignLandscape()}. */
    static Optional<OpenLandscape> of(UfmProblem problem) {
        return problem.hasBenignLandscape() ? Optional.empty() : Optional.of(new OpenLandscape(problem));
    }

    /** The witness for the problem with features H ≥ 0, whose landscape no number of dimensions makes benign (§14). */
    public static OpenLandscape ofNonnegativeFeatures(UfmProblem problem) {
        return new OpenLandscape(problem);
    }

    /** The problem for which it was issued. */
    UfmProblem problem() {
        return problem;
    }
}
