package io.github.collapse4j.proof;

/** {@code Σ_k u_kj softplus(−z_k) + v_kj softplus(z_k)} with {@code u_kj = w_j π_k t_kj} and {@code v_kj = w_j(1 − t_kj)}. */
final class SigmoidLoss extends SampleLoss {
    /** σ″ = σ(1 − σ)(1 − 2σ) is at most 1/(6√3). */
    private static final Interval STEEPEST =
            Interval.ONE.dividedBy(Interval.of(108)).squareRoot();

    private final Interval[] factors;

    SigmoidLoss(ExactModel model) {
        super(model);
        factors = model.trained().orElseThrow().positiveWeights().stream()
                .map(Fraction::interval)
                .toArray(Interval[]::new);
    }

    /** u_kj. */
    Interval positive(int k, int j) {
        return weight(j).times(factors[k]).times(target(k, j));
    }

    /** v_kj. */
    Interval negative(int k, int j) {
        return weight(j).times(Interval.ONE.minus(target(k, j)));
    }

    /** u_kj + v_kj. */
    Interval both(int k, int j) {
        return positive(k, j).plus(negative(k, j));
    }

    @Override
    LossAt at(int j, Interval[] logits) {
        int n = classes();
        Interval value = Interval.ZERO;
        Interval[] residual = new Interval[n];
        Interval[] diagonal = new Interval[n];
        for (int k = 0; k < n; k++) {
            Interval p = sigmoid(logits[k]);
            value = value.plus(positive(k, j).times(softplus(logits[k].negate())))
                    .plus(negative(k, j).times(softplus(logits[k])));
            residual[k] = both(k, j).times(p).minus(positive(k, j));
            diagonal[k] = both(k, j).times(p.times(Interval.ONE.minus(p)));
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
        for (int k = 0; k < classes(); k++) {
            largest = largest.max(both(k, j));
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
