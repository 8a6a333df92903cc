package io.github.collapse4j.landscape;

/**
 * A statement about critical points, tested on an atlas.
 *
 * @param statement one sentence
 * @param tested number of points it applies to
 * @param violations number of points where it fails
 * @param worst the largest {@code measure} found; 0 if nothing was tested
 * @param tolerance a point whose measure exceeds this is a violation
 * @param measure what {@code worst} measures
 */
public record TheoremCheck(
        String statement, int tested, int violations, double worst, double tolerance, String measure) {
    public boolean holds() {
        return violations == 0;
    }
}
