package io.github.collapse4j.cli.landscape;

import io.github.collapse4j.hunt.DescentEnd;
import io.github.collapse4j.hunt.ProblemOutcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the terminal, the JSON and the page say about all problems of a hunt together.
 *
 * @param starts descents made
 * @param ends how many ended like this; they add up to {@code starts}
 * @param covered descents on problems for which a theorem excludes minima that are not global
 * @param coveredCertified how many of these ended at a certified global minimum
 */
record HuntTotals(long starts, Map<DescentEnd, Long> ends, long covered, long coveredCertified) {
    static HuntTotals of(List<ProblemOutcome> outcomes) {
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

    long count(DescentEnd end) {
        return ends.getOrDefault(end, 0L);
    }
}
