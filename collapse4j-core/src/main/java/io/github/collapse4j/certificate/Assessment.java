package io.github.collapse4j.certificate;

/**
 * Everything found out about a point.
 *
 * @param facts measured facts
 * @param bound the certified lower bound of the global minimum
 * @param verdict what the point is
 */
public record Assessment(CriticalPointFacts facts, LowerBound bound, Verdict verdict) {
    /** The certified relative gap of the point. */
    public double relativeGap() {
        return bound.relativeGap(facts.objective());
    }
}
