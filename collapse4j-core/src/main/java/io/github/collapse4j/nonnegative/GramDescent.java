package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import java.util.Arrays;
import java.util.Optional;

/**
 * Minimises {@link GramTwin} by the primal-dual active set method (Hintermüller, Ito & Kunisch 2002): entries of C that
 * a diagonal Newton step would make negative are set to zero, and a truncated Newton step is taken in all others. Before
 * it is tried, entries that it makes negative are set to zero, too, and those are released that it pulls up.
 */
final class GramDescent {
    private static final int MAX_STEPS = 80;
    private static final int MAX_PRODUCTS = 300;
    private static final double MIN_STEP = 1e-10;

    /** Relative residual that counts as zero. */
    private static final double RESIDUAL = 1e-11;

    /** Steps without a lower value or a smaller residual after which round-off has been reached. */
    private static final int FRUITLESS = 4;

    /** How often entries change sides before a Newton step is tried. */
    private static final int CHANGES = 5;

    /** Relative change of the value that is round-off. */
    private static final double NOISE = 1e-14;

    private final GramTwin twin;
    private GramPoint point;
    private GramTwin.Linearisation at;
    private GramPoint best;
    private double lowest = Double.POSITIVE_INFINITY;
    private double smallest = Double.POSITIVE_INFINITY;

    private GramDescent(GramTwin twin, GramPoint start, GramTwin.Linearisation at) {
        this.twin = twin;
        this.point = start;
        this.at = at;
        this.best = start;
    }

    /** Descends from a point; empty if its C is not positive definite. */
    static Optional<GramPoint> from(GramTwin twin, GramPoint start) {
        return twin.linearise(start).map(at -> new GramDescent(twin, start, at).run());
    }

    private GramPoint run() {
        int fruitless = 0;
        for (int step = 0; step < MAX_STEPS && fruitless < FRUITLESS; step++) {
            double residual = residual();
            fruitless++;
            // Residuals may grow on the way; where the value stands still, the smallest counts.
            boolean descends = !(at.value() >= lowest - 10 * NOISE * Math.abs(at.value()));
            if (descends || residual < smallest) {
                lowest = Math.min(lowest, at.value());
                smallest = residual;
                best = point;
                fruitless = 0;
            }
            if (residual <= RESIDUAL || !advance(residual)) {
                break;
            }
        }
        return best;
    }

    /** The largest of the residuals of R, b and C in units of μ. */
    private double residual() {
        GramPoint gradient = at.gradient();
        double largest = Math.max(Vectors.maxAbs(gradient.product().data()), Vectors.norm(gradient.bias()));
        double[] c = point.gram().data();
        for (int i = 0; i < c.length; i++) {
            double entry = gradient.gram().data()[i];
            largest = Math.max(largest, c[i] > 0 ? Math.abs(entry) : -entry);
        }
        return largest / twin.mu();
    }

    /** Takes a step; false if none lowers the value beyond round-off. */
    private boolean advance(double residual) {
        GramPreconditioner preconditioner = new GramPreconditioner(twin, at, point.gram());
        boolean[] held = held(preconditioner);
        GramPoint step = newtonStep(preconditioner, held, residual, zero());
        for (int change = 0; change < CHANGES && changeSides(held, step); change++) {
            step = newtonStep(preconditioner, held, residual, step);
        }
        double slope = Math.min(0, twin.dot(at.gradient(), step));
        for (double t = 1; t > MIN_STEP; t /= 2) {
            GramPoint next = point.plus(t, step);
            Optional<GramTwin.Linearisation> there = twin.linearise(next);
            if (there.isPresent()
                    && there.get().value() <= at.value() + 1e-4 * t * slope + NOISE * Math.abs(at.value())) {
                point = next;
                at = there.get();
                return true;
            }
        }
        return false;
    }

    private boolean[] held(GramPreconditioner preconditioner) {
        double[] c = point.gram().data();
        boolean[] held = new boolean[c.length];
        for (int i = 0; i < c.length; i++) {
            double newton = c[i] - at.gradient().gram().data()[i] / preconditioner.curvature(i);
            held[i] = isShared(i) && newton <= 0;
        }
        return held;
    }

    /** Whether an entry of C belongs to two classes. */
    private boolean isShared(int index) {
        int rows = point.gram().rows();
        return index % rows != rows - 1;
    }

    /** Holds the entries that a step makes negative, and releases those held that the gradient would pull up after it. */
    private boolean changeSides(boolean[] held, GramPoint step) {
        double[] c = point.gram().data();
        double[] after = twin.curvature(at, step).add(1, at.gradient()).gram().data();
        boolean changes = false;
        for (int i = 0; i < held.length; i++) {
            if (isShared(i) && (held[i] ? after[i] < 0 : c[i] + step.gram().data()[i] < 0)) {
                held[i] = !held[i];
                changes = true;
            }
        }
        return changes;
    }

    /** Conjugate gradients, from another step on, for the Newton step that sets held entries to zero. */
    private GramPoint newtonStep(GramPreconditioner preconditioner, boolean[] held, double accuracy, GramPoint step) {
        double[] c = step.gram().data();
        for (int i = 0; i < held.length; i++) {
            c[i] = held[i] ? -point.gram().data()[i] : c[i];
        }
        GramPoint remaining = masked(twin.curvature(at, step).scale(-1).add(-1, at.gradient()), held);
        GramPoint preconditioned = preconditioner.apply(remaining, held);
        GramPoint direction = preconditioned.copy();
        double size = twin.dot(remaining, preconditioned);
        double goal = size * Math.min(1e-4, Math.max(accuracy * accuracy, 1e-16));
        for (int product = 0; product < MAX_PRODUCTS && size > goal; product++) {
            GramPoint image = masked(twin.curvature(at, direction), held);
            double curvature = twin.dot(direction, image);
            if (!(curvature > 0)) {
                break;
            }
            step.add(size / curvature, direction);
            remaining.add(-size / curvature, image);
            preconditioned = preconditioner.apply(remaining, held);
            double next = twin.dot(remaining, preconditioned);
            direction.scale(next / size).add(1, preconditioned);
            size = next;
        }
        return step;
    }

    private GramPoint zero() {
        return new GramPoint(
                Matrix.zeros(point.product().rows(), point.product().columns()),
                new double[point.bias().length],
                Matrix.zeros(point.gram().rows(), point.gram().columns()));
    }

    private static GramPoint masked(GramPoint vector, boolean[] held) {
        double[] c = vector.gram().data();
        Arrays.setAll(c, i -> held[i] ? 0 : c[i]);
        return vector;
    }
}
