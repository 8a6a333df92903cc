package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkinnyProductTest {
    /** Rows, inner dimension, columns; then whether each of op(a)·op(b) = AB, ABᵀ, AᵀB, AᵀBᵀ qualifies. */
    @ParameterizedTest
    @CsvSource({
        "10, 512, 130,  true, true, true, true", // logits, and products of residuals with features
        "11, 70, 403,   true, true, true, true",
        "1, 700, 120,   true, true, true, true",
        "10, 3000, 10,  true, false, true, false", // a Gram matrix: neither vector is long
        "130, 10, 200,  true, true, true, true", // gradients of features
        "257, 3, 333,   true, true, true, true",
        "300, 90, 7,    true, true, true, false",
        "20, 10, 4000,  false, true, false, true",
        "5, 5, 5,       false, false, false, false",
        "39, 40, 41,    false, true, true, true"
    })
    void agreesWithThreeLoops(int m, int k, int n, boolean nn, boolean nt, boolean tn, boolean tt) {
        boolean[] expected = {nn, nt, tn, tt};
        int which = 0;
        for (Op opA : Op.values()) {
            for (Op opB : Op.values()) {
                Seeded seeded = Seeded.of(100L * m + 10L * k + n + which);
                Matrix a = opA == Op.NONE ? Matrices.gaussian(m, k, seeded) : Matrices.gaussian(k, m, seeded);
                Matrix b = opB == Op.NONE ? Matrices.gaussian(k, n, seeded) : Matrices.gaussian(n, k, seeded);
                Matrix c = Matrices.gaussian(m, n, seeded);
                Matrix before = c.copy();
                boolean done = SkinnyProduct.add(-0.75, a, opA, b, opB, c, m, n, k);
                String what = opA + " " + opB;
                if (m != 39) { // whether this one qualifies is arbitrary, but the result is not
                    assertEquals(expected[which], done, what);
                }
                Matrix naive = done ? Matrices.naive(-0.75, a, opA, b, opB, 1, before) : before;
                for (int i = 0; i < c.data().length; i++) {
                    assertEquals(naive.data()[i], c.data()[i], 16 * k * 0x1p-53, what + " entry " + i);
                }
                which++;
            }
        }
    }

    @Test
    void emptyProductsDoNotQualify() {
        Matrix none = Matrix.zeros(0, 0);
        assertFalse(SkinnyProduct.add(1, none, Op.NONE, none, Op.NONE, none, 0, 0, 0));
    }
}
