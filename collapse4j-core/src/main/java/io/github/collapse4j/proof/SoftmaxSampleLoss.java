package io.github.collapse4j.proof;

import java.util.Arrays;
import java.util.Optional;

/**
 * {@code ω_j logsumexp(z + a_j) − ⟨u_j, z + a_j⟩} with {@code u_kj = w_k ε/K + [k = j] w_j(1 − ε)}, ω_j their sum and
 * {@code a_kj = τ log ν_k − [k = j] m_j}; with targets {@code u_kj = w_k t_kj} and {@code a_k = τ log Σ_j ν_j t_kj}, of
 * which only the first is smoothed.
 */
final class SoftmaxSampleLoss extends SampleLoss {
    /** The third derivative of cross-entropy along unit vectors is at most 2√2/(6√3) (docs/theory.md §11, Lemma C). */
    private static final Interval KAPPA =
            Interval.of(2).dividedBy(Interval.of(27)).squareRoot();

    private final Interval[] shifts;
    private final Optional<Interval[]> margins;
    private final Interval[] totals;

    SoftmaxSampleLoss(ExactModel model) {
        super(model);
        this.shifts = new Interval[rows()];
        this.totals = new Interval[columns()];
        Interval adjustment =
                model.trained().map(one -> one.logitAdjustment().interval()).orElse(Interval.ZERO);
        Arrays.setAll(
                shifts,
                k -> adjustment.isZero()
                        ? Interval.ZERO
                        : adjustment.times(frequency(k).log()));
        this.margins = model.trained()
                .filter(one -> !hasTargets())
                .map(one -> one.margins().stream().map(Fraction::interval).toArray(Interval[]::new));
        Interval ofOthers = Interval.ZERO;
        for (int k = 0; k < rows() && !hasTargets(); k++) {
            ofOthers = ofOthers.plus(weight(k).times(smoothed()).times(size(k)));
        }
        for (int j = 0; j < columns(); j++) {
            totals[j] = hasTargets() ? sumOfTargets(j) : ofOthers.plus(certain(j));
        }
    }

    private Interval sumOfTargets(int j) {
        Interval sum = Interval.ZERO;
        for (int k = 0; k < rows(); k++) {
            sum = sum.plus(wanted(k, j));
        }
        return sum;
    }

    /** w_j(1 − ε). */
    private Interval certain(int j) {
        return weight(j).times(Interval.ONE.minus(smoothing()));
    }

    /** u. */
    Interval wanted(int e, int j) {
        if (hasTargets()) {
            return weight(e).times(target(e, j));
        }
        Interval smoothed = weight(row(e, j)).times(smoothed());
        return isOwn(e, j) ? smoothed.plus(certain(j)) : smoothed;
    }

    /** ω_j. */
    Interval total(int j) {
        return totals[j];
    }

    /** a. */
    Interval offset(int e, int j) {
        Interval shift = shifts[row(e, j)];
        return isOwn(e, j) && margins.isPresent() ? shift.minus(margins.get()[j]) : shift;
    }

    @Override
    LossAt at(int j, Interval[] logits) {
        int n = entries();
        Interval[] shifted = new Interval[n];
        Interval top = logits[0].plus(offset(0, j)).lower();
        ProductSum linear = new ProductSum();
        for (int e = 0; e < n; e++) {
            shifted[e] = logits[e].plus(offset(e, j));
            top = top.max(shifted[e].lower());
            linear.add(wanted(e, j).times(multiplicity(e, j)), shifted[e]);
        }
        Interval[] p = new Interval[n];
        Interval sum = Interval.ZERO;
        for (int e = 0; e < n; e++) {
            p[e] = shifted[e].minus(top).exp();
            sum = sum.plus(p[e].times(multiplicity(e, j)));
        }
        Interval[] residual = new Interval[n];
        for (int e = 0; e < n; e++) {
            p[e] = p[e].dividedBy(sum);
            residual[e] = totals[j].times(p[e]).minus(wanted(e, j));
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
