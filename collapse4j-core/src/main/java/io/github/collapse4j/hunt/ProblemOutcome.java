package io.github.collapse4j.hunt;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.Optimum;
import java.util.List;

/**
 * The result of the hunt on one problem.
 *
 * @param problem the problem
 * @param optimum the solver's solution: the certified global minimum or, below the certified dimension, the best of its
 *     own starts
 * @param starts number of descents
 * @param diverged number of descents without a finite final value
 * @param findings the final values, ascending
 */
public record ProblemOutcome(UfmProblem problem, Optimum optimum, long starts, long diverged, List<Finding> findings) {
    public ProblemOutcome {
        findings = List.copyOf(findings);
    }

    /** The number of descents with the given outcome; the counts of all outcomes add up to {@link #starts}. */
    public long count(DescentEnd end) {
        long finite = findings.stream()
                .filter(finding -> finding.end() == end)
                .mapToLong(Finding::count)
                .sum();
        return end == DescentEnd.NOT_CONVERGED ? finite + diverged : finite;
    }

    /**
     * Whether a bound certifies the solver's optimum, or the end of a descent, as the global minimum at this dimension.
     */
    public boolean isCertified() {
        return optimum.relativeGap() <= Assessor.Options.defaults().relativeGap()
                || count(DescentEnd.CERTIFIED_GLOBAL_MINIMUM) > 0;
    }

    /** The lowest known value of the problem, from the solver or a descent. */
    public double lowestKnown() {
        return findings.isEmpty()
                ? optimum.objective()
                : Math.min(optimum.objective(), findings.get(0).objective());
    }

    /** The point of the lowest known value, in the reduced model. */
    public UfmPoint lowestPoint() {
        return findings.isEmpty() || optimum.objective() <= findings.get(0).objective()
                ? optimum.point()
                : findings.get(0).point();
    }

    /** The findings that are neither a certified global minimum nor the lowest known value. */
    public List<Finding> others() {
        return findings.stream()
                .filter(finding -> finding.end() != DescentEnd.CERTIFIED_GLOBAL_MINIMUM
                        && finding.end() != DescentEnd.LOWEST_KNOWN)
                .toList();
    }
}
