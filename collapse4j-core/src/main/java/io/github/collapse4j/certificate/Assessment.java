package io.github.collapse4j.certificate;

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
}
