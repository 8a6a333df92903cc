package io.github.collapse4j.stats;

import java.io.Serial;

/** The bytes are not the state of an accumulator, or not of the requested one; the message is one line. */
public final class StateFormatException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1;

    StateFormatException(String message) {
        super(message);
    }
}
