package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.Objects;

/**
 * Minima over factors where classes share units, in balanced units λ_W = λ_H = μ. A local minimum that the polar does not
 * certify gets the polar's maximiser as a new unit, along which the objective falls (docs/theory.md §14, "Dead units"),
 * until it is certified.
 */
final class UnitSearch {
    private static final double FIRST_STEP = 0.3;
    /** Units after which each further one has to halve the gap. */
    private static final int FRUITLESS = 2;

    /** Product of the norms of a unit's vectors, relative to the largest, below which it is dead. */
    private static final double DEAD = 1e-9;
    /** Deviation of the cosine of two units from 1 below which they are one. */
    private static final double PARALLEL = 1e-10;

    private final UfmProblem balanced;
    private final double relativeGap;

    UnitSearch(UfmProblem problem, double relativeGap) {
        this.balanced = new UfmProblem(
                problem.loss(),
                problem.counts(),
                problem.featureDimension(),
                problem.mu(),
                problem.mu(),
                problem.bias());
        this.relativeGap = relativeGap;
    }

    /** A local minimum in balanced units, and the bound from it. */
    record Minimum(UfmPoint point, double objective, LowerBound bound) {
        double relativeGap() {
            return bound.relativeGap(objective);
        }

        int units() {
            return point.classifier().columns();
        }
    }

    /** The local minimum that a descent from a point leads to, with as many units as the point. */
    Minimum descend(UfmPoint start) {
        UfmModel model = model(start);
        FaceDescent.EndPoint end = FaceDescent.from(model, start);
        return new Minimum(end.point(), end.value(), NonnegativeBound.of(model, end.point(), end.value()));
    }

    private UfmModel model(UfmPoint point) {
        return UfmModel.reduced(balanced.withFeatureDimension(point.classifier().columns()));
    }

    /**
     * Adds at most {@code maxAdded} units to a local minimum, until it is certified or further units no longer help.
     */
    Minimum complete(Minimum start, int maxAdded) {
        Minimum current = start;
        Minimum best = start;
        for (int added = 0; added < maxAdded && best.relativeGap() > relativeGap; added++) {
            current = descend(withUnit(reduce(current)));
            double gap = best.relativeGap();
            LowerBound bound = current.bound().value() > best.bound().value() ? current.bound() : best.bound();
            best = current.objective() < best.objective()
                    ? new Minimum(current.point(), current.objective(), bound)
                    : new Minimum(best.point(), best.objective(), bound);
            if (!(best.relativeGap() < gap / 2) && added >= FRUITLESS) {
                break;
            }
        }
        return best;
    }

    /** The point with one more unit: the polar's maximiser, at the length that lowers the objective most among halvings. */
    private UfmPoint withUnit(UfmPoint point) {
        UfmModel model = model(point);
        UfmObjective objective = model.objective();
        objective.linearize(objective.toVector(point), new double[objective.dimension()]);
        Matrix gradient = objective.lossGradient();
        double[] h = Polar.maximiser(ClassGram.of(gradient));
        double[] w = new double[gradient.rows()];
        for (int j = 0; j < h.length; j++) {
            Vectors.add(-h[j], gradient.column(j), w);
        }
        double norm = Vectors.norm(w);
        UfmPoint best = null;
        double lowest = Double.POSITIVE_INFINITY;
        double largest = Math.max(1, Math.sqrt((double) model.problem().counts().samples()));
        for (double t = FIRST_STEP * largest; t > 1e-6; t /= 2) {
            UfmPoint wider = point.padTo(point.classifier().columns() + 1);
            int unit = point.classifier().columns();
            for (int k = 0; k < w.length; k++) {
                wider.classifier().set(k, unit, t * w[k] / norm);
            }
            for (int j = 0; j < h.length; j++) {
                wider.features().set(unit, j, t * h[j]);
            }
            double value = model(wider).value(wider);
            if (value < lowest) {
                lowest = value;
                best = wider;
            }
        }
        return Objects.requireNonNull(best, "the objective is not finite");
    }

    /** The point without dead units, parallel ones merged: their sum with the same WH and no larger penalty. */
    static UfmPoint reduce(Minimum minimum) {
        UfmPoint point = minimum.point();
        int units = minimum.units();
        double[][] w = new double[units][];
        double[][] h = new double[units][];
        Matrix features = point.features().transpose();
        double largest = 0;
        for (int j = 0; j < units; j++) {
            w[j] = point.classifier().column(j);
            h[j] = features.column(j);
            largest = Math.max(largest, Vectors.norm(w[j]) * Vectors.norm(h[j]));
        }
        int kept = 0;
        for (int j = 0; j < units; j++) {
            double size = Vectors.norm(w[j]) * Vectors.norm(h[j]);
            if (!(size > DEAD * largest)) {
                continue;
            }
            int same = -1;
            for (int i = 0; i < kept && same < 0; i++) {
                same = cosine(w[i], w[j]) > 1 - PARALLEL && cosine(h[i], h[j]) > 1 - PARALLEL ? i : -1;
            }
            if (same >= 0) {
                double old = Vectors.norm(w[same]) * Vectors.norm(h[same]);
                double factor = Math.sqrt(1 + size / old);
                scale(w[same], factor);
                scale(h[same], factor);
            } else {
                w[kept] = w[j];
                h[kept] = h[j];
                kept++;
            }
        }
        int d = Math.max(1, kept);
        Matrix classifier = Matrix.zeros(point.classifier().rows(), d);
        Matrix reduced = Matrix.zeros(d, point.features().columns());
        for (int j = 0; j < kept; j++) {
            for (int k = 0; k < classifier.rows(); k++) {
                classifier.set(k, j, w[j][k]);
            }
            for (int k = 0; k < reduced.columns(); k++) {
                reduced.set(j, k, h[j][k]);
            }
        }
        return new UfmPoint(classifier, reduced, point.bias());
    }

    private static void scale(double[] vector, double factor) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] *= factor;
        }
    }

    private static double cosine(double[] a, double[] b) {
        return Vectors.dot(a, b) / (Vectors.norm(a) * Vectors.norm(b));
    }

    /** The same point with the penalties of the problem. */
    static UfmPoint inUnitsOf(UfmProblem problem, UfmPoint point) {
        double ratio = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
        return new UfmPoint(
                point.classifier().copy().scale(ratio), point.features().copy().scale(1 / ratio), point.bias());
    }

    /** A point of the problem in balanced units. */
    static UfmPoint inBalancedUnits(UfmProblem problem, UfmPoint point) {
        double ratio = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
        return new UfmPoint(
                point.classifier().copy().scale(1 / ratio),
                point.features().copy().scale(ratio),
                point.bias());
    }

    /** The problem with λ_W = λ_H = μ, of the same minimum. */
    UfmProblem balanced() {
        return balanced;
    }
}
