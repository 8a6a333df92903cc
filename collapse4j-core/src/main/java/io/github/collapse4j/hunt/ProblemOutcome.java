package io.github.collapse4j.hunt;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.Solution;
import java.util.List;

/**
 * What the hunt found on one problem.
 *
 * @param problem the problem
 * @param optimum the solver's solution: the certified global minimum, or below the certified dimension the best of its own
 *     starts
 * @param starts descents made
 * @param diverged descents that ended at no finite value
 * @param findings the values at which they ended, ascending
 */
public record ProblemOutcome(UfmProblem problem, Solution optimum, long starts, long diverged, List<Finding> findings) {
    public ProblemOutcome {
        findings = List.copyOf(findings);
    }

    /** How many descents ended like this; the counts of all ends add up to {@link #starts}. */
    public long count(DescentEnd end) {
        long finite = findings.stream()
                .filter(finding -> finding.end() == end)
                .mapToLong(Finding::count)
                .sum();
        return end == DescentEnd.NOT_CONVERGED ? finite + diverged : finite;
    }

    /** Whether a bound certifies the solver's optimum, or where a descent ended, as the global minimum at this dimension. */
    public boolean isCertified() {
        return optimum.relativeGap() <= Assessor.Options.defaults().relativeGap()
                || count(DescentEnd.CERTIFIED_GLOBAL_MINIMUM) > 0;
    }

    /** The lowest value known of the problem: the solver's or that of a descent. */
    public double lowestKnown() {
        return findings.isEmpty()
                ? optimum.objective()
                : Math.min(optimum.objective(), findings.get(0).objective());
    }

    /** The findings that are neither a certified global minimum nor the lowest known. */
    public List<Finding> others() {
        return findings.stream()
                .filter(finding -> finding.end() != DescentEnd.CERTIFIED_GLOBAL_MINIMUM
                        && finding.end() != DescentEnd.LOWEST_KNOWN)
                .toList();
    }
}
