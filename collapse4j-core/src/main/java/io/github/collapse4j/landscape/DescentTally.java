package io.github.collapse4j.landscape;

/**
 * How descents from random starts in one feature dimension d' are spread over the critical points at which they ended.
 *
 * @param dimension d'
 * @param starts descents made
 * @param points distinct critical points at which they ended
 * @param foundOnce points at which exactly one of them ended
 */
public record DescentTally(int dimension, int starts, int points, int foundOnce) {
    /**
     * Good's estimate (Biometrika 40, 1953, 237–264) of the probability that one more random start ends at a point at which
     * none of these ended: {@code foundOnce/starts}; 0 where there were no starts.
     */
    public double unseenShare() {
        return starts == 0 ? 0 : (double) foundOnce / starts;
    }
}
