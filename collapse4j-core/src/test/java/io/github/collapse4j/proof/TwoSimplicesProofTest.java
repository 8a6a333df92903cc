package io.github.collapse4j.proof;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Theorem 2 of docs/theory.md §11. */
@Tag("heavy")
class TwoSimplicesProofTest {
    private static Rational rational(String text) {
        return Rational.parse(text).orElseThrow();
    }

    @Test
    void everyNumberOfClassesFromSixToAThousand() {
        Theorem.TwoSimplices theorem =
                ProvedTheorem.of(Theorem.TwoSimplices.class, new Proof.TwoSimplices(6, 1000, rational("3/10")));
        assertTrue(theorem.margin().isPositive());
    }

    @Test
    void fourAndFiveClassesAreNotCovered() {
        // Groups of 2 and 2, or of 2 and 3, are the lower point themselves.
        assertInstanceOf(Verification.NotProved.class, new Proof.TwoSimplices(4, 4, rational("3/10")).verify());
        assertInstanceOf(Verification.NotProved.class, new Proof.TwoSimplices(5, 5, rational("3/10")).verify());
    }

    @Test
    void sixClassesFromKappaOfAFiftiethToBeyondAThird() {
        for (String kappa : new String[] {"1/50", "1/5", "3/10", "189/500"}) {
            assertInstanceOf(Verification.Proved.class, new Proof.TwoSimplices(6, 6, rational(kappa)).verify(), kappa);
        }
        // Near 1 it is 2 and 4 classes that lie above 3 and 3.
        assertInstanceOf(Verification.NotProved.class, new Proof.TwoSimplices(6, 6, rational("99/100")).verify());
    }
}
