package io.github.collapse4j.landscape;

/**
 * How descents from random starts in one feature dimension d' are distributed over the critical points where they
 * ended.
 *
 * @param dimension d'
 * @param starts number of descents
 * @param points number of distinct critical points where they ended
 * @param foundOnce number of points where exactly one of them ended
 */
public record DescentTally(int dimension, int starts, int points, int foundOnce) {
    /**
     * Good's estimate (Biometrika 40, 1953, 237–264) of the probability that one more random start ends at a new point:
     * {@code foundOnce/starts}; 0 without starts.
     */
    public double unseenShare() {
        return starts == 0 ? 0 : (double) foundOnce / starts;
    }
}
