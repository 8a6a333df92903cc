package io.github.collapse4j.certificate;

/**
 * A certified lower bound on the global minimum, from a feasible point of the dual problem (docs/theory.md §4).
 *
 * @param value the bound, already lowered by {@code roundOff}
 * @param sigmaMax an upper bound on σ_max(∇g) that accounts for round-off
 * @param scale the factor c that makes c∇g feasible
 * @param roundOff deduction for round-off in the sum and for a bias equation solved only to rounding
 * @param rounding how round-off is accounted for
 */
public record LowerBound(double value, double sigmaMax, double scale, double roundOff, Rounding rounding) {
    /** The bound 0, from c = 0: losses and penalties are nonnegative. */
    public static final LowerBound NONE = new LowerBound(0, Double.POSITIVE_INFINITY, 0, 0, Rounding.PROVED);

    /** How a bound accounts for round-off. */
    public enum Rounding {
        /** By a theorem: the bound holds for the exact model ({@link ProvedBound}). */
        PROVED("proved, round-off included"),
        /** By generous charges to first order in the unit round-off. */
        FIRST_ORDER("certified, to first order in round-off");

        private final String text;

        Rounding(String text) {
            this.text = text;
        }

        /** What may be said of the bound. */
        public String text() {
            return text;
        }
    }

    /** A bound that accounts for round-off to first order. */
    public LowerBound(double value, double sigmaMax, double scale, double roundOff) {
        this(value, sigmaMax, scale, roundOff, Rounding.FIRST_ORDER);
    }

    /**
     * {@code (objective − value)/objective}, rounded up: the largest possible relative excess of the objective over the
     * global minimum. Infinite if a number is not finite, so that no claim can rest on it.
     */
    public double relativeGap(double objective) {
        if (objective == 0) {
            return 0;
        }
        if (value == 0) {
            return Double.isFinite(objective) ? 1 : Double.POSITIVE_INFINITY;
        }
        // The difference and the quotient are rounded to nearest: each is within one unit in the last place of the
        // exact value.
        double gap = Math.nextUp(Math.nextUp(objective - value) / Math.abs(objective));
        return Double.isNaN(gap) ? Double.POSITIVE_INFINITY : gap;
    }
}
