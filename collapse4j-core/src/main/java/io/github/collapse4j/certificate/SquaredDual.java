package io.github.collapse4j.certificate;

import static io.github.collapse4j.linalg.ProvedNorm.relative;

import io.github.collapse4j.certificate.ProvedBound.GroupedResidual;
import io.github.collapse4j.linalg.UnitRoundOff;

/**
 * Dual points of squared error: the stored residuals, from which a free bias subtracts γ = ∇g·1 row by row. That matrix
 * is never computed; its entries differ from the stored ones by at most |γ_h|.
 */
final class SquaredDual implements ProvedBound.ProvedDual {
    private static final double U = UnitRoundOff.DOUBLE;

    private final GroupedResidual e;
    private final double[] biasGradient;
    private final boolean free;

    SquaredDual(GroupedResidual residual, boolean free) {
        this.e = residual;
        this.free = free;
        this.biasGradient = biasGradient(residual);
    }

    private static double[] biasGradient(GroupedResidual e) {
        int n = e.groups();
        double samples = e.samples();
        double[] bounds = new double[n];
        for (int h = 0; h < n; h++) {
            double sum = e.counts()[h] * e.own(h);
            double size = Math.abs(sum);
            for (int g = 0; g < n; g++) {
                double others = e.others(g, h);
                double term = others == 0 ? 0 : others * e.counts()[g] * e.other(h, g);
                sum += term;
                size += Math.abs(term);
            }
            bounds[h] = Math.abs(sum) / samples * (1 + 8 * U) + relative(n + 24.0) * size / samples;
        }
        return bounds;
    }

    @Override
    public double norm() {
        int n = e.groups();
        double[] diagonal = new double[n];
        double[] within = new double[n];
        double[] size = new double[n];
        double squares = 0;
        for (int g = 0; g < n; g++) {
            double same = e.sizes()[g] > 1 ? e.other(g, g) : 0;
            diagonal[g] = e.own(g) + (e.sizes()[g] - 1) * same;
            within[g] = e.own(g) - same;
            size[g] = Math.abs(e.own(g)) + e.sizes()[g] * Math.abs(same);
            squares += free ? e.sizes()[g] * biasGradient[g] * biasGradient[g] : 0;
        }
        double norm = e.norm(diagonal, within, size, relative(8));
        return (norm + Math.sqrt(squares / e.samples()) * (1 + relative(n + 32.0))) * (1 + 4 * U);
    }

    @Override
    public double[] biasGradient() {
        return biasGradient;
    }

    /** The upper bound of {@code Σ ω(½‖ce‖² + c·e_own)}, and with its sign reversed the lower bound. */
    @Override
    public ProvedBound.Sum value(double scale) {
        int n = e.groups();
        double samples = e.samples();
        double sum = 0;
        double size = 0;
        for (int g = 0; g < n; g++) {
            double squares = square(scale * (Math.abs(e.own(g)) + change(g)));
            for (int h = 0; h < n; h++) {
                double others = e.others(h, g);
                squares += others == 0 ? 0 : others * square(scale * (Math.abs(e.other(h, g)) + change(h)));
            }
            double weight = e.sizes()[g] * e.counts()[g] / samples;
            sum += weight * (squares / 2 + scale * (e.own(g) + change(g)));
            size += weight * (squares / 2 + scale * (Math.abs(e.own(g)) + change(g)));
        }
        double rounding = size * relative(4.0 * n + 64);
        return new ProvedBound.Sum(-sum - rounding, rounding);
    }

    private double change(int h) {
        return free ? biasGradient[h] : 0;
    }

    private static double square(double x) {
        return x * x;
    }
}
