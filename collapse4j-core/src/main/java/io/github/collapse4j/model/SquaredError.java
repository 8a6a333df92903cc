package io.github.collapse4j.model;

/** {@code ℓ(z) = ½‖z − e_y‖²} with the one-hot target {@code e_y}. */
public record SquaredError() implements Loss {
    @Override
    public String name() {
        return "squared error";
    }

    @Override
    public double value(Column column, double[] logits) {
        int offset = column.offset();
        int length = column.length();
        int own = column.own();
        double sum = square(logits[offset + own] - 1);
        for (int h = 0; h < length; h++) {
            if (h != own) {
                sum += column.multiplicity(h) * square(logits[offset + h]);
            }
        }
        return sum / 2;
    }

    @Override
    public double evaluate(Column column, double[] logits, double[] residual) {
        System.arraycopy(logits, column.offset(), residual, column.offset(), column.length());
        residual[column.offset() + column.own()] -= 1;
        return value(column, logits);
    }

    @Override
    public void curvature(Column column, double[] residual, double[] direction, double[] image) {
        System.arraycopy(direction, column.offset(), image, column.offset(), column.length());
    }

    @Override
    public double conjugate(Column column, double[] residual, double scale) {
        int offset = column.offset();
        int length = column.length();
        int own = column.own();
        double squares = square(residual[offset + own]);
        for (int h = 0; h < length; h++) {
            if (h != own) {
                squares += column.multiplicity(h) * square(residual[offset + h]);
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
