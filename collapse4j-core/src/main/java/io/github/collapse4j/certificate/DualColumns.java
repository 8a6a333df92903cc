package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.DoubleInterval;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.ProvedNorm;
import io.github.collapse4j.model.DataTerm;
import java.util.Arrays;

/**
 * The layout of a dual point, and what depends on it. A column stands for a group of samples with equal targets or for
 * a single sample, with a row for each output; or for a group of exchangeable classes, laid out as in {@link
 * DataTerm#ofGroups}.
 */
final class DualColumns {
    private final DataTerm data;
    private final double[] sizes;
    private final double[] counts;
    private final boolean grouped;
    private final DoubleInterval samples;

    /**
     * @param sizes the number of classes that each column stands for, 1 unless they are groups of exchangeable classes
     * @param counts the number of samples of each of these classes
     */
    DualColumns(DataTerm data, double[] sizes, double[] counts) {
        this.data = data;
        this.sizes = sizes;
        this.counts = counts;
        this.grouped = data.rows() == data.columns() + 1 && data.own(0) == data.columns();
        DoubleInterval sum = DoubleInterval.ZERO;
        for (int j = 0; j < sizes.length; j++) {
            sum = sum.plus(DoubleInterval.of(sizes[j]).times(counts[j]));
        }
        this.samples = sum;
    }

    /** A number for each row of each column. */
    @FunctionalInterface
    interface Entry {
        DoubleInterval at(int row, int column);
    }

    DataTerm data() {
        return data;
    }

    int columns() {
        return data.columns();
    }

    int rows() {
        return data.rows();
    }

    /** ν_j, the share of the samples of one class of a column. */
    DoubleInterval share(int j) {
        return DoubleInterval.of(counts[j]).over(samples);
    }

    /** The number of classes that a column stands for. */
    double size(int j) {
        return sizes[j];
    }

    /** The number of rows of the bias, each the number of one output or of one class of a group. */
    int outputs() {
        return grouped ? data.columns() : data.rows();
    }

    /** The row of the bias to which an entry belongs. */
    int output(int row, int column) {
        return grouped && row == columns() ? column : row;
    }

    /** The number of outputs that each row of the bias stands for. */
    double[] multiplicities() {
        double[] ones = new double[outputs()];
        Arrays.fill(ones, 1);
        return grouped ? sizes : ones;
    }

    /** {@code Σ_j ν_j x_kj} over all samples, for one output of each row of the bias. */
    DoubleInterval[] means(Entry entry) {
        DoubleInterval[] means = new DoubleInterval[outputs()];
        Arrays.fill(means, DoubleInterval.ZERO);
        for (int j = 0; j < columns(); j++) {
            DoubleInterval share = share(j);
            for (int h = 0; h < means.length; h++) {
                double classes = grouped && h == j ? sizes[j] - 1 : sizes[j];
                if (classes > 0) {
                    means[h] = means[h].plus(share.times(classes).times(entry.at(h, j)));
                }
            }
            if (grouped) {
                means[j] = means[j].plus(share.times(entry.at(columns(), j)));
            }
        }
        return means;
    }

    /**
     * An upper bound of σ_max of the weighted residuals: that of a matrix with a row for each row of the bias or, with
     * groups of classes, the largest factor by which they act on differences within a group.
     */
    double norm(Entry residual) {
        Matrix middle = Matrix.zeros(outputs(), columns());
        double squares = 0;
        double apart = 0;
        for (int j = 0; j < columns(); j++) {
            DoubleInterval factor = DoubleInterval.of(counts[j]).squareRoot().over(samples);
            for (int h = 0; h < outputs(); h++) {
                DoubleInterval entry;
                if (grouped && h == j) {
                    DoubleInterval own = residual.at(columns(), j);
                    DoubleInterval same = sizes[j] > 1 ? residual.at(j, j) : DoubleInterval.ZERO;
                    entry = own.plus(same.times(sizes[j] - 1)).times(factor);
                    double difference = own.minus(same).times(factor).magnitude();
                    apart = sizes[j] > 1 ? Math.max(apart, difference) : apart;
                } else {
                    entry = residual.at(h, j).times(factor);
                    double classes = grouped ? sizes[h] * sizes[j] : 1;
                    entry = classes == 1
                            ? entry
                            : entry.times(DoubleInterval.of(classes).squareRoot());
                }
                double centre = entry.low() / 2 + entry.high() / 2;
                double radius = Math.nextUp(Math.max(entry.high() - centre, centre - entry.low()));
                middle.set(h, j, centre);
                squares += radius * radius;
            }
        }
        double roundings = (double) outputs() * columns() + 8;
        double radius = Math.sqrt(squares) * (1 + ProvedNorm.relative(roundings)) + 0x1p-500;
        return Math.nextUp(Math.max(ProvedNorm.upperBound(middle, 0) + radius, apart));
    }
}
