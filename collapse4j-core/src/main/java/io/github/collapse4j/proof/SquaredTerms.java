package io.github.collapse4j.proof;

import java.util.Arrays;

/** {@code w_j/2·‖z − t_j‖²}. A dual point is a vector e_j for each class; its residuals are w_j e_j. */
final class SquaredTerms extends TrainedTerms {
    private final DualPoint dual;
    private final Interval[] change;

    SquaredTerms(ExactModel model, DualPoint dual) {
        super(model);
        this.dual = dual;
        this.change = new Interval[classes()];
        Arrays.fill(change, Interval.ZERO);
    }

    @Override
    void repair(Interval[] gamma) {
        Interval all = Interval.ZERO;
        for (int j = 0; j < classes(); j++) {
            all = all.plus(share(j).times(weight(j)));
        }
        for (int k = 0; k < classes(); k++) {
            change[k] = gamma[k].dividedBy(all);
        }
    }

    private Interval error(int k, int j) {
        return Interval.of(dual.columns()[j][k]).minus(change[k]);
    }

    @Override
    Interval residual(int k, int j) {
        return weight(j).times(error(k, j));
    }

    @Override
    Interval minusConjugate(int j, Interval factor) {
        Interval sum = Interval.ZERO;
        for (int k = 0; k < classes(); k++) {
            Interval e = error(k, j).times(factor);
            sum = sum.plus(e.square().half()).plus(e.times(target(k, j)));
        }
        return weight(j).times(sum).negate();
    }

    @Override
    Interval value(int j, Interval[] logits) {
        Interval sum = Interval.ZERO;
        for (int k = 0; k < classes(); k++) {
            sum = sum.plus(logits[k].minus(target(k, j)).square());
        }
        return weight(j).times(sum).half();
    }
}
