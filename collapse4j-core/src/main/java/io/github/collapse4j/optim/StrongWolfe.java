package io.github.collapse4j.optim;

import io.github.collapse4j.linalg.Vectors;

/**
 * Finds a step that satisfies the strong Wolfe conditions by bracketing and zooming (Nocedal and Wright, algorithms 3.5
 * and 3.6) with cubic interpolation (equation 3.59). Where values are indistinguishable, their difference is computed
 * from the slopes, which turns the decrease condition into the approximate one of Hager and Zhang
 * ({@link RoundOff#trapezoid}). Non-finite values count as too high.
 */
final class StrongWolfe {
    private static final int MAX_TRIALS = 60;
    /** Trials of the zoom stay this fraction of the bracket away from its ends. */
    private static final double MARGIN = 0.1;

    /** A trial beyond the last one extends the last advance by a factor of at least 1 and at most this. */
    private static final double MAX_EXTRAPOLATION = 9;

    private final SmoothFunction function;
    private final double decrease;
    private final double curvature;
    private final double[] direction;
    private final Sample zero = new Sample();
    private Sample trial = new Sample();
    private Sample low = new Sample();
    private Sample high = new Sample();
    private int trials;

    /** A point on the line: step, change of the value from step 0, and slope. */
    private static final class Sample {
        double t;
        double change;
        double slope;

        void set(Sample other) {
            t = other.t;
            change = other.change;
            slope = other.slope;
        }
    }

    /** A search along {@code direction}, whose entries are read at the start of each search. */
    StrongWolfe(SmoothFunction function, double decrease, double curvature, double[] direction) {
        this.function = function;
        this.decrease = decrease;
        this.curvature = curvature;
        this.direction = direction;
    }

    /**
     * Searches for a step, starting with {@code first}, and evaluates {@code to} there. If no step satisfies both
     * conditions, one that decreases the value is accepted.
     *
     * @return false if there is none, or the direction is not a descent direction
     */
    boolean search(Iterate from, double first, Iterate to) {
        zero.slope = Vectors.dot(from.gradient, direction);
        if (!(zero.slope < 0)) {
            return false;
        }
        trials = 0;
        low.set(zero);
        double t = first;
        while (trials < MAX_TRIALS) {
            if (!evaluate(from, t, to)) {
                return false;
            }
            if (tooHigh(trials > 1)) {
                swapTrialAndHigh();
                return zoom(from, to);
            }
            if (isFlat()) {
                return true;
            }
            boolean uphill = trial.slope >= 0;
            if (uphill) {
                high.set(low);
            }
            double advance = trial.t - low.t;
            double minimum = cubicMinimum(low, trial);
            swapTrialAndLow();
            if (uphill) {
                return zoom(from, to);
            }
            // If the cubic has no minimum, the NaN becomes the upper limit.
            double upper = low.t + MAX_EXTRAPOLATION * advance;
            t = minimum < upper ? Math.max(minimum, low.t + advance) : upper;
        }
        return true;
    }

    private boolean zoom(Iterate from, Iterate to) {
        while (trials < MAX_TRIALS) {
            double width = high.t - low.t;
            double share = (cubicMinimum(low, high) - low.t) / width;
            // If the far end is not finite or the cubic has no minimum, the NaN becomes the midpoint.
            double safe = share > 0 && share < 1 ? Math.min(Math.max(share, MARGIN), 1 - MARGIN) : 0.5;
            double t = low.t + safe * width;
            if (t == low.t || t == high.t || !evaluate(from, t, to)) {
                break;
            }
            if (tooHigh(true)) {
                swapTrialAndHigh();
                continue;
            }
            if (isFlat()) {
                return true;
            }
            if (trial.slope * width >= 0) {
                high.set(low);
            }
            swapTrialAndLow();
        }
        return low.t > 0 && evaluate(from, low.t, to);
    }

    /** Evaluates a trial; false if it coincides with the start. */
    private boolean evaluate(Iterate from, double t, Iterate to) {
        if (!to.moveFrom(from, t, direction)) {
            return false;
        }
        trials++;
        to.evaluate(function);
        trial.t = t;
        trial.slope = Vectors.dot(to.gradient, direction);
        trial.change = !to.isFinite() && to.value != Double.NEGATIVE_INFINITY
                ? Double.POSITIVE_INFINITY
                : RoundOff.isNoise(from.value, to.value)
                        ? RoundOff.trapezoid(t, zero.slope, trial.slope)
                        : to.value - from.value;
        return true;
    }

    private boolean tooHigh(boolean compareWithLow) {
        return !(trial.change <= decrease * trial.t * zero.slope) || (compareWithLow && trial.change >= low.change);
    }

    private boolean isFlat() {
        // A value of −∞ also ends the search, and then the run.
        return Math.abs(trial.slope) <= -curvature * zero.slope || trial.change == Double.NEGATIVE_INFINITY;
    }

    private static double cubicMinimum(Sample a, Sample b) {
        double width = b.t - a.t;
        double d1 = a.slope + b.slope - 3 * (b.change - a.change) / width;
        double d2 = Math.copySign(Math.sqrt(d1 * d1 - a.slope * b.slope), width);
        return b.t - width * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2);
    }

    private void swapTrialAndLow() {
        Sample old = low;
        low = trial;
        trial = old;
    }

    private void swapTrialAndHigh() {
        Sample old = high;
        high = trial;
        trial = old;
    }
}
