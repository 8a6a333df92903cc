package io.github.collapse4j.model;

import io.github.collapse4j.linalg.ColumnBlocks;
import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;

/**
 * {@code Σ_j ω_j ℓ(z_j)}, the loss as a function of the logits: one column per sample, per class (reduced model) or per
 * group of exchangeable classes. The only place where losses are summed; uses all cores, and the result does not depend
 * on their number.
 */
public final class DataTerm {
    private final Loss loss;
    private final int rows;
    private final int[] own;
    private final int[] groups;
    private final double[] weights;
    private final double[] multiplicity;
    private final int multiplicityStride;

    private DataTerm(
            Loss loss,
            int rows,
            int[] own,
            int[] groups,
            double[] weights,
            double[] multiplicity,
            int multiplicityStride) {
        this.loss = loss;
        this.rows = rows;
        this.own = own;
        this.groups = groups;
        this.weights = weights;
        this.multiplicity = multiplicity;
        this.multiplicityStride = multiplicityStride;
    }

    /** One row per output; column {@code j} is of group {@code groups[j]} and has the weight {@code weights[j]}. */
    public static DataTerm ofClasses(Loss loss, int outputs, int[] groups, double[] weights) {
        double[] ones = new double[outputs];
        Arrays.fill(ones, 1);
        int[] own = new int[groups.length];
        Arrays.setAll(own, j -> loss.own(groups[j]));
        return new DataTerm(loss, outputs, own, groups, weights, ones, 0);
    }

    /**
     * One column per group of exchangeable classes. Row g is the logit of a class of group g other than the sample's
     * own; the last row is the logit of the sample's own class.
     */
    public static DataTerm ofGroups(Loss loss, int[] groupSizes, double[] weights) {
        int[] each = new int[groupSizes.length];
        for (int g = 0; g < each.length; g++) {
            each[g] = g;
        }
        return ofGroups(loss, groupSizes, each, weights);
    }

    /**
     * Like {@link #ofGroups(Loss, int[], double[])}, with any number of columns: column {@code j} is a sample of a
     * class of group {@code groupOf[j]}.
     */
    public static DataTerm ofGroups(Loss loss, int[] groupSizes, int[] groupOf, double[] weights) {
        int groups = groupSizes.length;
        int[] own = new int[groupOf.length];
        double[] multiplicity = new double[Math.multiplyExact(groups + 1, groupOf.length)];
        for (int j = 0; j < groupOf.length; j++) {
            own[j] = groups;
            for (int h = 0; h < groups; h++) {
                multiplicity[j * (groups + 1) + h] = groupSizes[h] - (h == groupOf[j] ? 1 : 0);
            }
            multiplicity[j * (groups + 1) + groups] = 1;
        }
        return new DataTerm(loss, groups + 1, own, groupOf, weights, multiplicity, groups + 1);
    }

    public Loss loss() {
        return loss;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return own.length;
    }

    public double weight(int column) {
        return weights[column];
    }

    public double multiplicity(int row, int column) {
        return multiplicity[column * multiplicityStride + row];
    }

    /** The row with the logit of the column's own class. */
    public int own(int column) {
        return own[column];
    }

    /** The position of a column in an array of {@code rows×columns} numbers. */
    public Column column(int j) {
        return new Column(j * rows, rows, own[j], multiplicity, j * multiplicityStride, groups[j]);
    }

    /** The weighted loss of {@code rows×columns} logits. */
    public double value(Matrix logits) {
        double[] z = logits.data();
        return ColumnBlocks.sum(rows, columns(), (from, to) -> {
            double sum = 0;
            for (int j = from; j < to; j++) {
                sum += weights[j] * loss.value(column(j), z);
            }
            return sum;
        });
    }

    /** The weighted loss; writes every column's unweighted residual to {@code residual}, which has the same shape. */
    public double evaluate(Matrix logits, Matrix residual) {
        double[] z = logits.data();
        double[] e = residual.data();
        return ColumnBlocks.sum(rows, columns(), (from, to) -> {
            double sum = 0;
            for (int j = from; j < to; j++) {
                sum += weights[j] * loss.evaluate(column(j), z, e);
            }
            return sum;
        });
    }

    /**
     * Writes the derivative of the residuals along {@code direction} to {@code image}; all have the shape of the
     * logits.
     */
    public void curvature(Matrix residual, Matrix direction, Matrix image) {
        double[] e = residual.data();
        double[] dz = direction.data();
        double[] de = image.data();
        ColumnBlocks.forEach(rows, columns(), (from, to) -> {
            for (int j = from; j < to; j++) {
                loss.curvature(column(j), e, dz, de);
            }
        });
    }

    /** The mass of a single logit in the second derivative of its column (see {@link Loss#rankOneCurvature}). */
    public double mass(Matrix residual, int row, int column) {
        return loss.curvatureMass(column(column), residual.data(), row);
    }

    /** The factor of the rank-one part of a column's second derivative. */
    public double rankOne(int column) {
        return loss.rankOneCurvature(groups[column]);
    }

    /** {@code Σ_j ω_j} times the {@link Loss#sensitivity} of each column. */
    public double sensitivity(Matrix residual, double scale) {
        double sum = 0;
        for (int j = 0; j < columns(); j++) {
            sum += weights[j] * loss.sensitivity(column(j), residual.data(), scale);
        }
        return sum;
    }

    /** {@code ‖e_j‖₁} over all outputs that the rows stand for. */
    public double absoluteResidual(Matrix residual, int column) {
        double sum = 0;
        for (int k = 0; k < rows; k++) {
            sum += multiplicity(k, column) * Math.abs(residual.get(k, column));
        }
        return sum;
    }

    /** {@code Σ_j ω_j ℓ*(scale·e_j)} for residuals {@code e_j}. */
    public double conjugate(Matrix residual, double scale) {
        double[] e = residual.data();
        return ColumnBlocks.sum(rows, columns(), (from, to) -> {
            double sum = 0;
            for (int j = from; j < to; j++) {
                sum += weights[j] * loss.conjugate(column(j), e, scale);
            }
            return sum;
        });
    }
}
