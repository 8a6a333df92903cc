package io.github.collapse4j.proof;

/** A checker's result for a proof. */
public sealed interface Verification {
    /** The theorem holds. */
    record Proved(Theorem theorem) implements Verification {}

    /**
     * The proof failed, which says nothing about the model.
     *
     * @param reason the inequality that could not be verified, in one line
     */
    record NotProved(String reason) implements Verification {}
}
