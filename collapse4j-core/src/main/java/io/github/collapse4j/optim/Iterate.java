package io.github.collapse4j.optim;

import io.github.collapse4j.linalg.Vectors;

/** A point with its value and gradient; overwritten in the course of a run. */
final class Iterate {
    final double[] x;
    final double[] gradient;
    double value = Double.NaN;
    double gradientNorm = Double.NaN;

    Iterate(double[] x) {
        this.x = x;
        this.gradient = new double[x.length];
    }

    /** Copies another iterate, without an evaluation. */
    void set(Iterate other) {
        System.arraycopy(other.x, 0, x, 0, x.length);
        System.arraycopy(other.gradient, 0, gradient, 0, gradient.length);
        value = other.value;
        gradientNorm = other.gradientNorm;
    }

    /** Evaluates the function at x. */
    void evaluate(SmoothFunction function) {
        value = function.linearize(x, gradient);
        gradientNorm = Vectors.norm(gradient);
    }

    boolean isFinite() {
        return Double.isFinite(value) && Double.isFinite(gradientNorm);
    }

    /** Moves to {@code from.x + step·direction}, without an evaluation; false if that is the same point. */
    boolean moveFrom(Iterate from, double step, double[] direction) {
        boolean moved = false;
        for (int i = 0; i < x.length; i++) {
            x[i] = from.x[i] + step * direction[i];
            moved |= x[i] != from.x[i];
        }
        return moved;
    }
}
