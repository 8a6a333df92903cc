package io.github.collapse4j.proof;

import java.util.Arrays;

/** A dual point of squared error is a vector e_j for each class; its residuals are w_j e_j. */
final class SquaredTerms implements TrainedTerms {
    private final SquaredLoss loss;
    private final DualPoint dual;
    private final Interval[] change;

    SquaredTerms(ExactModel model, DualPoint dual) {
        this.loss = new SquaredLoss(model);
        this.dual = dual;
        this.change = new Interval[loss.classes()];
        Arrays.fill(change, Interval.ZERO);
    }

    @Override
    public SampleLoss loss() {
        return loss;
    }

    @Override
    public void repair(Interval[] gamma) {
        Interval all = Interval.ZERO;
        for (int j = 0; j < loss.classes(); j++) {
            all = all.plus(loss.share(j).times(loss.weight(j)));
        }
        for (int k = 0; k < loss.classes(); k++) {
            change[k] = gamma[k].dividedBy(all);
        }
    }

    private Interval error(int k, int j) {
        return Interval.of(dual.columns()[j][k]).minus(change[k]);
    }

    @Override
    public Interval residual(int k, int j) {
        return loss.weight(j).times(error(k, j));
    }

    @Override
    public Interval minusConjugate(int j, Interval factor) {
        Interval sum = Interval.ZERO;
        for (int k = 0; k < loss.classes(); k++) {
            Interval e = error(k, j).times(factor);
            sum = sum.plus(e.square().half()).plus(e.times(loss.target(k, j)));
        }
        return loss.weight(j).times(sum).negate();
    }
}
