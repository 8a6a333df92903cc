package io.github.collapse4j.model;

import java.util.OptionalDouble;

/**
 * {@code ℓ(z) = logsumexp(z) − z_y}. Safe for any finite logits; a confident sample's loss and residual keep full
 * relative precision because {@code 1 − p_y} is summed from the other probabilities, never subtracted from 1.
 */
public record CrossEntropy() implements Loss {
    /** |log q| of the smallest number q above zero. */
    private static final double LARGEST_LOGARITHM = 745;

    @Override
    public String name() {
        return "cross-entropy";
    }

    @Override
    public double value(Column column, double[] logits) {
        int offset = column.offset();
        int length = column.length();
        int own = column.own();
        double largest = largest(column, logits);
        double others = 0;
        for (int h = 0; h < length; h++) {
            double count = column.multiplicity(h);
            if (h != own && count != 0) {
                others += count * Math.exp(logits[offset + h] - largest);
            }
        }
        return fromOthers(others, logits[offset + own] - largest);
    }

    @Override
    public double evaluate(Column column, double[] logits, double[] residual) {
        int offset = column.offset();
        int length = column.length();
        int own = column.own();
        double largest = largest(column, logits);
        double others = 0;
        for (int h = 0; h < length; h++) {
            double count = column.multiplicity(h);
            if (h == own || count == 0) {
                residual[offset + h] = 0;
            } else {
                double weight = Math.exp(logits[offset + h] - largest);
                residual[offset + h] = weight;
                others += count * weight;
            }
        }
        double margin = logits[offset + own] - largest;
        double total = others + Math.exp(margin);
        for (int h = 0; h < length; h++) {
            residual[offset + h] /= total;
        }
        residual[offset + own] = -others / total;
        return fromOthers(others, margin);
    }

    private static double largest(Column column, double[] logits) {
        int offset = column.offset();
        int length = column.length();
        int own = column.own();
        double largest = logits[offset + own];
        for (int h = 0; h < length; h++) {
            // Not Math.max, which costs as much as an exponential; a NaN propagates through the sums.
            if (logits[offset + h] > largest && column.multiplicity(h) != 0) {
                largest = logits[offset + h];
            }
        }
        return largest;
    }

    /** The loss from the sum over the other classes and the own logit, both relative to the largest logit. */
    private static double fromOthers(double others, double margin) {
        return margin == 0 ? Math.log1p(others) : Math.log(others + Math.exp(margin)) - margin;
    }

    @Override
    public void curvature(Column column, double[] residual, double[] direction, double[] image) {
        int offset = column.offset();
        int length = column.length();
        int own = column.own();
        // Relative to the own entry's direction, so that a confident sample's tiny curvature is not a difference of
        // large numbers.
        double reference = direction[offset + own];
        double mean = 0;
        for (int h = 0; h < length; h++) {
            if (h != own) {
                mean += column.multiplicity(h) * residual[offset + h] * (direction[offset + h] - reference);
            }
        }
        for (int h = 0; h < length; h++) {
            image[offset + h] = residual[offset + h] * (direction[offset + h] - reference - mean);
        }
        image[offset + own] = -(1 + residual[offset + own]) * mean;
    }

    @Override
    public double conjugate(Column column, double[] residual, double scale) {
        int offset = column.offset();
        int length = column.length();
        int own = column.own();
        double correction = scale * residual[offset + own];
        double sum = correction == -1 ? 0 : (1 + correction) * Math.log1p(correction);
        for (int h = 0; h < length; h++) {
            double q = scale * residual[offset + h];
            if (h != own && q > 0) {
                sum += column.multiplicity(h) * q * Math.log(q);
            }
        }
        return sum;
    }

    /** The own term {@code q·log q}, q = 1 − scale·|e_y|, magnifies an error of e_y by 1 + |log q|. */
    @Override
    public double sensitivity(Column column, double[] residual, double scale) {
        double size = scale * Math.abs(residual[column.offset() + column.own()]);
        double magnified = Math.abs(Math.log1p(-size));
        return size * (1 + (Double.isInfinite(magnified) ? LARGEST_LOGARITHM : magnified));
    }

    /** |log q|, or that of the smallest number above zero if q is not above it. */
    static double sizeOfLogarithm(double q) {
        return q > 0 ? Math.abs(Math.log(q)) : LARGEST_LOGARITHM;
    }

    @Override
    public double rankOneCurvature(int group) {
        return 1;
    }

    @Override
    public double curvatureMass(Column column, double[] residual, int entry) {
        double e = residual[column.offset() + entry];
        return entry == column.own() ? 1 + e : e;
    }

    @Override
    public double largestCurvature() {
        return 0.5;
    }

    @Override
    public boolean isShiftInvariant() {
        return true;
    }

    @Override
    public boolean isPlain() {
        return true;
    }

    @Override
    public OptionalDouble balancedScale(int classes, double reach) {
        return OptionalDouble.of(reach * (double) classes >= 1 ? 0 : Math.log((1 - reach * (classes - 1)) / reach));
    }

    /**
     * The mean of p_k over the samples is n_k/N, so some sample of a class j has p_k ≥ n_k/N, hence z_k ≥ z_m − log(N/n_k) for
     * every m and b_m − b_k ≤ log(N/n_k) + √2·‖R‖/√n_j; and against a ∇g·1 whose entries sum to zero, half of the largest
     * difference counts.
     */
    @Override
    public double largestFreeBias(ClassCounts counts, double nuclear, double smallestCount) {
        double samples = counts.samples();
        return (Math.log(samples / smallestCount) + Math.sqrt(2) * nuclear / Math.sqrt(smallestCount)) / 2;
    }
}
