package io.github.collapse4j.proof;

import static io.github.collapse4j.proof.NotProvedException.require;

import java.util.Arrays;

/**
 * {@code Σ_k u_kj softplus(−z_k) + v_kj softplus(z_k)} with {@code u_kj = w_j π_k t_kj} and {@code v_kj = w_j(1 − t_kj)}. A dual
 * point is a probability q_kj for each output and class; its residuals are (u + v)q − u.
 */
final class SigmoidTerms extends TrainedTerms {
    private final DualPoint dual;
    private final Interval[] lower;
    private final Interval[] raise;

    SigmoidTerms(ExactModel model, DualPoint dual) {
        super(model);
        this.dual = dual;
        this.lower = new Interval[classes()];
        this.raise = new Interval[classes()];
        Arrays.fill(lower, Interval.ONE);
        Arrays.fill(raise, Interval.ONE);
    }

    private Interval positive(int k, int j) {
        return weight(j).times(loss().positiveWeights().get(k).interval()).times(target(k, j));
    }

    private Interval negative(int k, int j) {
        return weight(j).times(Interval.ONE.minus(target(k, j)));
    }

    private Interval both(int k, int j) {
        return positive(k, j).plus(negative(k, j));
    }

    /** Multiplies q of a row, or 1 − q, by at most 1, so that the mean of (u + v)q becomes that of u. */
    @Override
    void repair(Interval[] gamma) throws NotProvedException {
        for (int k = 0; k < classes(); k++) {
            Interval wanted = Interval.ZERO;
            Interval unwanted = Interval.ZERO;
            for (int j = 0; j < classes(); j++) {
                wanted = wanted.plus(share(j).times(positive(k, j)));
                unwanted = unwanted.plus(share(j).times(negative(k, j)));
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
    Interval residual(int k, int j) {
        return both(k, j).times(probability(k, j)).minus(positive(k, j));
    }

    @Override
    Interval minusConjugate(int j, Interval factor) throws NotProvedException {
        Interval rest = Interval.ONE.minus(factor);
        Interval sum = Interval.ZERO;
        for (int k = 0; k < classes(); k++) {
            Interval both = both(k, j);
            if (!both.isZero()) {
                require(both.isPositive(), "weights of output " + k + " at class " + j + " within the arithmetic");
                Interval q = probability(k, j)
                        .times(factor)
                        .plus(rest.times(positive(k, j).dividedBy(both)));
                sum = sum.plus(
                        both.times(DualBoundProof.entropy(q).plus(DualBoundProof.entropy(Interval.ONE.minus(q)))));
            }
        }
        return sum;
    }

    @Override
    Interval value(int j, Interval[] logits) {
        Interval sum = Interval.ZERO;
        for (int k = 0; k < classes(); k++) {
            sum = sum.plus(positive(k, j).times(softplus(logits[k].negate())))
                    .plus(negative(k, j).times(softplus(logits[k])));
        }
        return sum;
    }

    /** {@code log(1 + e^z)}, without exponentials of large numbers. */
    private static Interval softplus(Interval z) {
        return z.isPositive()
                ? z.plus(Interval.ONE.plus(z.negate().exp()).log())
                : Interval.ONE.plus(z.exp()).log();
    }
}
