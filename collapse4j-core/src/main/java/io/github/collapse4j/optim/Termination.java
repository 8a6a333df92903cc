package io.github.collapse4j.optim;

/** Why a minimisation ended. */
public enum Termination {
    /** The gradient norm reached its tolerance. */
    CONVERGED,
    /** Any further decrease is below round-off. */
    ROUND_OFF,
    /** The limit on iterations or evaluations was reached. */
    LIMIT,
    /** The listener requested to stop. */
    STOPPED,
    /** The next value or gradient was not finite; the result is the last point where both were finite. */
    DIVERGED
}
