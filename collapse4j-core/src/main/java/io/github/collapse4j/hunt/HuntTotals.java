package io.github.collapse4j.hunt;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All problems of a hunt together.
 *
 * @param starts number of descents
 * @param ends number of descents per outcome; they add up to {@code starts}
 * @param covered descents on problems for which a theorem excludes non-global minima
 * @param coveredCertified how many of these ended at a certified global minimum
 */
public record HuntTotals(long starts, Map<DescentEnd, Long> ends, long covered, long coveredCertified) {
    /** Adds them up. */
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

    /** How many descents ended like this. */
    public long count(DescentEnd end) {
        return ends.getOrDefault(end, 0L);
    }
}
