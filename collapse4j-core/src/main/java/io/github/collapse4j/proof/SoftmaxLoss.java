package io.github.collapse4j.proof;

import java.util.Optional;

/**
 * {@code ω_j logsumexp(z + a_j) − ⟨u_j, z + a_j⟩} with {@code u_kj = w_k ε/K + [k = j] w_j(1 − ε)}, ω_j their sum and
 * {@code a_kj = τ log ν_k − [k = j] m_j}.
 */
final class SoftmaxLoss extends SampleLoss {
    /** The third derivative of cross-entropy along unit vectors is at most 2√2/(6√3) (docs/theory.md §11, Lemma C). */
    private static final Interval KAPPA =
            Interval.of(2).dividedBy(Interval.of(27)).squareRoot();

    private final Interval[] shifts;
    private final Interval[] margins;
    private final Interval[] totals;

    SoftmaxLoss(ExactModel model) {
        super(model);
        int n = classes();
        this.shifts = new Interval[n];
        this.margins = new Interval[n];
        this.totals = new Interval[n];
        Optional<TrainedLoss> loss = model.trained();
        Interval ofOthers = Interval.ZERO;
        for (int k = 0; k < n; k++) {
            ofOthers = ofOthers.plus(smoothed(k));
        }
        Interval adjustment = loss.map(one -> one.logitAdjustment().interval()).orElse(Interval.ZERO);
        for (int j = 0; j < n; j++) {
            int own = j;
            totals[j] = ofOthers.plus(certain(j));
            shifts[j] = adjustment.isZero() ? Interval.ZERO : adjustment.times(share(j).log());
            margins[j] = loss.map(one -> one.margins().get(own).interval()).orElse(Interval.ZERO);
        }
    }

    /** w_k ε/K. */
    private Interval smoothed(int k) {
        return weight(k).times(smoothing().dividedBy(Interval.of(classes())));
    }

    /** w_j(1 − ε). */
    private Interval certain(int j) {
        return weight(j).times(Interval.ONE.minus(smoothing()));
    }

    /** u_kj. */
    Interval wanted(int k, int j) {
        return k == j ? smoothed(k).plus(certain(j)) : smoothed(k);
    }

    /** ω_j. */
    Interval total(int j) {
        return totals[j];
    }

    /** a_kj. */
    Interval offset(int k, int j) {
        return k == j ? shifts[k].minus(margins[j]) : shifts[k];
    }

    @Override
    LossAt at(int j, Interval[] logits) {
        int n = classes();
        Interval[] shifted = new Interval[n];
        Interval top = logits[0].plus(offset(0, j)).lower();
        ProductSum linear = new ProductSum();
        for (int k = 0; k < n; k++) {
            shifted[k] = logits[k].plus(offset(k, j));
            top = top.max(shifted[k].lower());
            linear.add(wanted(k, j), shifted[k]);
        }
        Interval[] p = new Interval[n];
        Interval sum = Interval.ZERO;
        for (int k = 0; k < n; k++) {
            p[k] = shifted[k].minus(top).exp();
            sum = sum.plus(p[k]);
        }
        Interval[] residual = new Interval[n];
        for (int k = 0; k < n; k++) {
            p[k] = p[k].dividedBy(sum);
            residual[k] = totals[j].times(p[k]).minus(wanted(k, j));
        }
        Interval value = totals[j].times(sum.log().plus(top)).minus(linear.value());
        return new LossAt.Softmax(value, residual, totals[j], p);
    }

    @Override
    Interval thirdDerivative(int j) {
        return totals[j].times(KAPPA);
    }

    /** By Popoviciu's inequality. */
    @Override
    Interval secondDerivative(int j) {
        return totals[j].half();
    }
}
