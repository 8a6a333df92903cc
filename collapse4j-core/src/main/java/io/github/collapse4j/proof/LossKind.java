package io.github.collapse4j.proof;

/** The losses for which theorems can be proved. */
public enum LossKind {
    CROSS_ENTROPY("cross-entropy"),
    SQUARED_ERROR("squared-error"),
    /** One for each output; always with the parameters of a training. */
    BINARY_CROSS_ENTROPY("binary-cross-entropy");

    private final String text;

    LossKind(String text) {
        this.text = text;
    }

    /** Its name in a proof file. */
    public String text() {
        return text;
    }
}
