package io.github.collapse4j.proof;

/** An inequality that a proof rests on could not be verified. */
public final class NotProvedException extends Exception {
    NotProvedException(String reason) {
        super(reason);
    }

    /** Throws unless an inequality was verified. */
    static void require(boolean verified, String inequality) throws NotProvedException {
        if (!verified) {
            throw new NotProvedException(inequality);
        }
    }
}
