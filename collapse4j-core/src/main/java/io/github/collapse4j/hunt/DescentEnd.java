package io.github.collapse4j.hunt;

import io.github.collapse4j.certificate.Verdict;

/** Where a descent ended. Every descent of a hunt is counted under exactly one of these. */
public enum DescentEnd {
    /** A global minimum, certified by a lower bound. */
    CERTIFIED_GLOBAL_MINIMUM,
    /** A local minimum with the lowest value known for its problem, which no bound certifies as the global minimum. */
    LOWEST_KNOWN,
    /** A local minimum above the lowest value known. */
    LOCAL_MINIMUM,
    /** A saddle. */
    SADDLE,
    /** No critical point, no finite value, or a point of which nothing can be said. */
    NOT_CONVERGED;

    /** What a polished end is, by its verdict; a local minimum is one of the {@code lowest} value known, or higher. */
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
