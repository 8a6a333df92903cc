package io.github.collapse4j.stats;

import java.io.Serial;

/** Bytes that are not the state of an accumulator, or not of the one that was asked for; one line says why. */
public final class StateFormatException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1;

    StateFormatException(String message) {
        super(message);
    }
}
