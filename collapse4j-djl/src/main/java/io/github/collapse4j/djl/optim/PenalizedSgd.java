package io.github.collapse4j.djl.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Stochastic gradient descent with momentum: {@code m ← βm + γ(g + λθ)}, {@code θ ← θ − m}. With a constant rate γ it
 * is PyTorch's SGD; when the rate changes, earlier steps in m keep their old rate.
 */
public final class PenalizedSgd extends PenalizedOptimizer {
    private final float momentum;

    /**
     * @param momentum β, 0 ≤ β &lt; 1
     */
    public PenalizedSgd(Penalties penalties, double momentum) {
        super(new Builder(), penalties);
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum: expected 0 ≤ β < 1, found " + momentum);
        }
        this.momentum = (float) momentum;
    }

    @Override
    public int stateArrays() {
        return momentum == 0 ? 0 : 1;
    }

    @Override
    public void beginStep(long step) {
        // SGD does not count steps
    }

    @Override
    void step(NDArray weight, NDArray gradient, NDArray[] state, float rate, float penalty) {
        NDList inputs = new NDList(weight, gradient);
        for (NDArray array : state) {
            inputs.add(array);
        }
        weight.getNDArrayInternal()
                .sgdUpdate(inputs, new NDList(weight), rate, penalty, rescaleGrad, clipGrad, momentum, true);
    }
}
