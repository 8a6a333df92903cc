package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
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

    private final UfmObjective objective;
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

    private FaceDescent(UfmModel model, double[] start, boolean onlyFeatures) {
        this.objective = model.objective();
        int d = model.problem().featureDimension();
        this.from = model.problem().classes() * d;
        this.to = from + model.columns() * d;
        this.unit = model.problem().lambdaH();
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
    record End(UfmPoint point, double value) {}

    /** Descends from a point of the reduced model with H ≥ 0. */
    static End from(UfmModel model, UfmPoint start) {
        double[] vector = model.objective().toVector(start);
        FaceDescent descent = new FaceDescent(model, vector, false);
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
        return new End(descent.objective.toPoint(descent.x), descent.value);
    }

    /** The lowest value over H ≥ 0 for a point's W and b. */
    static double ofFeatures(UfmModel model, UfmPoint start) {
        FaceDescent descent = new FaceDescent(model, model.objective().toVector(start), true);
        new TrustRegionNewton(TrustRegionNewton.Options.defaults().withMaxIterations(100)).minimize(descent);
        return descent.value;
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
