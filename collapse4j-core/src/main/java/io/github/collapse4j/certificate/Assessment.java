package io.github.collapse4j.certificate;

import java.util.Locale;

/**
 * All findings about a point.
 *
 * @param facts measured facts
 * @param bound certified lower bound on the global minimum
 * @param verdict the verdict
 */
public record Assessment(CriticalPointFacts facts, LowerBound bound, Verdict verdict) {
    /** The certified relative gap of the point. */
    public double relativeGap() {
        return bound.relativeGap(facts.objective());
    }

    /** The verdict, and the main facts. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: objective %.6g, lower bound %.6g, relative gap %.2e, rank %d",
                verdict.name(),
                facts.objective(),
                bound.value(),
                relativeGap(),
                facts.rank());
    }
}
