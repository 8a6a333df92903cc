package io.github.collapse4j.proof;

import static io.github.collapse4j.proof.NotProvedException.require;

import java.util.Arrays;

/** A dual point of a sigmoid loss is a probability q for each entry; its residuals are (u + v)q − u. */
final class SigmoidTerms implements TrainedTerms {
    private final SigmoidSampleLoss loss;
    private final DualPoint dual;
    private final Interval[] lower;
    private final Interval[] raise;

    SigmoidTerms(ExactModel model, DualPoint dual) {
        this.loss = new SigmoidSampleLoss(model);
        this.dual = dual;
        this.lower = new Interval[loss.rows()];
        this.raise = new Interval[loss.rows()];
        Arrays.fill(lower, Interval.ONE);
        Arrays.fill(raise, Interval.ONE);
    }

    @Override
    public SampleLoss loss() {
        return loss;
    }

    /** Multiplies q of a row, or 1 − q, by at most 1, so that the mean of (u + v)q becomes that of u. */
    @Override
    public void repair(Interval[] gamma) throws NotProvedException {
        for (int k = 0; k < loss.rows(); k++) {
            Interval wanted = loss.rowMean(k, loss::positive);
            Interval unwanted = loss.rowMean(k, loss::negative);
            Interval found = wanted.plus(gamma[k]);
            Interval left = unwanted.minus(gamma[k]);
            boolean canFall = found.isPositive();
            boolean canRise = left.isPositive();
            require(
                    (canFall || gamma[k].high().signum() <= 0)
                            && (canRise || gamma[k].low().signum() >= 0),
                    "row " + k + " of q: a mean above 0 and below 1");
            lower[k] = canFall ? wanted.dividedBy(found).min(Interval.ONE) : Interval.ONE;
            raise[k] = canRise ? unwanted.dividedBy(left).min(Interval.ONE) : Interval.ONE;
        }
    }

    private Interval probability(int e, int j) {
        int row = loss.row(e, j);
        Interval q = dual.stored(loss, e, j).times(lower[row]);
        return Interval.ONE.minus(Interval.ONE.minus(q).times(raise[row]));
    }

    @Override
    public Interval residual(int e, int j) {
        return loss.both(e, j).times(probability(e, j)).minus(loss.positive(e, j));
    }

    @Override
    public Interval minusConjugate(int j, Interval factor) throws NotProvedException {
        Interval rest = Interval.ONE.minus(factor);
        Interval sum = Interval.ZERO;
        for (int e = 0; e < loss.entries(); e++) {
            Interval both = loss.both(e, j);
            if (!both.isZero() && loss.multiplicity(e, j) > 0) {
                require(both.isPositive(), "weights of output " + e + " at group " + j + " within the arithmetic");
                Interval q = probability(e, j)
                        .times(factor)
                        .plus(rest.times(loss.positive(e, j).dividedBy(both)));
                Interval term =
                        both.times(DualBoundProof.entropy(q).plus(DualBoundProof.entropy(Interval.ONE.minus(q))));
                sum = sum.plus(term.times(loss.multiplicity(e, j)));
            }
        }
        return sum;
    }
}
