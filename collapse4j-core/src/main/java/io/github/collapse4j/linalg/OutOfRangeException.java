package io.github.collapse4j.linalg;

/**
 * The caller's numbers are fine, but so large or so small that what is to be computed of them is not finite in double
 * precision. Never thrown for any other reason, so that programs can tell it from a mistake of this library.
 */
public final class OutOfRangeException extends ArithmeticException {
    /** With one line that says what left the range. */
    public OutOfRangeException(String message) {
        super(message);
    }
}
