package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.CriticalPointFacts;
import io.github.collapse4j.certificate.DualBound;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.SquaredErrorBound;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;

/**
 * Finds the certified global minimum for M groups of samples with arbitrary targets, such as mixtures and sets of
 * labels. No two groups are exchangeable, so the K×M model itself is minimised: with d* feature dimensions its
 * landscape is benign (docs/theory.md §4), and its minimum is the twin's, whose singular values give the number of
 * dimensions needed.
 */
public final class TargetSolver {
    private final SolveOptions options;

    public TargetSolver(SolveOptions options) {
        this.options = options;
    }

    /** Solves a problem with any loss. */
    public TargetSolution solve(UfmProblem problem) {
        UfmModel wide = UfmModel.reduced(problem.withFeatureDimension(Math.max(1, problem.maximalRank())));
        MultiStart starts = new MultiStart(options.seed());
        MultiStart.Minimum twin = starts.minimum(wide, 0);
        LowerBound bound = DualBound.of(wide, twin.point(), twin.objective());
        // A descent that ended at a strict saddle, which does not happen from random starts, would leave a gap.
        for (int i = 1; i < options.starts() && bound.relativeGap(twin.objective()) > options.relativeGap(); i++) {
            MultiStart.Minimum other = starts.minimum(wide, i);
            LowerBound ofOther = DualBound.of(wide, other.point(), other.objective());
            twin = other.objective() < twin.objective() ? other : twin;
            bound = ofOther.value() > bound.value() ? ofOther : bound;
        }
        Svd svd = LinearAlgebra.svd(twin.point().product());
        int rank = rank(problem, svd.values(), twin.objective(), bound);
        UfmModel model = UfmModel.reduced(problem);
        if (rank <= problem.featureDimension()) {
            UfmPoint point = factors(problem, svd, rank, twin.point().bias());
            return new TargetSolution(problem, point, model.value(point), bound, rank, rank, twin.objective());
        }
        MultiStart.Minimum best = starts.best(model, options.starts());
        return new TargetSolution(
                problem,
                best.point(),
                best.objective(),
                SquaredErrorBound.tighten(problem, bound),
                CriticalPointFacts.of(model, best.point()).rank(),
                rank,
                twin.objective());
    }

    /** The smallest number of leading singular values that attain the objective, to the tolerance of a claim (§6). */
    private static int rank(UfmProblem problem, double[] singular, double objective, LowerBound bound) {
        double gap = bound.relativeGap(objective);
        double allowed = TwinSolution.TOLERANCE + (gap <= TwinSolution.TOLERANCE ? 0 : gap);
        double curvature = problem.loss().largestCurvature() / problem.counts().samples();
        double excess = Math.max(0, bound.sigmaMax() - problem.mu());
        double cut = objective;
        int rank = singular.length;
        while (rank > 0) {
            double s = singular[rank - 1];
            cut += s * (curvature / 2 * s + excess);
            if (!(bound.relativeGap(cut) <= allowed)) {
                return rank;
            }
            rank--;
        }
        return rank;
    }

    /** Balanced factors of the leading singular values, padded with zero axes (§5). */
    private static UfmPoint factors(UfmProblem problem, Svd svd, int rank, double[] bias) {
        double ratio = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
        Matrix w = Matrix.zeros(problem.classes(), problem.featureDimension());
        Matrix h = Matrix.zeros(problem.featureDimension(), problem.groups());
        for (int a = 0; a < rank; a++) {
            double root = Math.sqrt(svd.values()[a]);
            for (int k = 0; k < problem.classes(); k++) {
                w.set(k, a, ratio * root * svd.u().get(k, a));
            }
            for (int m = 0; m < problem.groups(); m++) {
                h.set(a, m, root * svd.v().get(m, a) / ratio);
            }
        }
        return new UfmPoint(w, h, bias);
    }
}
