package io.github.collapse4j.proof;

import java.util.Arrays;

/** {@code w_j/2·‖z − t_j‖²}. */
final class SquaredLoss extends SampleLoss {
    SquaredLoss(ExactModel model) {
        super(model);
    }

    @Override
    LossAt at(int j, Interval[] logits) {
        int n = classes();
        ProductSum squares = new ProductSum();
        Interval[] residual = new Interval[n];
        Interval[] diagonal = new Interval[n];
        Arrays.fill(diagonal, weight(j));
        for (int k = 0; k < n; k++) {
            Interval error = logits[k].minus(target(k, j));
            squares.add(error.magnitude(), error.magnitude());
            residual[k] = weight(j).times(error);
        }
        return new LossAt.Separable(weight(j).times(squares.value()).half(), residual, diagonal);
    }

    @Override
    Interval thirdDerivative(int j) {
        return Interval.ZERO;
    }

    @Override
    Interval secondDerivative(int j) {
        return weight(j);
    }
}
