package io.github.collapse4j.model;

import java.util.OptionalDouble;

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

    /** The conjugate is a difference of two sums: {@code scale·|e_y|} twice bounds what cancels. */
    @Override
    public double sensitivity(Column column, double[] residual, double scale) {
        return 2 * scale * Math.abs(residual[column.offset() + column.own()]);
    }

    @Override
    public double rankOneCurvature(int group) {
        return 0;
    }

    @Override
    public double curvatureMass(Column column, double[] residual, int entry) {
        return 1;
    }

    @Override
    public double largestCurvature() {
        return 1;
    }

    @Override
    public boolean isShiftInvariant() {
        return false;
    }

    @Override
    public boolean isQuadratic() {
        return true;
    }

    @Override
    public boolean isIsotropic() {
        return true;
    }

    @Override
    public boolean isPlain() {
        return true;
    }

    @Override
    public OptionalDouble balancedScale(int classes, double reach) {
        return OptionalDouble.of(Math.max(0, 1 - reach * classes));
    }

    /** Features are centred, so b_k = n_k/N. */
    @Override
    public double largestFreeBias(ClassCounts counts, double nuclear, double smallestCount) {
        return 1;
    }
}
