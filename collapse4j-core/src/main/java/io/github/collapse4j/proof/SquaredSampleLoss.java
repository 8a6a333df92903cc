package io.github.collapse4j.proof;

/** {@code Σ_k w_j/2·(z_k − t_kj)²}, with targets w_k in place of w_j. */
final class SquaredSampleLoss extends SampleLoss {
    SquaredSampleLoss(ExactModel model) {
        super(model);
    }

    @Override
    LossAt at(int j, Interval[] logits) {
        int n = entries();
        ProductSum squares = new ProductSum();
        Interval[] residual = new Interval[n];
        Interval[] diagonal = new Interval[n];
        for (int e = 0; e < n; e++) {
            Interval error = logits[e].minus(target(e, j));
            squares.add(weight(e, j).times(multiplicity(e, j)), error.square());
            residual[e] = weight(e, j).times(error);
            diagonal[e] = weight(e, j);
        }
        return new LossAt.Separable(squares.value().half(), residual, diagonal);
    }

    @Override
    Interval thirdDerivative(int j) {
        return Interval.ZERO;
    }

    @Override
    Interval secondDerivative(int j) {
        Interval largest = Interval.ZERO;
        for (int e = 0; e < entries(); e++) {
            largest = largest.max(weight(e, j));
        }
        return largest;
    }
}
