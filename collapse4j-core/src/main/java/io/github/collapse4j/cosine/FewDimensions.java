package io.github.collapse4j.cosine;

import java.util.Optional;

/**
 * Witness that no theorem of docs/theory.md §13 excludes local minima that are not global: {@code d < K}. A verdict that a
 * theorem excludes cannot be constructed without it.
 */
public final class FewDimensions {
    private FewDimensions() {}

    /** The witness; empty if {@link CosineProblem#excludesSpuriousMinima()}. */
    static Optional<FewDimensions> of(CosineProblem problem) {
        return problem.excludesSpuriousMinima() ? Optional.empty() : Optional.of(new FewDimensions());
    }
}
