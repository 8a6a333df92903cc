package io.github.collapse4j.certificate;

/**
 * A certified lower bound of the global minimum, from a feasible point of the dual problem (docs/theory.md §4).
 *
 * @param value the bound, already lowered by {@code roundOff}
 * @param sigmaMax an upper bound of σ_max(∇g) that accounts for round-off
 * @param scale the factor c that makes c∇g feasible
 * @param roundOff what was taken off for round-off in the sum and for a bias equation solved only to rounding
 */
public record LowerBound(double value, double sigmaMax, double scale, double roundOff) {
    /** {@code (objective − value)/objective}: how far above the global minimum the objective can be, relatively. */
    public double relativeGap(double objective) {
        return objective == 0 ? 0 : (objective - value) / Math.abs(objective);
    }
}
