package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import java.util.Arrays;
import java.util.Optional;

/**
 * Minimises {@link GramTwin} by the primal-dual active set method (Hintermüller, Ito & Kunisch 2002): entries of C that
 * a diagonal Newton step would make negative are set to zero, and a truncated Newton step is taken in all others.
 */
final class GramDescent {
    private static final int MAX_STEPS = 80;
    private static final int MAX_PRODUCTS = 300;
    private static final double SHORTEST_STEP = 1e-10;

    /** Relative residual that counts as zero. */
    private static final double RESIDUAL = 1e-11;

    /** Steps without a lower value or a smaller residual after which round-off has been reached. */
    private static final int FRUITLESS = 4;

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
        GramPoint step = newtonStep(preconditioner, held, residual);
        double slope = Math.min(0, at.gradient().dot(step));
        for (double t = 1; t > SHORTEST_STEP; t /= 2) {
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
        Matrix c = point.gram();
        int m = c.rows();
        boolean[] held = new boolean[m * m];
        for (int k = 0; k < m; k++) {
            for (int j = 0; j < m; j++) {
                double newton = c.get(j, k) - at.gradient().gram().get(j, k) / preconditioner.curvature(j, k);
                held[k * m + j] = j != k && newton <= 0;
            }
        }
        return held;
    }

    /** Conjugate gradients for the Newton step that sets held entries to zero. */
    private GramPoint newtonStep(GramPreconditioner preconditioner, boolean[] held, double accuracy) {
        GramPoint step = zero();
        for (int i = 0; i < held.length; i++) {
            step.gram().data()[i] = held[i] ? -point.gram().data()[i] : 0;
        }
        GramPoint remaining = masked(twin.curvature(at, step).scale(-1).add(-1, at.gradient()), held);
        GramPoint preconditioned = preconditioner.apply(remaining, held);
        GramPoint direction = preconditioned.copy();
        double size = remaining.dot(preconditioned);
        double goal = size * Math.min(1e-4, Math.max(accuracy * accuracy, 1e-16));
        for (int product = 0; product < MAX_PRODUCTS && size > goal; product++) {
            GramPoint image = masked(twin.curvature(at, direction), held);
            double curvature = direction.dot(image);
            if (!(curvature > 0)) {
                break;
            }
            step.add(size / curvature, direction);
            remaining.add(-size / curvature, image);
            preconditioned = preconditioner.apply(remaining, held);
            double next = remaining.dot(preconditioned);
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
