package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.CriticalPointFacts;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;

/**
 * Finds the global minimum with a certificate: in closed form where possible, otherwise by Newton's method on the
 * convex twin over groups of exchangeable classes. Only if the twin's solution needs more than d dimensions does a
 * multi-start search on the reduced model look for the best local minimum.
 */
public final class GlobalSolver {
    /** Maximum number of entries of W for a search from random starts. */
    private static final long MULTI_START_LIMIT = 20_000_000;

    private final SolveOptions options;
    private final SolveListener listener;

    public GlobalSolver(SolveOptions options) {
        this(options, SolveListener.SILENT);
    }

    public GlobalSolver(SolveOptions options, SolveListener listener) {
        this.options = options;
        this.listener = listener;
    }

    /**
     * Solves a problem.
     *
     * @throws IllegalArgumentException if the loss's groups are not classes; {@link TargetSolver} solves such problems
     */
    public Solution solve(UfmProblem problem) {
        if (!problem.loss().isOfClasses()) {
            throw new IllegalArgumentException("loss: expected groups that are classes, found any targets");
        }
        ClassGroups groups = ClassGroups.of(problem);
        boolean formula = ClosedForms.apply(problem, groups);
        TwinSolution twin = ExactTwin.solve(problem, groups, options, listener);
        boolean twinDecides = problem.featureDimension() >= problem.maximalRank() || twin.holdsAtEveryDimension();
        if (twin.rank() <= problem.featureDimension() || twinDecides) {
            Solution.Method method = formula ? Solution.Method.CLOSED_FORM : Solution.Method.NEWTON_ON_GROUPS;
            return Solution.OfTwin.of(method, twin, TwinSolution.TOLERANCE);
        }
        if ((long) problem.classes() * problem.featureDimension() > MULTI_START_LIMIT) {
            throw new IllegalArgumentException("featureDimension: the global minimum has rank " + twin.rank()
                    + "; searching below it is possible up to K·d = " + MULTI_START_LIMIT + ", found "
                    + (long) problem.classes() * problem.featureDimension());
        }
        UfmModel reduced = UfmModel.reduced(problem);
        MultiStart.Minimum best = new MultiStart(options.seed()).best(reduced, options.starts());
        int rank = CriticalPointFacts.of(reduced, best.point()).rank();
        return new Solution.BestFound(best.point(), best.objective(), rank, options.starts(), twin);
    }
}
