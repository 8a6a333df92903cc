package io.github.collapse4j.linalg;

/**
 * The caller's numbers are valid, but so large or so small that a result is not finite in double precision. Never
 * thrown for any other reason, so that programs can tell it from a bug in this library.
 */
public final class OutOfRangeException extends ArithmeticException {
    /** Takes a one-line message that says what left the range. */
    public OutOfRangeException(String message) {
        super(message);
    }
}
