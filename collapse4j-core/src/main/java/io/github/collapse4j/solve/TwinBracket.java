package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.LowerBound;

/**
 * The twin's minimum between two numbers: what a certificate needs of it, which is less than a solution.
 *
 * @param lower a certified lower bound of the model's objective at every feature dimension
 * @param upper the value of a point of the twin with the true class counts: its minimum is not above it
 * @param origin where the bound comes from
 * @param rankAtLeast the rank of every solution of the twin is at least this
 * @param rankAtMost some solution of the twin has at most this rank; equal to {@code rankAtLeast} where the twin was solved
 */
public record TwinBracket(LowerBound lower, double upper, Origin origin, int rankAtLeast, int rankAtMost) {

    /** Where a bound comes from. */
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

    /** Whether layers of this feature dimension reach the twin's minimum for sure. */
    public boolean isReachedAt(int featureDimension) {
        return featureDimension >= rankAtMost;
    }

    /** Whether no layer of this feature dimension reaches the twin's minimum. */
    public boolean isOutOfReachAt(int featureDimension) {
        return featureDimension < rankAtLeast;
    }
}
