package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.DoubleInterval;
import io.github.collapse4j.model.Column;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.SigmoidLoss;
import io.github.collapse4j.model.SoftmaxLoss;
import io.github.collapse4j.model.SquaredLoss;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Dual points of losses with targets, weights or offsets, all of whose numbers are enclosed in intervals of doubles: those of the
 * loss too, which are rounded themselves (docs/theory.md §4, "The bound in floating point").
 */
abstract sealed class EnclosedDual implements ProvedBound.ProvedDual
        permits EnclosedSoftmax, EnclosedSigmoid, EnclosedSquared {
    private final DualColumns columns;
    private DoubleInterval[][] residuals = new DoubleInterval[0][];
    private DoubleInterval[] gamma = new DoubleInterval[0];

    EnclosedDual(DualColumns columns) {
        this.columns = columns;
    }

    /**
     * The dual point near stored residuals of a loss that is not plain.
     *
     * @param stored residuals by columns
     * @param free whether the bias is free, so that the dual point has to be repaired
     */
    static EnclosedDual of(DualColumns columns, double[] stored, boolean free) {
        DataTerm data = columns.data();
        EnclosedDual dual;
        if (data.loss() instanceof SoftmaxLoss softmax) {
            dual = new EnclosedSoftmax(columns, softmax, stored);
        } else if (data.loss() instanceof SigmoidLoss sigmoid) {
            dual = new EnclosedSigmoid(columns, sigmoid, stored);
        } else if (data.loss() instanceof SquaredLoss squared) {
            dual = new EnclosedSquared(columns, squared, stored);
        } else {
            throw new IllegalArgumentException("dual point: expected a loss with targets, found "
                    + data.loss().name());
        }
        dual.enclose();
        dual.gamma = columns.means(dual::residual);
        if (free) {
            dual.repair(dual.gamma);
            dual.enclose();
            Arrays.fill(dual.gamma, DoubleInterval.ZERO);
        }
        return dual;
    }

    private void enclose() {
        residuals = IntStream.range(0, columns.columns())
                .parallel()
                .mapToObj(j -> residuals(columns.data().column(j)))
                .toArray(DoubleInterval[][]::new);
    }

    DualColumns columns() {
        return columns;
    }

    /** Changes the dual point so that the derivatives γ by the bias vanish. */
    abstract void repair(DoubleInterval[] gamma);

    /** Encloses the residuals ε of a column; entries of multiplicity 0 do not matter. */
    abstract DoubleInterval[] residuals(Column column);

    /**
     * An interval whose lower end is at most minus the conjugate of a column at {@code scale} times its residuals.
     *
     * @param residuals as enclosed before
     */
    abstract DoubleInterval minusConjugate(Column column, DoubleInterval[] residuals, double scale);

    private DoubleInterval residual(int row, int column) {
        return residuals[column][row];
    }

    @Override
    public double norm() {
        return columns.norm(this::residual);
    }

    @Override
    public double[] biasGradient() {
        return Arrays.stream(gamma).mapToDouble(DoubleInterval::magnitude).toArray();
    }

    @Override
    public ProvedBound.Sum value(double scale) {
        DoubleInterval[] terms = IntStream.range(0, columns.columns())
                .parallel()
                .mapToObj(j -> minusConjugate(columns.data().column(j), residuals[j], scale))
                .toArray(DoubleInterval[]::new);
        DoubleInterval sum = DoubleInterval.ZERO;
        for (int j = 0; j < terms.length; j++) {
            sum = sum.plus(columns.share(j).times(columns.size(j)).times(terms[j]));
        }
        return new ProvedBound.Sum(sum.low(), sum.high() - sum.low());
    }
}
