package io.github.collapse4j.djl.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Adam (Kingma and Ba 2015) with β₁ = 0.9, β₂ = 0.999, ε = 1e-8; penalties enter the gradient, so that its fixed points are
 * the critical points of the objective.
 */
public final class PenalizedAdam extends PenalizedOptimizer {
    private static final float BETA_1 = 0.9f;
    private static final float BETA_2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private long step;

    public PenalizedAdam(Penalties penalties) {
        super(new Builder(), penalties);
    }

    @Override
    public int stateArrays() {
        return 2;
    }

    @Override
    public void beginStep(long number) {
        step = number + 1;
    }

    @Override
    void step(NDArray weight, NDArray gradient, NDArray[] state, float rate, float penalty) {
        double corrected =
                rate * Math.sqrt(1 - Math.pow(BETA_2, (double) step)) / (1 - Math.pow(BETA_1, (double) step));
        weight.getNDArrayInternal()
                .adamUpdate(
                        new NDList(weight, gradient, state[0], state[1]),
                        new NDList(weight),
                        rate,
                        (float) corrected,
                        penalty,
                        rescaleGrad,
                        clipGrad,
                        BETA_1,
                        BETA_2,
                        EPSILON,
                        true,
                        false);
    }
}
