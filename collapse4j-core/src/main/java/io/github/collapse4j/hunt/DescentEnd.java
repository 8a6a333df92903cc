package io.github.collapse4j.hunt;

import io.github.collapse4j.certificate.Verdict;

/** The outcome of a descent. Every descent of a hunt is counted under exactly one of these. */
public enum DescentEnd {
    /** A global minimum, certified by a lower bound. */
    CERTIFIED_GLOBAL_MINIMUM,
    /** A local minimum with the lowest known value of its problem, not certified as the global minimum. */
    LOWEST_KNOWN,
    /** A local minimum above the lowest known value. */
    LOCAL_MINIMUM,
    /** A saddle. */
    SADDLE,
    /** Not a critical point, not a finite value, or undecided. */
    NOT_CONVERGED;

    /**
     * The outcome that corresponds to the verdict on a polished end; {@code lowest} tells whether a local minimum has
     * the lowest known value.
     */
    static DescentEnd of(Verdict verdict, boolean lowest) {
        if (verdict instanceof Verdict.GlobalMinimum) {
            return CERTIFIED_GLOBAL_MINIMUM;
        }
        if (verdict instanceof Verdict.LocalMinimum || verdict instanceof Verdict.SpuriousLocalMinimum) {
            return lowest ? LOWEST_KNOWN : LOCAL_MINIMUM;
        }
        boolean saddle = verdict instanceof Verdict.StrictSaddle || verdict instanceof Verdict.OtherSaddle;
        return saddle ? SADDLE : NOT_CONVERGED;
    }
}
