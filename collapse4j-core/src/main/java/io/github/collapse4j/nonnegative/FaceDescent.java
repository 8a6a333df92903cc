package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.optim.SmoothFunction;
import io.github.collapse4j.optim.TrustRegionNewton;
import io.github.collapse4j.optim.TrustRegionProblem;

/**
 * The descent to a local minimum over W, b and H ≥ 0: trust-region Newton on the entries of H that are not held at zero,
 * with steps projected onto H ≥ 0 (Bertsekas 1982). Entries within a shrinking distance of zero whose derivative is
 * positive are held. The distance also shrinks with each rejected step: setting an entry to zero that is positive at the
 * minimum is an increase that no smaller trust region undoes.
 */
final class FaceDescent implements TrustRegionProblem {
    private static final double MAX_MARGIN = 1e-3;
    private static final int ROUNDS = 12;

    private final SmoothFunction objective;
    private final int from;
    private final int to;
    private final double unit;
    private double[] x;
    private double[] trial;
    private final double[] gradient;
    private final boolean[] held;
    private final double[] masked;
    private double value;
    private double margin;

    /**
     * A descent.
     *
     * @param from the first of the variables that cannot be negative, and {@code to} the first after them
     * @param unit the curvature of their penalty
     */
    private FaceDescent(SmoothFunction objective, double[] start, int from, int to, double unit, boolean onlyFeatures) {
        this.objective = objective;
        this.from = from;
        this.to = to;
        this.unit = unit;
        this.x = start;
        this.trial = start.clone();
        this.gradient = new double[start.length];
        this.masked = new double[start.length];
        this.held = new boolean[start.length];
        for (int i = 0; i < start.length; i++) {
            held[i] = onlyFeatures && !isFeature(i);
        }
        linearize();
    }

    /** A point and its value. */
    record End(double[] vector, double value) {}

    /** Descends from a point at which the variables from one index up to another are not negative. */
    static End from(SmoothFunction objective, double[] start, int from, int to, double unit) {
        FaceDescent descent = new FaceDescent(objective, start, from, to, unit, false);
        TrustRegionNewton newton = new TrustRegionNewton(TrustRegionNewton.Options.defaults()
                .withGradientTolerance(1e-17)
                .withMaxIterations(400));
        double last = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            newton.minimize(descent);
            // Round-off ends a run; the set of entries at zero may have changed since its first step.
            double measure = descent.projectedGradient();
            if (!(measure < last / 2)) {
                break;
            }
            last = measure;
        }
        return new End(descent.x, descent.value);
    }

    /** A point of a model and its value. */
    record EndPoint(UfmPoint point, double value) {}

    /** Descends from a point of the reduced model with H ≥ 0. */
    static EndPoint from(UfmModel model, UfmPoint start) {
        UfmObjective objective = model.objective();
        End end = from(
                objective,
                objective.toVector(start),
                firstFeature(model),
                endOfFeatures(model),
                model.problem().lambdaH());
        return new EndPoint(objective.toPoint(end.vector()), end.value());
    }

    /** The lowest value over H ≥ 0 for a point's W and b. */
    static double ofFeatures(UfmModel model, UfmPoint start) {
        UfmObjective objective = model.objective();
        FaceDescent descent = new FaceDescent(
                objective,
                objective.toVector(start),
                firstFeature(model),
                endOfFeatures(model),
                model.problem().lambdaH(),
                true);
        new TrustRegionNewton(TrustRegionNewton.Options.defaults().withMaxIterations(100)).minimize(descent);
        return descent.value;
    }

    private static int firstFeature(UfmModel model) {
        return model.problem().classes() * model.problem().featureDimension();
    }

    private static int endOfFeatures(UfmModel model) {
        return firstFeature(model) + model.columns() * model.problem().featureDimension();
    }

    private boolean isFeature(int variable) {
        return variable >= from && variable < to;
    }

    private void linearize() {
        value = objective.linearize(x, gradient);
        margin = Math.min(MAX_MARGIN, projectedGradient() / unit);
        hold();
    }

    private void hold() {
        for (int i = from; i < to; i++) {
            held[i] = x[i] <= margin && gradient[i] > 0;
        }
    }

    /** The norm of the gradient without components that point out of H ≥ 0. */
    private double projectedGradient() {
        double[] projected = gradient.clone();
        for (int i = from; i < to; i++) {
            projected[i] = Math.min(gradient[i], x[i] * unit) < gradient[i] ? x[i] * unit : gradient[i];
        }
        return Vectors.norm(projected);
    }

    @Override
    public int dimension() {
        return x.length;
    }

    @Override
    public double value() {
        return value;
    }

    @Override
    public void gradient(double[] into) {
        mask(gradient, into);
    }

    @Override
    public void hessianVector(double[] direction, double[] image) {
        mask(direction, masked);
        objective.hessianVector(masked, image);
        mask(image, image);
    }

    @Override
    public void precondition(double[] residual, double[] image) {
        System.arraycopy(residual, 0, image, 0, image.length);
    }

    private void mask(double[] vector, double[] into) {
        for (int i = 0; i < vector.length; i++) {
            into[i] = held[i] ? 0 : vector[i];
        }
    }

    @Override
    public double trial(double[] step) {
        for (int i = 0; i < x.length; i++) {
            double next = held[i] ? (isFeature(i) ? 0 : x[i]) : x[i] + step[i];
            trial[i] = isFeature(i) ? Math.max(0, next) : next;
        }
        // For the next step, should this one be rejected.
        margin /= 4;
        hold();
        return objective.value(trial);
    }

    @Override
    public void accept() {
        double[] old = x;
        x = trial;
        trial = old;
        linearize();
    }
}
