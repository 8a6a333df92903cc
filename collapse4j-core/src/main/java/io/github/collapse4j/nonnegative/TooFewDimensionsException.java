package io.github.collapse4j.nonnegative;

import java.io.Serial;

/** The minimum needs more feature dimensions than there are, and the model is too large for a search below them. */
public final class TooFewDimensionsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    TooFewDimensionsException(int needed, int most, int found) {
        super("expected at least the " + needed + " dimensions that the minimum needs"
                + (most < 1 ? "" : ", or at most " + most + " for a search of the lowest point in fewer") + ", found "
                + found);
    }
}
