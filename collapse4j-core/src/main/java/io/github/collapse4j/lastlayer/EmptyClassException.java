package io.github.collapse4j.lastlayer;

/** A class of a layer has no sample, so that there is no model to compare the layer with. */
public final class EmptyClassException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    EmptyClassException(int classes, int empty) {
        super("expected at least one sample of each of the " + classes + " classes, found none of class " + empty);
    }
}
