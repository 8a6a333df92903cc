package io.github.collapse4j.optim;

/** Why a minimisation ended. */
public enum Termination {
    /** The gradient norm reached its tolerance. */
    CONVERGED,
    /** No further decrease can be told from round-off. */
    ROUND_OFF,
    /** A limit on iterations or evaluations was reached. */
    LIMIT,
    /** The listener asked to stop. */
    STOPPED,
    /** The next value or gradient was not finite; the result is the last point where both were. */
    DIVERGED
}
