package io.github.collapse4j.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BigRealTest {
    /** Digits from OEIS A001113 and A002392. */
    private static final String E = "2.71828182845904523536028747135266249775724709369995957496697";

    private static final String LOG_TEN = "2.30258509299404568401799145468436420760110148862877297603333";

    @Test
    void knownConstants() {
        assertAgree(new BigDecimal(E), BigReal.exp(BigDecimal.ONE), 58);
        assertAgree(new BigDecimal(LOG_TEN), BigReal.log(BigDecimal.TEN), 58);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-20000, -700.25, -1, -1e-18, 1e-18, 0.5, 3, 709.5, 20000})
    void logarithmInvertsTheExponential(double x) {
        BigDecimal exact = BigReal.exact(x);
        // e^x near 1 keeps 60 digits of which log sees those after the leading 1.
        int lost = Math.max(0, (int) -Math.log10(Math.abs(x)));
        assertAgree(exact, BigReal.log(BigReal.exp(exact)), 55 - lost);
    }

    @Test
    void exponentialTurnsSumsIntoProducts() {
        BigDecimal a = BigReal.exact(-1234.5678);
        BigDecimal b = BigReal.exact(987.654321);
        BigDecimal product = BigReal.exp(a).multiply(BigReal.exp(b));
        assertAgree(BigReal.exp(a.add(b)), product, 55);
    }

    @Test
    void exponentialOfZeroIsOneAndNothingNegativeHasALogarithm() {
        assertAgree(BigDecimal.ONE, BigReal.exp(BigDecimal.ZERO), 59);
        assertThrows(ArithmeticException.class, () -> BigReal.log(BigDecimal.ZERO));
    }

    private static void assertAgree(BigDecimal expected, BigDecimal actual, int digits) {
        BigDecimal allowed = expected.abs().movePointLeft(digits);
        assertTrue(
                expected.subtract(actual).abs().compareTo(allowed) <= 0,
                () -> "expected " + expected + ", found " + actual);
    }
}
