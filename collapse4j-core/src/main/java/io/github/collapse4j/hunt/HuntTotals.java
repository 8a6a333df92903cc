package io.github.collapse4j.hunt;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Totals over all problems of a hunt.
 *
 * @param starts number of descents
 * @param ends number of descents per outcome; the sum is {@code starts}
 * @param covered descents on problems for which a theorem excludes non-global minima
 * @param coveredCertified number of these that ended at a certified global minimum
 */
public record HuntTotals(long starts, Map<DescentEnd, Long> ends, long covered, long coveredCertified) {
    /** Sums the outcomes of all problems. */
    public static HuntTotals of(List<ProblemOutcome> outcomes) {
        Map<DescentEnd, Long> ends = new EnumMap<>(DescentEnd.class);
        long starts = 0;
        long covered = 0;
        long coveredCertified = 0;
        for (ProblemOutcome outcome : outcomes) {
            starts += outcome.starts();
            for (DescentEnd end : DescentEnd.values()) {
                ends.merge(end, outcome.count(end), Long::sum);
            }
            if (outcome.problem().hasBenignLandscape()) {
                covered += outcome.starts();
                coveredCertified += outcome.count(DescentEnd.CERTIFIED_GLOBAL_MINIMUM);
            }
        }
        return new HuntTotals(starts, ends, covered, coveredCertified);
    }

    /** The number of descents with this outcome. */
    public long count(DescentEnd end) {
        return ends.getOrDefault(end, 0L);
    }
}
