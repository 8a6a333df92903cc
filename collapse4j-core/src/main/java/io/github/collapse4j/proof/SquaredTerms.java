package io.github.collapse4j.proof;

import java.util.Arrays;

/** A dual point of squared error is a vector e_j for each group; its residuals are e_j times the weights. */
final class SquaredTerms implements TrainedTerms {
    private final SquaredSampleLoss loss;
    private final DualPoint dual;
    private final Interval[] change;

    SquaredTerms(ExactModel model, DualPoint dual) {
        this.loss = new SquaredSampleLoss(model);
        this.dual = dual;
        this.change = new Interval[loss.rows()];
        Arrays.fill(change, Interval.ZERO);
    }

    @Override
    public SampleLoss loss() {
        return loss;
    }

    @Override
    public void repair(Interval[] gamma) {
        for (int k = 0; k < loss.rows(); k++) {
            change[k] = gamma[k].dividedBy(loss.rowMean(k, loss::weight));
        }
    }

    private Interval error(int e, int j) {
        return dual.stored(loss, e, j).minus(change[loss.row(e, j)]);
    }

    @Override
    public Interval residual(int e, int j) {
        return loss.weight(e, j).times(error(e, j));
    }

    @Override
    public Interval minusConjugate(int j, Interval factor) {
        Interval sum = Interval.ZERO;
        for (int e = 0; e < loss.entries(); e++) {
            Interval error = error(e, j).times(factor);
            Interval term = error.square().half().plus(error.times(loss.target(e, j)));
            sum = sum.minus(term.times(loss.weight(e, j)).times(loss.multiplicity(e, j)));
        }
        return sum;
    }
}
