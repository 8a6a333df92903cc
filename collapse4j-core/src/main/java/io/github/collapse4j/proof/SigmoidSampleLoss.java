package io.github.collapse4j.proof;

/**
 * {@code Σ_k u_kj softplus(−z_k) + v_kj softplus(z_k)} with {@code u_kj = w_j π_k t_kj} and {@code v_kj = w_j(1 −
 * t_kj)}, w_k in place of w_j with targets.
 */
final class SigmoidSampleLoss extends SampleLoss {
    /** σ″ = σ(1 − σ)(1 − 2σ) is at most 1/(6√3). */
    private static final Interval STEEPEST =
            Interval.ONE.dividedBy(Interval.of(108)).squareRoot();

    private final Interval[] factors;

    SigmoidSampleLoss(ExactModel model) {
        super(model);
        factors = model.trained().orElseThrow().positiveWeights().stream()
                .map(Fraction::interval)
                .toArray(Interval[]::new);
    }

    /** u. */
    Interval positive(int e, int j) {
        return weight(e, j).times(factors[row(e, j)]).times(target(e, j));
    }

    /** v. */
    Interval negative(int e, int j) {
        return weight(e, j).times(Interval.ONE.minus(target(e, j)));
    }

    /** u + v. */
    Interval both(int e, int j) {
        return positive(e, j).plus(negative(e, j));
    }

    @Override
    LossAt at(int j, Interval[] logits) {
        int n = entries();
        Interval value = Interval.ZERO;
        Interval[] residual = new Interval[n];
        Interval[] diagonal = new Interval[n];
        for (int e = 0; e < n; e++) {
            Interval p = sigmoid(logits[e]);
            Interval term = positive(e, j)
                    .times(softplus(logits[e].negate()))
                    .plus(negative(e, j).times(softplus(logits[e])));
            value = value.plus(term.times(multiplicity(e, j)));
            residual[e] = both(e, j).times(p).minus(positive(e, j));
            diagonal[e] = both(e, j).times(p.times(Interval.ONE.minus(p)));
        }
        return new LossAt.Separable(value, residual, diagonal);
    }

    private static Interval sigmoid(Interval z) {
        return z.isPositive()
                ? Interval.ONE.dividedBy(Interval.ONE.plus(z.negate().exp()))
                : Interval.ONE.minus(Interval.ONE.dividedBy(Interval.ONE.plus(z.exp())));
    }

    /** {@code log(1 + e^z)}, without exponentials of large numbers. */
    private static Interval softplus(Interval z) {
        return z.isPositive()
                ? z.plus(Interval.ONE.plus(z.negate().exp()).log())
                : Interval.ONE.plus(z.exp()).log();
    }

    private Interval largest(int j) {
        Interval largest = Interval.ZERO;
        for (int e = 0; e < entries(); e++) {
            largest = largest.max(both(e, j));
        }
        return largest;
    }

    @Override
    Interval thirdDerivative(int j) {
        return largest(j).times(STEEPEST);
    }

    @Override
    Interval secondDerivative(int j) {
        return largest(j).half().half();
    }
}
