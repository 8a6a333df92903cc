package io.github.collapse4j.proof;

import static io.github.collapse4j.proof.NotProvedException.require;

import java.math.BigInteger;
import java.util.Arrays;

/** A dual point of a softmax loss is a distribution p_j for each group; its residuals are ω_j p_j − u_j. */
final class SoftmaxTerms implements TrainedTerms {
    private final SoftmaxSampleLoss loss;
    private final DualPoint dual;

    /** The own probabilities, or with targets the sums of the stored numbers. */
    private final Interval[] own;

    private final Interval[] change;
    private final Interval[] mean;

    /** t of the repair, which is at most 1; 0 without one. */
    private Interval mixed = Interval.ZERO;

    SoftmaxTerms(ExactModel model, DualPoint dual) throws NotProvedException {
        this.loss = new SoftmaxSampleLoss(model);
        this.dual = dual;
        this.own = new Interval[loss.columns()];
        this.change = new Interval[loss.rows()];
        this.mean = new Interval[loss.rows()];
        Arrays.fill(change, Interval.ZERO);
        Arrays.fill(mean, Interval.ZERO);
        for (int j = 0; j < own.length; j++) {
            own[j] = loss.hasTargets() ? sum(j) : remainder(j);
        }
    }

    private Interval remainder(int j) throws NotProvedException {
        BigInteger rest = BigInteger.ONE.shiftLeft(Dyadic.BITS);
        for (int e = 0; e < loss.entries(); e++) {
            long count = loss.isOwn(e, j) ? 0 : loss.multiplicity(e, j);
            if (count > 0) {
                rest = rest.subtract(Dyadic.scaled(dual.columns()[j][e]).multiply(BigInteger.valueOf(count)));
            }
        }
        require(rest.signum() >= 0, "column " + j + " of q: its entries besides the own one add up to more than 1");
        int shift = Dyadic.BITS - Interval.BITS;
        return Interval.ofScaled(rest.shiftRight(shift), Interval.ceilingShift(rest, shift));
    }

    private Interval sum(int j) throws NotProvedException {
        Interval sum = Interval.ZERO;
        for (int e = 0; e < loss.entries(); e++) {
            sum = sum.plus(dual.stored(loss, e, j));
        }
        require(sum.isPositive(), "column " + j + " of q: a positive sum");
        return sum;
    }

    @Override
    public SampleLoss loss() {
        return loss;
    }

    @Override
    public void repair(Interval[] gamma) {
        Interval all = Interval.ZERO;
        for (int j = 0; j < loss.columns(); j++) {
            all = all.plus(loss.shareOfGroup(j).times(loss.total(j)));
        }
        for (int k = 0; k < loss.rows(); k++) {
            mean[k] = loss.rowMean(k, loss::wanted).dividedBy(all);
            change[k] = gamma[k].dividedBy(all);
            Interval positive = change[k].max(Interval.ZERO);
            mixed = mixed.max(positive.dividedBy(mean[k].plus(positive)));
        }
    }

    private Interval probability(int e, int j) {
        Interval stored = loss.hasTargets()
                ? dual.stored(loss, e, j).dividedBy(own[j])
                : loss.isOwn(e, j) ? own[j] : Interval.of(dual.columns()[j][e]);
        return Interval.ONE
                .minus(mixed)
                .times(stored.minus(change[loss.row(e, j)]))
                .plus(mixed.times(mean[loss.row(e, j)]))
                .max(Interval.ZERO);
    }

    @Override
    public Interval residual(int e, int j) {
        return loss.total(j).times(probability(e, j)).minus(loss.wanted(e, j));
    }

    @Override
    public Interval minusConjugate(int j, Interval factor) {
        Interval rest = Interval.ONE.minus(factor);
        Interval sum = Interval.ZERO;
        for (int e = 0; e < loss.entries(); e++) {
            long count = loss.multiplicity(e, j);
            if (count > 0) {
                Interval q = probability(e, j)
                        .times(factor)
                        .plus(rest.times(loss.wanted(e, j).dividedBy(loss.total(j))));
                Interval term = loss.total(j)
                        .times(DualBoundProof.entropy(q))
                        .plus(residual(e, j).times(factor).times(loss.offset(e, j)));
                sum = sum.plus(term.times(count));
            }
        }
        return sum;
    }
}
