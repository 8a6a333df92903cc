package io.github.collapse4j.model;

/** {@code ℓ(z) = ½‖z − e_y‖²} with the one-hot target {@code e_y}. */
public record SquaredError() implements Loss {
    @Override
    public String name() {
        return "squared error";
    }

    @Override
    public double value(
            double[] logits, int offset, int length, int own, double[] multiplicity, int multiplicityOffset) {
        double sum = square(logits[offset + own] - 1);
        for (int h = 0; h < length; h++) {
            if (h != own) {
                sum += multiplicity[multiplicityOffset + h] * square(logits[offset + h]);
            }
        }
        return sum / 2;
    }

    @Override
    public double evaluate(
            double[] logits,
            int offset,
            int length,
            int own,
            double[] multiplicity,
            int multiplicityOffset,
            double[] residual) {
        System.arraycopy(logits, offset, residual, offset, length);
        residual[offset + own] -= 1;
        return value(logits, offset, length, own, multiplicity, multiplicityOffset);
    }

    @Override
    public void curvature(
            double[] residual,
            int offset,
            int length,
            int own,
            double[] multiplicity,
            int multiplicityOffset,
            double[] direction,
            double[] image) {
        System.arraycopy(direction, offset, image, offset, length);
    }

    @Override
    public double conjugate(
            double[] residual,
            int offset,
            int length,
            int own,
            double[] multiplicity,
            int multiplicityOffset,
            double scale) {
        double squares = square(residual[offset + own]);
        for (int h = 0; h < length; h++) {
            if (h != own) {
                squares += multiplicity[multiplicityOffset + h] * square(residual[offset + h]);
            }
        }
        return scale * scale * squares / 2 + scale * residual[offset + own];
    }

    private static double square(double x) {
        return x * x;
    }

    @Override
    public double rankOneCurvature() {
        return 0;
    }

    @Override
    public double curvatureMass(double residual, boolean own) {
        return 1;
    }

    @Override
    public boolean isShiftInvariant() {
        return false;
    }
}
