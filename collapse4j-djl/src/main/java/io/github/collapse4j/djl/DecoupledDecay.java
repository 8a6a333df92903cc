package io.github.collapse4j.djl;

import ai.djl.training.optimizer.AdamW;
import ai.djl.training.optimizer.Optimizer;
import java.util.Optional;

/**
 * AdamW subtracts its weight decay from the weights beside the gradient, which it scales entry by entry (Loshchilov and
 * Hutter, 2019, algorithm 2). Where it comes to rest, ∂g/∂W = −λ_W W does not hold for any λ_W, so that no layer
 * becomes stationary in the sense of the certificate.
 */
final class DecoupledDecay {
    private static final String WARNING =
            "AdamW decouples weight decay from the gradient, so the last layer will not reach the"
                    + " stationarity that the certificate assumes: its gap does not close, and the implied λ_W is not the weight"
                    + " decay. Penalise the loss instead, as PenalizedAdam does.";

    private DecoupledDecay() {}

    /** What to tell the user of an optimiser that decouples its decay. */
    static Optional<String> warningOf(Optimizer optimizer) {
        return optimizer instanceof AdamW ? Optional.of(WARNING) : Optional.empty();
    }
}
