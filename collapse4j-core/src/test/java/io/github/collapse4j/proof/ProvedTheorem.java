package io.github.collapse4j.proof;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

/** The theorem of a proof that must hold. */
final class ProvedTheorem {
    private ProvedTheorem() {}

    static <T extends Theorem> T of(Class<T> type, Proof proof) {
        Verification.Proved proved = assertInstanceOf(Verification.Proved.class, proof.verify());
        return assertInstanceOf(type, proved.theorem());
    }

    static Interval bound(Proof proof) {
        return of(Theorem.GlobalLowerBound.class, proof).bound();
    }

    static Theorem.GlobalMinimum minimum(Proof proof) {
        return of(Theorem.GlobalMinimum.class, proof);
    }
}
