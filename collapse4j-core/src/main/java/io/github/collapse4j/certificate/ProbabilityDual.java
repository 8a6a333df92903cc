package io.github.collapse4j.certificate;

import static io.github.collapse4j.linalg.ProvedNorm.relative;

import io.github.collapse4j.certificate.ProvedBound.GroupedResidual;
import io.github.collapse4j.linalg.UnitRoundOff;
import java.util.Arrays;

/**
 * Dual points of cross-entropy: the stored probabilities q of other classes, the own one being exactly 1 minus the others.
 * With a free bias they become {@code (1 − t)(q − γ1ᵀ) + tω1ᵀ}, for which γ = ∇g·1 vanishes. That matrix is never
 * computed; its entries differ from q by at most {@code tq + r_h}.
 */
final class ProbabilityDual implements ProvedBound.ProvedDual {
    private static final double U = UnitRoundOff.DOUBLE;

    /** Below 1/e, up to where −x log x increases. */
    private static final double INCREASING = 0.36;

    private final GroupedResidual q;
    private final double[] taken;
    private final double[] biasGradient;
    private final double mixed;
    private final double[] change;
    private final double accuracy;

    private ProbabilityDual(GroupedResidual q, double[] taken, boolean free) {
        this.q = q;
        this.taken = taken;
        this.accuracy = relative(q.groups() + 16.0);
        this.biasGradient = new double[q.groups()];
        this.change = new double[q.groups()];
        this.mixed = repair(free);
    }

    /** The dual point of stored residuals; probabilities that may add up to more than 1 are scaled first. */
    static ProbabilityDual of(GroupedResidual residual, boolean free) {
        requireProbabilities(residual);
        double accuracy = relative(residual.groups() + 16.0);
        double[] taken = taken(residual);
        double largest = Arrays.stream(taken).max().orElse(0) * (1 + accuracy);
        if (!(largest > 1)) {
            return new ProbabilityDual(residual, taken, free);
        }
        GroupedResidual scaled = new GroupedResidual(
                residual.sizes(), residual.counts(), residual.residual().copy().scale((1 - 4 * accuracy) / largest));
        return new ProbabilityDual(scaled, taken(scaled), free);
    }

    private static void requireProbabilities(GroupedResidual residual) {
        for (int g = 0; g < residual.groups(); g++) {
            for (int h = 0; h < residual.groups(); h++) {
                if (residual.others(h, g) > 0 && residual.other(h, g) < 0) {
                    throw new IllegalArgumentException(
                            "residual (" + h + ", " + g + "): expected a probability, found " + residual.other(h, g));
                }
            }
        }
    }

    /** The sum of the other probabilities of each column, with a relative error below that of G + 16 roundings. */
    private static double[] taken(GroupedResidual q) {
        double[] sums = new double[q.groups()];
        for (int g = 0; g < sums.length; g++) {
            for (int h = 0; h < sums.length; h++) {
                double others = q.others(h, g);
                sums[g] += others == 0 ? 0 : others * q.other(h, g);
            }
        }
        return sums;
    }

    /** Bounds γ and, for a free bias, returns t and bounds what the repair adds to each row. */
    private double repair(boolean free) {
        int n = q.groups();
        double samples = q.samples();
        double largest = 0;
        for (int h = 0; h < n; h++) {
            double sum = 0;
            for (int g = 0; g < n; g++) {
                double others = q.others(g, h);
                sum += others == 0 ? 0 : others * q.counts()[g] * q.other(h, g);
            }
            double own = q.counts()[h] * taken[h];
            double error = 2 * accuracy * (sum + own) / samples;
            double derivative = (sum - own) / samples;
            biasGradient[h] = Math.abs(derivative) * (1 + 8 * U) + error;
            double positive = Math.max(0, derivative) * (1 + 8 * U) + error;
            double share = q.counts()[h] / samples;
            largest = Math.max(largest, positive / (share + positive));
        }
        if (!free) {
            return 0;
        }
        double t = largest * (1 + 16 * U);
        for (int h = 0; h < n; h++) {
            change[h] = (biasGradient[h] + t * (q.counts()[h] / samples)) * (1 + 16 * U);
        }
        return t;
    }

    @Override
    public double norm() {
        int n = q.groups();
        double[] diagonal = new double[n];
        double[] within = new double[n];
        double largestCount = 0;
        double squares = 0;
        for (int g = 0; g < n; g++) {
            double otherGroups = 0;
            for (int h = 0; h < n; h++) {
                otherGroups += h == g ? 0 : q.sizes()[h] * q.other(h, g);
            }
            // Both are sums of one sign: the own entry is minus the sum of the others.
            diagonal[g] = -otherGroups;
            within[g] = q.sizes()[g] > 1 ? otherGroups + q.sizes()[g] * q.other(g, g) : 0;
            largestCount = Math.max(largestCount, q.counts()[g]);
            squares += q.sizes()[g] * change[g] * change[g];
        }
        double norm = q.norm(diagonal, within, new double[n], 0);
        double samples = q.samples();
        // (1 − t)(Q − I) − tI − (1 − t)γ1ᵀ + tω1ᵀ, its columns weighted by √n_j/N: the last two are of rank one.
        double repair = mixed * Math.sqrt(largestCount) / samples + Math.sqrt(squares / samples);
        return (norm + repair * (1 + relative(n + 32.0))) * (1 + 4 * U);
    }

    @Override
    public double[] biasGradient() {
        return biasGradient;
    }

    @Override
    public ProvedBound.Sum value(double scale) {
        double sum = sum(scale);
        double rounding = sum * relative(4.0 * q.groups() + 64);
        return new ProvedBound.Sum(sum - rounding, rounding);
    }

    private double sum(double scale) {
        int n = q.groups();
        double samples = q.samples();
        double sum = 0;
        for (int g = 0; g < n; g++) {
            double terms = ofOwn(scale, g);
            for (int h = 0; h < n; h++) {
                double others = q.others(h, g);
                if (others > 0) {
                    terms += others * ofOther(scale * q.other(h, g), scale * (mixed * q.other(h, g) + change[h]));
                }
            }
            sum += q.sizes()[g] * q.counts()[g] / samples * terms;
        }
        return sum;
    }

    /**
     * The minimum of −x log x within {@code spread} of x and of its rounding; −x log x is concave, and 0 at 0 and 1.
     */
    private static double ofOther(double x, double spread) {
        double margin = spread * (1 + 16 * U) + 16 * U * x + 16 * Double.MIN_VALUE;
        double low = x - margin;
        double high = x + margin;
        if (!(low > 0)) {
            return 0;
        }
        double atLow = -low * Math.log(low);
        return high <= INCREASING ? atLow : Math.min(atLow, high >= 1 ? 0 : -high * Math.log(high));
    }

    /** The minimum of −(1 − y)log(1 − y) for {@code 1 − y} the own probability; concave as well. */
    private double ofOwn(double scale, int g) {
        double y = scale * taken[g];
        double margin = accuracy * y + scale * (mixed + change[g]) * (1 + 16 * U) + 16 * U * y + 16 * Double.MIN_VALUE;
        return Math.min(ofRest(y - margin), ofRest(y + margin));
    }

    private static double ofRest(double y) {
        return y <= 0 || y >= 1 ? 0 : -(1 - y) * Math.log1p(-y);
    }
}
