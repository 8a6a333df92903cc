package io.github.collapse4j.proof;

/** An inequality that a proof rests on could not be verified. */
public final class NotProvedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    NotProvedException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** The inequality, in one line. */
    String reason() {
        return reason;
    }

    /** Throws unless the inequality was verified. */
    static void require(boolean verified, String inequality) throws NotProvedException {
        if (!verified) {
            throw new NotProvedException(inequality);
        }
    }
}
