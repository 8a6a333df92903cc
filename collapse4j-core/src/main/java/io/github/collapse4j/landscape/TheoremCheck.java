package io.github.collapse4j.landscape;

/**
 * A statement about critical points, tested on an atlas.
 *
 * @param statement one sentence
 * @param tested points it applies to
 * @param violations points at which it fails
 * @param worst what came closest to a violation, in the measure of {@code measure}; 0 if nothing was tested
 * @param tolerance a point whose measure exceeds this is a violation
 * @param measure what {@code worst} measures
 */
public record TheoremCheck(
        String statement, int tested, int violations, double worst, double tolerance, String measure) {
    public boolean holds() {
        return violations == 0;
    }
}
