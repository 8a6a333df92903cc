package io.github.collapse4j.proof;

import static io.github.collapse4j.proof.NotProvedException.require;

import java.util.Arrays;

/** A dual point of a sigmoid loss is a probability q_kj for each output and class; its residuals are (u + v)q − u. */
final class SigmoidTerms implements TrainedTerms {
    private final SigmoidLoss loss;
    private final DualPoint dual;
    private final Interval[] lower;
    private final Interval[] raise;

    SigmoidTerms(ExactModel model, DualPoint dual) {
        this.loss = new SigmoidLoss(model);
        this.dual = dual;
        this.lower = new Interval[loss.classes()];
        this.raise = new Interval[loss.classes()];
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
        for (int k = 0; k < loss.classes(); k++) {
            Interval wanted = Interval.ZERO;
            Interval unwanted = Interval.ZERO;
            for (int j = 0; j < loss.classes(); j++) {
                wanted = wanted.plus(loss.share(j).times(loss.positive(k, j)));
                unwanted = unwanted.plus(loss.share(j).times(loss.negative(k, j)));
            }
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

    private Interval probability(int k, int j) {
        Interval q = Interval.of(dual.columns()[j][k]).times(lower[k]);
        return Interval.ONE.minus(Interval.ONE.minus(q).times(raise[k]));
    }

    @Override
    public Interval residual(int k, int j) {
        return loss.both(k, j).times(probability(k, j)).minus(loss.positive(k, j));
    }

    @Override
    public Interval minusConjugate(int j, Interval factor) throws NotProvedException {
        Interval rest = Interval.ONE.minus(factor);
        Interval sum = Interval.ZERO;
        for (int k = 0; k < loss.classes(); k++) {
            Interval both = loss.both(k, j);
            if (!both.isZero()) {
                require(both.isPositive(), "weights of output " + k + " at class " + j + " within the arithmetic");
                Interval q = probability(k, j)
                        .times(factor)
                        .plus(rest.times(loss.positive(k, j).dividedBy(both)));
                sum = sum.plus(
                        both.times(DualBoundProof.entropy(q).plus(DualBoundProof.entropy(Interval.ONE.minus(q)))));
            }
        }
        return sum;
    }
}
