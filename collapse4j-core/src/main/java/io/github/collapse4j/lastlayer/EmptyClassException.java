package io.github.collapse4j.lastlayer;

/** A class of a layer has no sample, so that there is no model to compare the layer with. */
public final class EmptyClassException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final int[] present;

    EmptyClassException(int classes, int empty, int[] present) {
        super("expected at least one sample of each of the " + classes + " classes, found none of class " + empty);
        this.present = present;
    }

    /** The classes that have samples, ascending; {@link PresentClasses} leaves out the others. */
    public int[] present() {
        return present.clone();
    }
}
