package io.github.collapse4j.lastlayer;

/** Fewer than two classes have samples, so that there is nothing to tell apart. */
public final class TooFewClassesException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    TooFewClassesException(int found) {
        super("expected samples of at least two classes, found samples of " + found);
    }
}
