package io.github.collapse4j.io;

import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.OneLine;
import java.io.IOException;

/** Readable files whose contents do not match each other or the request. The message is one line. */
public final class InputException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Escapes control characters in the message, which may quote a file. */
    public InputException(String message) {
        super(OneLine.of(message));
    }

    static InputException of(NumericArray array, String expected, String found) {
        return new InputException(array.name() + ": expected " + expected + ", found " + found);
    }
}
