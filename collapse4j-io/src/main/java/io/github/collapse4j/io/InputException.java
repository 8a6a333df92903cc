package io.github.collapse4j.io;

import io.github.collapse4j.io.array.NumericArray;
import java.io.IOException;

/** Readable files whose contents do not fit together, or not the question asked. The message is one line. */
public final class InputException extends IOException {
    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }

    static InputException of(NumericArray array, String expected, String found) {
        return new InputException(array.name() + ": expected " + expected + ", found " + found);
    }
}
