package io.github.collapse4j.proof;

import java.math.BigInteger;
import java.util.Arrays;

/** A dual point of a softmax loss is a distribution p_j for each class; its residuals are ω_j p_j − u_j. */
final class SoftmaxTerms implements TrainedTerms {
    private final SoftmaxLoss loss;
    private final DualPoint dual;
    private final int n;
    private final Interval[] own;
    private final Interval[] change;
    private final Interval[] mean;

    /** t of the repair, which is below 1; 0 without one. */
    private Interval mixed = Interval.ZERO;

    SoftmaxTerms(ExactModel model, DualPoint dual) throws NotProvedException {
        this.loss = new SoftmaxLoss(model);
        this.dual = dual;
        this.n = loss.classes();
        this.own = new Interval[n];
        this.change = new Interval[n];
        this.mean = new Interval[n];
        Arrays.fill(change, Interval.ZERO);
        Arrays.fill(mean, Interval.ZERO);
        for (int j = 0; j < n; j++) {
            own[j] = remainder(j);
        }
    }

    private Interval remainder(int j) throws NotProvedException {
        BigInteger rest = BigInteger.ONE.shiftLeft(Dyadic.BITS);
        for (int k = 0; k < n; k++) {
            if (k != j) {
                rest = rest.subtract(Dyadic.scaled(dual.columns()[j][k]));
            }
        }
        NotProvedException.require(
                rest.signum() >= 0, "column " + j + " of q: its entries besides the own one add up to more than 1");
        int shift = Dyadic.BITS - Interval.BITS;
        return Interval.ofScaled(rest.shiftRight(shift), Interval.ceilingShift(rest, shift));
    }

    @Override
    public SampleLoss loss() {
        return loss;
    }

    @Override
    public void repair(Interval[] gamma) {
        Interval all = Interval.ZERO;
        for (int j = 0; j < n; j++) {
            all = all.plus(loss.share(j).times(loss.total(j)));
        }
        for (int k = 0; k < n; k++) {
            Interval sum = Interval.ZERO;
            for (int j = 0; j < n; j++) {
                sum = sum.plus(loss.share(j).times(loss.wanted(k, j)));
            }
            mean[k] = sum.dividedBy(all);
            change[k] = gamma[k].dividedBy(all);
            Interval positive = change[k].max(Interval.ZERO);
            mixed = mixed.max(positive.dividedBy(mean[k].plus(positive)));
        }
    }

    private Interval probability(int k, int j) {
        Interval stored = k == j ? own[j] : Interval.of(dual.columns()[j][k]);
        return Interval.ONE
                .minus(mixed)
                .times(stored.minus(change[k]))
                .plus(mixed.times(mean[k]))
                .max(Interval.ZERO);
    }

    @Override
    public Interval residual(int k, int j) {
        return loss.total(j).times(probability(k, j)).minus(loss.wanted(k, j));
    }

    @Override
    public Interval minusConjugate(int j, Interval factor) {
        Interval rest = Interval.ONE.minus(factor);
        Interval sum = Interval.ZERO;
        for (int k = 0; k < n; k++) {
            Interval q = probability(k, j)
                    .times(factor)
                    .plus(rest.times(loss.wanted(k, j).dividedBy(loss.total(j))));
            sum = sum.plus(loss.total(j).times(DualBoundProof.entropy(q)))
                    .plus(residual(k, j).times(factor).times(loss.offset(k, j)));
        }
        return sum;
    }
}
