package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.TrustRegionNewton;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Solves the convex twin to a certified gap: from a few coarse groups, where iterations are cheap, through finer ones
 * to the groups of equal counts, each level starting from the interpolated solution of the previous one.
 */
final class TwinSolver {
    private static final int COARSEST = 16;
    private static final int REFINEMENT = 4;
    private static final double COARSE_GAP = 1e-5;
    private static final int MAX_ESCAPES = 50;
    private static final int MAX_POLISHES = 5;
    /** The excess of σ_max/μ over 1 that shows a missing direction, and not an unfinished iteration. */
    private static final double ESCAPE_EXCESS = 1e-6;

    private final SolveOptions options;
    private final SolveListener listener;

    TwinSolver(SolveOptions options, SolveListener listener) {
        this.options = options;
        this.listener = listener;
    }

    TwinSolution solve(UfmProblem problem) {
        ClassGroups finest = ClassGroups.of(problem);
        Deque<ClassGroups> levels = new ArrayDeque<>();
        levels.push(finest);
        while (levels.peek().groups() > COARSEST) {
            ClassGroups coarser =
                    finest.coarsen(Math.max(COARSEST, levels.peek().groups() / REFINEMENT));
            if (coarser.groups() >= levels.peek().groups()) {
                break;
            }
            levels.push(coarser);
        }
        TwinModel model = new TwinModel(problem, levels.pop());
        TwinPoint point = initialPoint(model);
        while (true) {
            boolean last = levels.isEmpty();
            point = minimize(model, point, last ? options.relativeGap() : COARSE_GAP);
            if (last) {
                return problem.bias() instanceof Bias.Free ? polished(model, point) : TwinSolution.of(model, point);
            }
            TwinModel finer = new TwinModel(problem, levels.pop());
            point = Prolongation.prolong(model, point, finer);
            model = finer;
        }
    }

    /**
     * With a free bias solved to rounding. A remaining residual of the bias equation can end Newton's method early, so
     * it is resumed for as long as the gap shrinks.
     */
    private TwinSolution polished(TwinModel model, TwinPoint point) {
        TwinSolution best = TwinSolution.of(model, FreeBias.solve(model, point));
        for (int round = 0; round < MAX_POLISHES && best.relativeGap() > options.relativeGap(); round++) {
            TwinPoint next = minimize(model, best.point(), options.relativeGap());
            TwinSolution found = TwinSolution.of(model, FreeBias.solve(model, next));
            if (!(found.relativeGap() < best.relativeGap() / 2)) {
                break;
            }
            best = found;
        }
        return best;
    }

    /** The own logit of a balanced problem of the same size and everything else zero. */
    static TwinPoint initialPoint(TwinModel model) {
        int n = model.size();
        double perClass = model.groups().samples() / model.groups().classes();
        double reach = model.problem().mu() * Math.sqrt(perClass);
        double scale = Math.max(
                0.5,
                model.problem()
                        .loss()
                        .balancedScale(model.problem().classes(), reach)
                        .orElse(1));
        double[] own = new double[n];
        Arrays.fill(own, scale);
        return Prolongation.fromLogits(model, Matrix.zeros(n, n), own, new double[n]);
    }

    private TwinPoint minimize(TwinModel model, TwinPoint start, double gap) {
        return descend(model, start, options.maxIterations(), new Watch() {
            @Override
            public boolean isEnough(TwinNewton newton) {
                return newton.lowerBound().relativeGap(newton.value()) <= gap;
            }

            @Override
            public void onIteration(TwinNewton newton, int iteration, double value, int products) {
                listener.onIteration(
                        model.size(), iteration, value, newton.lowerBound().relativeGap(value), products);
            }
        });
    }

    /** Observes a descent after each iteration. */
    interface Watch {
        /** Whether the current point is good enough. */
        boolean isEnough(TwinNewton newton);

        /** Reports an iteration; called after {@link #isEnough}. */
        void onIteration(TwinNewton newton, int iteration, double value, int products);
    }

    /** Newton's method, with a step along a missing direction wherever it ends short of the goal. */
    static TwinPoint descend(TwinModel model, TwinPoint start, int maxIterations, Watch watch) {
        TrustRegionNewton.Options settings =
                TrustRegionNewton.Options.defaults().withGradientTolerance(0).withMaxIterations(maxIterations);
        TwinPoint point = start;
        for (int escapes = 0; ; escapes++) {
            TwinNewton newton = new TwinNewton(model, point);
            new TrustRegionNewton(settings).minimize(newton, (iteration, value, gradientNorm, products) -> {
                boolean enough = watch.isEnough(newton);
                watch.onIteration(newton, iteration, value, products);
                return enough;
            });
            point = newton.point();
            if (watch.isEnough(newton) || escapes >= MAX_ESCAPES) {
                return point;
            }
            Optional<TwinPoint> escaped = escape(model, newton, point);
            if (escaped.isEmpty()) {
                return point;
            }
            point = escaped.get();
        }
    }

    /**
     * A direction that is exactly zero stays zero in the factors. Where ∇g exceeds μ along such a direction, the twin
     * decreases along −u vᵀ: takes the first of successively quartered steps that lowers the value; empty if none does.
     */
    private static Optional<TwinPoint> escape(TwinModel model, TwinNewton newton, TwinPoint point) {
        Svd svd = LinearAlgebra.svd(newton.lossGradient());
        double mu = model.problem().mu();
        if (!(svd.values()[0] > mu * (1 + ESCAPE_EXCESS))) {
            return Optional.empty();
        }
        double value = newton.value();
        for (double t = 1; t > 1e-12; t /= 4) {
            Matrix core = point.core().copy();
            for (int j = 0; j < core.columns(); j++) {
                for (int i = 0; i < core.rows(); i++) {
                    core.set(
                            i,
                            j,
                            core.get(i, j) - t * svd.u().get(i, 0) * svd.v().get(j, 0));
                }
            }
            TwinPoint candidate = new TwinPoint(point.separation(), core, point.bias());
            if (model.value(candidate) < value) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
