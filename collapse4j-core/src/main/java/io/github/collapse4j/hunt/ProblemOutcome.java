package io.github.collapse4j.hunt;

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

    /** How many descents ended at the global minimum (or the lowest value known, where none is certified). */
    public long reachedGlobal() {
        return findings.stream()
                .filter(Finding::global)
                .mapToLong(Finding::count)
                .sum();
    }

    /** Whether the optimum is certified at this dimension. */
    public boolean isCertified() {
        return optimum instanceof Solution.GlobalMinimum;
    }

    /** The findings that are not global minima. */
    public List<Finding> others() {
        return findings.stream().filter(finding -> !finding.global()).toList();
    }
}
