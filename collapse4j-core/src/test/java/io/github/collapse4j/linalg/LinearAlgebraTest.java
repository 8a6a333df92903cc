package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dispatcher itself: both of its paths obey the contract. */
class LinearAlgebraTest extends DecompositionContract {
    @Override
    SymmetricEigen symmetricEigen(Matrix a) {
        return LinearAlgebra.symmetricEigen(a);
    }

    @Override
    double[] symmetricEigenvalues(Matrix a) {
        return LinearAlgebra.symmetricEigenvalues(a);
    }

    @Override
    Svd svd(Matrix a) {
        return LinearAlgebra.svd(a);
    }

    @ParameterizedTest
    @CsvSource({"0,4", "5,3", "40,70", "70,40"})
    void singularValuesAreThoseOfTheDecomposition(int rows, int columns) {
        Matrix a = Matrices.gaussian(rows, columns, Seeded.of(rows));
        Matrix before = a.copy();
        double[] values = LinearAlgebra.singularValues(a);
        assertArrayEquals(LinearAlgebra.svd(a).values(), values, 1e-13 * (1 + rows));
        assertArrayEquals(before.data(), a.data());
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,4", "4,0"})
    void emptyMatricesHaveEmptyDecompositions(int rows, int columns) {
        Svd svd = LinearAlgebra.svd(Matrix.zeros(rows, columns));
        assertEquals(0, svd.values().length);
        assertEquals(rows, svd.u().rows());
        assertEquals(columns, svd.v().rows());
        assertEquals(0, LinearAlgebra.symmetricEigenvalues(Matrix.zeros(0, 0)).length);
    }

    @Test
    void eigenvaluesNeedASquareMatrix() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> LinearAlgebra.symmetricEigen(Matrix.zeros(2, 3)));
        assertTrue(String.valueOf(refusal.getMessage()).contains("2×3"), refusal::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20, 40})
    void nanIsAnErrorAndNeverAnAnswer(int order) {
        Matrix a = Matrices.symmetric(order, Seeded.of(order));
        a.set(order - 1, 0, Double.NaN);
        a.set(0, order - 1, Double.NaN);
        assertThrows(ArithmeticException.class, () -> LinearAlgebra.symmetricEigenvalues(a));
        assertThrows(ArithmeticException.class, () -> LinearAlgebra.svd(a));
    }
}
