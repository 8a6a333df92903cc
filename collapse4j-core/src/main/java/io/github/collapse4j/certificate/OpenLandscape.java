package io.github.collapse4j.certificate;

import io.github.collapse4j.model.UfmProblem;
import java.util.Optional;

/**
 * Witness that no theorem of docs/theory.md §4 excludes minima that are not global ones, or saddles of full rank. It cannot
 * be had for a problem of benign landscape, and a verdict that a theorem excludes cannot be built without it.
 */
public final class OpenLandscape {
    private final UfmProblem problem;

    private OpenLandscape(UfmProblem problem) {
        this.problem = problem;
    }

    /** The witness, empty where {@link UfmProblem#hasBenignLandscape()}. */
    static Optional<OpenLandscape> of(UfmProblem problem) {
        return problem.hasBenignLandscape() ? Optional.empty() : Optional.of(new OpenLandscape(problem));
    }

    /** The problem that it was given for. */
    UfmProblem problem() {
        return problem;
    }
}
