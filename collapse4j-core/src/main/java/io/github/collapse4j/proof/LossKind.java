package io.github.collapse4j.proof;

/** The losses for which theorems can be proved. */
public enum LossKind {
    CROSS_ENTROPY("cross-entropy"),
    SQUARED_ERROR("squared-error");

    private final String text;

    LossKind(String text) {
        this.text = text;
    }

    /** Its name in a proof file. */
    public String text() {
        return text;
    }
}
