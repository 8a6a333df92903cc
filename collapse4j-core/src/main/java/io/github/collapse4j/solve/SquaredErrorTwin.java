package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.solve.BiasFunction.Targets;

/**
 * The twin of squared error for any counts and any bias (docs/theory.md §6): the singular values of the targets that
 * the bias leaves shrink by μN. Without a bias or with a free one, the targets are known; for a regularised bias,
 * Newton's method finds them in a few singular value decompositions.
 */
final class SquaredErrorTwin {
    /** Relative gap below which only round-off is left. */
    private static final double GAP = 1e-16;

    private static final int MAX_STEPS = 200;
    private static final int MAX_BISECTIONS = 60;
    /**
     * Maximum λ_b at which the direction q is practically unused, as with a free bias: no active direction has a larger
     * component along it.
     */
    private static final double FREE = 1e-11;
    /** Consecutive steps without a smaller gap after which round-off has ended progress. */
    private static final int PATIENCE = 3;
    /** A line search ends when the slope is at most this fraction of the initial one. */
    private static final double SLOPE = 0.5;

    private final TwinModel model;
    private final SolveListener listener;
    private final BiasFunction function;
    private final double samples;
    private final double threshold;
    private int decompositions;

    SquaredErrorTwin(TwinModel model, SolveListener listener) {
        this.model = model;
        this.listener = listener;
        this.function = new BiasFunction(model);
        this.samples = model.groups().samples();
        this.threshold = model.problem().mu() * samples;
    }

    /** The solution, with residuals that are accurate relative to their own size. */
    PrimalDual solve() {
        Bias bias = model.problem().bias();
        if (bias instanceof Bias.Regularised regularised) {
            return solution(minimize(regularised.lambda()));
        }
        return solution(function.at(bias instanceof Bias.Free ? new double[model.size()] : function.mean()));
    }

    private Targets minimize(double lambda) {
        Targets current = function.at(start(lambda));
        Targets best = current;
        double smallest = Double.POSITIVE_INFINITY;
        int idle = 0;
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] gradient = function.gradient(current);
            double value = function.value(current);
            // The gap in Fenchel's inequality between this bias and its residuals.
            double gap = Vectors.dot(gradient, gradient) / (2 * lambda * value);
            listener.onIteration(model.size(), step, value / samples, gap, decompositions);
            idle = gap < smallest ? 0 : idle + 1;
            if (gap < smallest) {
                best = current;
                smallest = gap;
            }
            if (smallest <= GAP || idle == PATIENCE) {
                break;
            }
            current = lineSearch(current, function.newtonStep(current, gradient), gradient);
        }
        return best;
    }

    /** The solution for balanced classes, in which {@code diag(√n)q} is the only direction (§5). */
    private double[] start(double lambda) {
        double[] mean = function.mean();
        double kept = Math.max(lambda / (1 + lambda), 1 - threshold / (lambda * Vectors.norm(mean)));
        double[] z = mean.clone();
        for (int g = 0; g < z.length; g++) {
            z[g] *= kept;
        }
        return z;
    }

    /** Along a descent direction the slope only increases: bisects it until most of it is gone. */
    private Targets lineSearch(Targets from, double[] direction, double[] gradient) {
        double slope = Vectors.dot(gradient, direction);
        double low = 0;
        double high = 1;
        double t = 1;
        for (int bisection = 0; ; bisection++) {
            double[] z = from.z().clone();
            for (int g = 0; g < z.length; g++) {
                z[g] += t * direction[g];
            }
            Targets candidate = function.at(z);
            decompositions++;
            double reached = Vectors.dot(function.gradient(candidate), direction);
            boolean falling = reached < 0;
            if (Math.abs(reached) <= SLOPE * Math.abs(slope) || (falling && t == 1) || bisection == MAX_BISECTIONS) {
                return candidate;
            }
            low = falling ? t : low;
            high = falling ? high : t;
            t = (low + high) / 2;
        }
    }

    /** R̂ and residuals: the parts of the singular values of A above μN and below it. */
    private PrimalDual solution(Targets targets) {
        ClassGroups groups = model.groups();
        int n = model.size();
        double[] values = targets.svd().values();
        double[] kept = new double[n];
        double[] separation = new double[n];
        double[] unlearned = new double[n];
        double[] bias = function.bias(targets);
        for (int g = 0; g < n; g++) {
            kept[g] = Math.max(0, values[g] - threshold);
            if (groups.sizes()[g] > 1) {
                double root = Math.sqrt(groups.counts()[g]);
                separation[g] = Math.max(0, root - threshold);
                unlearned[g] = -Math.min(root, threshold);
            }
            bias[g] /= Math.sqrt(samples * groups.sizes()[g]);
        }
        Matrix residualCore = spectral(targets, targets.clipped()).scale(-1);
        Bias mode = model.problem().bias();
        if (mode.isPresent() && mode.lambda() <= FREE) {
            // Rounding leaves a gradient with respect to the bias; the bound would be charged its square over 2λ_b.
            addAlong(residualCore, function.gradient(targets), function.q());
        }
        Matrix residual = model.newLogits();
        model.logits(unlearned, residualCore, new double[n], residual);
        return new PrimalDual(new TwinPoint(separation, spectral(targets, kept), bias), residual);
    }

    /** {@code U·diag(values)·Vᵀ}. */
    private static Matrix spectral(Targets targets, double[] values) {
        Matrix scaled = targets.svd().u().copy();
        for (int j = 0; j < scaled.columns(); j++) {
            for (int i = 0; i < scaled.rows(); i++) {
                scaled.set(i, j, scaled.get(i, j) * values[j]);
            }
        }
        return LinearAlgebra.multiply(scaled, Op.NONE, targets.svd().v(), Op.TRANSPOSE);
    }

    private static void addAlong(Matrix a, double[] left, double[] q) {
        Matrix column = Matrix.wrap(left.length, 1, left);
        LinearAlgebra.multiply(1, column, Op.NONE, Matrix.wrap(q.length, 1, q), Op.TRANSPOSE, 1, a);
    }
}
