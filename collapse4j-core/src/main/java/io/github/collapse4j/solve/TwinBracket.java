package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.LowerBound;

/**
 * An interval that contains the twin's minimum: all that a certificate needs, and cheaper than a solution.
 *
 * @param lower a certified lower bound on the model's objective at every feature dimension
 * @param upper the value of a point of the twin with the true class counts, an upper bound on its minimum
 * @param origin the origin of the lower bound
 * @param rankAtLeast a lower bound on the rank of every solution of the twin
 * @param rankAtMost an upper bound on the rank of some solution of the twin; equal to {@code rankAtLeast} if the twin
 *     was solved
 */
public record TwinBracket(LowerBound lower, double upper, Origin origin, int rankAtLeast, int rankAtMost) {

    /** The origin of a bound. */
    public enum Origin {
        /** The residuals of a given point. */
        GIVEN_POINT,
        /** A formula for the twin's solution. */
        CLOSED_FORM,
        /** Newton's method on groups of equal counts. */
        NEWTON_ON_GROUPS,
        /** Newton's method on coarser groups, lifted to the true counts (docs/theory.md §6). */
        LIFTED
    }

    /** The bracket of a solved twin. */
    static TwinBracket of(TwinSolution twin, Origin origin) {
        return new TwinBracket(twin.lowerBound(), twin.objective(), origin, twin.rank(), twin.rank());
    }

    /** Whether the twin's rank is known. */
    public boolean isRankKnown() {
        return rankAtLeast == rankAtMost;
    }

    /** Whether layers of this feature dimension certainly reach the twin's minimum. */
    public boolean isReachedAt(int featureDimension) {
        return featureDimension >= rankAtMost;
    }

    /** Whether no layer of this feature dimension reaches the twin's minimum. */
    public boolean isOutOfReachAt(int featureDimension) {
        return featureDimension < rankAtLeast;
    }
}
