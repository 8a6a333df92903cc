package io.github.collapse4j.spark;

import java.io.Serial;

/** A row is not a valid sample, or a table has none. The message is one line. */
public final class SampleException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1;

    SampleException(String message) {
        super(message);
    }
}
