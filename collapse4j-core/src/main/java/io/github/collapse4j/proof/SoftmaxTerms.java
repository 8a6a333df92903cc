package io.github.collapse4j.proof;

import java.math.BigInteger;

/**
 * {@code ω_j logsumexp(z + a_j) − ⟨u_j, z + a_j⟩} with {@code u_kj = w_k ε/K + [k = j] w_j(1 − ε)}, ω_j their sum and
 * {@code a_kj = τ log(n_k/N) − [k = j] m_j}. A dual point is a distribution p_j for each class; its residuals are ω_j p_j − u_j.
 */
final class SoftmaxTerms extends TrainedTerms {
    private final DualPoint dual;
    private final Interval[] own;
    private final Interval[] shifts;
    private final Interval[] totals;
    private Interval mixed = Interval.ZERO;
    private final Interval[] change;
    private final Interval[] mean;

    SoftmaxTerms(ExactModel model, DualPoint dual) throws NotProvedException {
        super(model);
        int n = classes();
        this.dual = dual;
        this.own = new Interval[n];
        this.shifts = new Interval[n];
        this.totals = new Interval[n];
        this.change = new Interval[n];
        this.mean = new Interval[n];
        Interval ofOthers = Interval.ZERO;
        for (int k = 0; k < n; k++) {
            ofOthers = ofOthers.plus(weight(k).times(otherTarget()));
        }
        Interval certain = Interval.ONE.minus(loss().smoothing().interval());
        for (int j = 0; j < n; j++) {
            own[j] = remainder(j);
            totals[j] = ofOthers.plus(weight(j).times(certain));
            shifts[j] = loss().logitAdjustment().interval().times(share(j).log());
            change[j] = Interval.ZERO;
            mean[j] = Interval.ZERO;
        }
    }

    private Interval remainder(int j) throws NotProvedException {
        BigInteger rest = BigInteger.ONE.shiftLeft(Dyadic.BITS);
        for (int k = 0; k < classes(); k++) {
            if (k != j) {
                rest = rest.subtract(Dyadic.scaled(dual.columns()[j][k]));
            }
        }
        NotProvedException.require(
                rest.signum() >= 0, "column " + j + " of q: its entries besides the own one add up to more than 1");
        int shift = Dyadic.BITS - Interval.BITS;
        return Interval.ofScaled(rest.shiftRight(shift), Interval.ceilingShift(rest, shift));
    }

    /** u_kj. */
    private Interval wanted(int k, int j) {
        Interval smoothed = weight(k).times(otherTarget());
        return k == j
                ? smoothed.plus(
                        weight(j).times(Interval.ONE.minus(loss().smoothing().interval())))
                : smoothed;
    }

    private Interval offset(int k, int j) {
        return k == j ? shifts[k].minus(loss().margins().get(j).interval()) : shifts[k];
    }

    @Override
    void repair(Interval[] gamma) {
        int n = classes();
        Interval all = Interval.ZERO;
        for (int j = 0; j < n; j++) {
            all = all.plus(share(j).times(totals[j]));
        }
        for (int k = 0; k < n; k++) {
            Interval sum = Interval.ZERO;
            for (int j = 0; j < n; j++) {
                sum = sum.plus(share(j).times(wanted(k, j)));
            }
            mean[k] = sum.dividedBy(all);
            change[k] = gamma[k].dividedBy(all);
            Interval positive = change[k].max(Interval.ZERO);
            mixed = mixed.max(positive.dividedBy(mean[k].plus(positive)).upper());
        }
    }

    private Interval probability(int k, int j) {
        Interval stored = k == j ? own[j] : Interval.of(dual.columns()[j][k]);
        if (!(model().bias() instanceof ExactBias.Free)) {
            return stored;
        }
        return Interval.ONE
                .minus(mixed)
                .times(stored.minus(change[k]))
                .plus(mixed.times(mean[k]))
                .max(Interval.ZERO);
    }

    @Override
    Interval residual(int k, int j) {
        return totals[j].times(probability(k, j)).minus(wanted(k, j));
    }

    @Override
    Interval minusConjugate(int j, Interval factor) {
        Interval rest = Interval.ONE.minus(factor);
        Interval sum = Interval.ZERO;
        for (int k = 0; k < classes(); k++) {
            Interval q =
                    probability(k, j).times(factor).plus(rest.times(wanted(k, j).dividedBy(totals[j])));
            sum = sum.plus(totals[j].times(DualBoundProof.entropy(q)))
                    .plus(residual(k, j).times(factor).times(offset(k, j)));
        }
        return sum;
    }

    @Override
    Interval value(int j, Interval[] logits) {
        int n = classes();
        Interval[] shifted = new Interval[n];
        Interval top = logits[0].plus(offset(0, j)).lower();
        Interval linear = Interval.ZERO;
        for (int k = 0; k < n; k++) {
            shifted[k] = logits[k].plus(offset(k, j));
            top = top.max(shifted[k].lower());
            linear = linear.plus(wanted(k, j).times(shifted[k]));
        }
        Interval sum = Interval.ZERO;
        for (Interval logit : shifted) {
            sum = sum.plus(logit.minus(top).exp());
        }
        return totals[j].times(sum.log().plus(top)).minus(linear);
    }
}
