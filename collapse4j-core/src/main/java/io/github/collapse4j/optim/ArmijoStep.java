package io.github.collapse4j.optim;

import io.github.collapse4j.linalg.Vectors;

/** Gradient descent by {@link Backtracking}, for a single run. */
final class ArmijoStep implements Descent.Method {
    private final Backtracking rule;
    private double step;

    ArmijoStep(Backtracking rule) {
        this.rule = rule;
        this.step = rule.initial() / rule.grow();
    }

    @Override
    public boolean advance(SmoothFunction function, Iterate from, Iterate to) {
        double slope = -from.gradientNorm * from.gradientNorm;
        step *= rule.grow();
        while (to.moveFrom(from, -step, from.gradient)) {
            double value = function.value(to.x);
            if (RoundOff.isNoise(from.value, value)) {
                to.evaluate(function);
                double change = RoundOff.trapezoid(step, slope, -Vectors.dot(from.gradient, to.gradient));
                if (change <= rule.decrease() * step * slope) {
                    return true;
                }
            } else if (value - from.value <= rule.decrease() * step * slope) {
                to.evaluate(function);
                return true;
            }
            step *= rule.shrink();
        }
        return false;
    }
}
