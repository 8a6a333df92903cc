package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Brackets the minimum of the convex twin as closely as a question about one point requires: first with a few groups of
 * neighbouring counts, whose residuals are lifted to the true counts, then with more and more until the question is
 * settled. If there are few groups of equal counts, they are solved to the end, which is cheap. Uses no random starts,
 * at any feature dimension.
 */
public final class TwinBracketing {
    /** Maximum number of groups of equal counts for which the twin is solved to full accuracy. */
    private static final int EXACT_GROUPS = 32;

    /** Ratio of the largest to the smallest count of a group, level by level; 1 means groups of equal counts. */
    private static final double[] RATIOS = {4, 1.5, 1.1, 1.02, 1};

    /** A level is accurate enough when its own gap is this fraction of what lifting leaves open. */
    private static final double SOLVED = 0.2;

    private final SolveOptions options;
    private final SolveListener listener;

    /** The options set the accuracy with which a few groups are solved. */
    public TwinBracketing(SolveOptions options, SolveListener listener) {
        this.options = options;
        this.listener = listener;
    }

    /**
     * When a bracket is tight enough for a point.
     *
     * @param objective the point's value f
     * @param share the share of the excess, f minus the twin's minimum, that may remain open
     * @param relativeGap a certified relative gap of f that settles the question
     */
    public record Goal(double objective, double share, double relativeGap) {
        boolean isMet(LowerBound lower, double upper) {
            return lower.relativeGap(objective) <= relativeGap || upper - lower.value() <= share * (objective - upper);
        }
    }

    /**
     * Brackets the twin's minimum.
     *
     * @param ofPoint supplies the bound from the point itself; called only if solving is not cheap, and if it settles
     *     the question, nothing is solved
     */
    public TwinBracket bracket(UfmProblem problem, Goal goal, Supplier<LowerBound> ofPoint) {
        ClassGroups finest = ClassGroups.of(problem.counts());
        boolean formula = ClosedForms.apply(problem, finest);
        if (formula || finest.groups() <= EXACT_GROUPS || problem.loss() instanceof SquaredError) {
            return TwinBracket.of(
                    ExactTwin.solve(problem, finest, options, listener),
                    formula ? TwinBracket.Origin.CLOSED_FORM : TwinBracket.Origin.NEWTON_ON_GROUPS);
        }
        LowerBound given = ofPoint.get();
        return goal.isMet(given, goal.objective())
                ? new TwinBracket(
                        given,
                        goal.objective(),
                        TwinBracket.Origin.GIVEN_POINT,
                        rankAtLeast(problem, finest),
                        problem.maximalRank())
                : refine(problem, finest, goal);
    }

    private TwinBracket refine(UfmProblem problem, ClassGroups finest, Goal goal) {
        Deque<ClassGroups> levels = levels(finest);
        TwinModel model = new TwinModel(problem, levels.pop());
        Level level = new Level(model, finest, goal);
        TwinPoint point = level.solve(TwinSolver.initialPoint(model));
        TwinBracket best = level.bracket();
        while (!levels.isEmpty() && !goal.isMet(best.lower(), best.upper())) {
            TwinModel finer = new TwinModel(problem, levels.pop());
            level = new Level(finer, finest, goal);
            point = level.solve(Prolongation.prolong(model, point, finer));
            best = tighter(best, level.bracket());
            model = finer;
        }
        return best;
    }

    /** The levels from coarsest to finest, each with at least about twice the groups of the one before. */
    private static Deque<ClassGroups> levels(ClassGroups finest) {
        Deque<ClassGroups> levels = new ArrayDeque<>();
        levels.push(finest);
        for (int i = RATIOS.length - 2; i >= 0; i--) {
            ClassGroups coarser = finest.withinRatio(RATIOS[i]);
            if (2 * coarser.groups() <= levels.getFirst().groups()) {
                levels.push(coarser);
            }
        }
        return levels;
    }

    private static TwinBracket tighter(TwinBracket one, TwinBracket other) {
        TwinBracket lower = one.lower().value() > other.lower().value() ? one : other;
        return new TwinBracket(
                lower.lower(),
                Math.min(one.upper(), other.upper()),
                lower.origin(),
                other.rankAtLeast(),
                other.rankAtMost());
    }

    /**
     * A lower bound on the rank of every solution: classes of equal counts n are distinguished if and only if √n &gt;
     * μN (docs/theory.md §6).
     */
    static int rankAtLeast(UfmProblem problem, ClassGroups groups) {
        int rank = 0;
        for (int g = 0; g < groups.groups(); g++) {
            boolean separate = Math.sqrt(groups.counts()[g]) > problem.mu() * groups.samples() * (1 + 1e-9);
            rank += separate ? groups.sizes()[g] - 1 : 0;
        }
        return rank;
    }

    /** One grouping, solved until its lifted bound settles the question or can hardly improve. */
    private final class Level implements TwinSolver.Watch {
        private final TwinModel model;
        private final ClassGroups finest;
        private final Goal goal;
        private final boolean exact;
        private final LiftedBound lift;
        private final LiftedBound own;
        private LowerBound lower;
        private double upper = Double.POSITIVE_INFINITY;

        Level(TwinModel model, ClassGroups finest, Goal goal) {
            this.model = model;
            this.finest = finest;
            this.goal = goal;
            this.exact = model.size() == finest.groups();
            this.lift = new LiftedBound(model, finest);
            this.own = new LiftedBound(model, model.groups());
            this.lower = LowerBound.NONE;
        }

        TwinPoint solve(TwinPoint start) {
            return TwinSolver.descend(model, start, options.maxIterations(), this);
        }

        @Override
        public void onIteration(TwinNewton newton, int iteration, double value, int products) {
            listener.onIteration(model.size(), iteration, value, lower.relativeGap(upper), products);
        }

        @Override
        public boolean isEnough(TwinNewton newton) {
            // Factors of the coarse problem have the same value for the true counts, because its counts are their
            // means.
            upper = Math.min(upper, newton.value());
            LowerBound lifted = lift.of(newton.residual(), upper);
            lower = lifted.value() > lower.value() ? lifted : lower;
            if (goal.isMet(lower, upper)) {
                return true;
            }
            if (exact) {
                return false;
            }
            double open =
                    newton.value() - own.of(newton.residual(), newton.value()).value();
            return open <= SOLVED * (newton.value() - lifted.value());
        }

        TwinBracket bracket() {
            return new TwinBracket(
                    lower,
                    upper,
                    exact ? TwinBracket.Origin.NEWTON_ON_GROUPS : TwinBracket.Origin.LIFTED,
                    rankAtLeast(model.problem(), finest),
                    model.problem().maximalRank());
        }
    }
}
