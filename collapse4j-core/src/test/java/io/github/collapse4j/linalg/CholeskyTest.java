package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.LinearAlgebra.Op;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTest {
    /** Orders in plain Java and in the native library. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 32, 33, 60})
    void factorAndInverse(int n) {
        Matrix random = Matrix.zeros(n, n + 3);
        var generator = SeededRandom.of(n);
        Arrays.setAll(random.data(), i -> generator.nextGaussian());
        Matrix a = LinearAlgebra.gramOfRows(random);
        Matrix factor = LinearAlgebra.cholesky(a).orElseThrow();
        Matrix product = LinearAlgebra.multiply(factor, Op.NONE, factor, Op.TRANSPOSE);
        assertArrayEquals(a.data(), product.data(), 1e-13 * a.norm());
        for (int j = 1; j < n; j++) {
            assertEquals(0, factor.get(0, j));
        }
        Matrix inverse = LinearAlgebra.inverseOfCholesky(factor);
        Matrix identity = LinearAlgebra.multiply(a, inverse);
        double condition = a.norm() * inverse.norm();
        assertArrayEquals(Matrix.identity(n).data(), identity.data(), 1e-14 * condition);
        assertEquals(inverse.get(n - 1, 0), inverse.get(0, n - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 40})
    void nothingForAMatrixThatIsNotPositiveDefinite(int n) {
        Matrix a = Matrix.identity(n);
        a.set(n - 1, n - 1, -1);
        assertTrue(LinearAlgebra.cholesky(a).isEmpty());
    }
}
