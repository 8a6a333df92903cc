package io.github.collapse4j.spark;

import java.io.Serial;

/** A row that is no sample, or a table without any; one line says which. */
public final class SampleException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1;

    SampleException(String message) {
        super(message);
    }
}
