package io.github.collapse4j.lastlayer;

import java.io.Serial;

/** Features were said to be non-negative, and some are not. */
public final class NegativeFeaturesException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    NegativeFeaturesException() {
        super("expected non-negative features, as after a ReLU, found negative ones");
    }
}
