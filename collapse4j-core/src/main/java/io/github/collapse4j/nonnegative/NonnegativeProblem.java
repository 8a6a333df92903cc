package io.github.collapse4j.nonnegative;

import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.UfmProblem;
import java.io.Serializable;

/**
 * A model whose features cannot be negative (docs/theory.md §14): minimise the objective of {@code free} over W, b and
 * {@code H ≥ 0}. A type of its own, because what holds for free features, from the rank to the verdicts, does not hold
 * here.
 *
 * @param free the same model without the constraint
 */
public record NonnegativeProblem(UfmProblem free) implements Serializable {
    /** {@link FeatureDomain#NONNEGATIVE}. */
    public FeatureDomain domain() {
        return FeatureDomain.NONNEGATIVE;
    }

    /** The same problem with another feature dimension. */
    public NonnegativeProblem withFeatureDimension(int d) {
        return new NonnegativeProblem(free.withFeatureDimension(d));
    }
}
