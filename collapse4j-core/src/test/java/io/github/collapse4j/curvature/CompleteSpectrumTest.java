package io.github.collapse4j.curvature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import org.junit.jupiter.api.Test;

class CompleteSpectrumTest {
    private static Spectrum.Complete of(int orbitDimension, double... ascending) {
        return Spectrum.Complete.of(new SymmetricEigen(ascending, Matrix.identity(ascending.length)), orbitDimension);
    }

    @Test
    void signsAreCountedRelativeToTheLargestEigenvalue() {
        Spectrum.Complete spectrum = of(3, -4, -1e-6, -1e-9, 0, 3e-8, 5e-8, 2);
        assertEquals(4e-8, spectrum.zeroTolerance(), 1e-20);
        assertEquals(2, spectrum.index());
        assertEquals(3, spectrum.nullity());
        assertEquals(-4, spectrum.smallest());
        assertEquals(2, spectrum.largest());
        assertEquals(5e-8, spectrum.smallestPositive());
        assertArrayEquals(new double[] {1, 0, 0, 0, 0, 0, 0}, spectrum.lowest());
        // Three zeros belong to the orbit: the condition number is 4 over the next absolute value, 5e-8.
        assertEquals(4 / 5e-8, spectrum.condition(), 1e-6);
        assertEquals(
                Double.POSITIVE_INFINITY,
                of(2, -4, -1e-6, -1e-9, 0, 3e-8, 5e-8, 2).condition());
    }

    @Test
    void theZeroMatrixHasZeroDecompositions() {
        Spectrum.Complete spectrum = of(0, 0, 0, 0);
        assertEquals(0, spectrum.index());
        assertEquals(3, spectrum.nullity());
        assertEquals(0, spectrum.smallestPositive());
        assertEquals(Double.POSITIVE_INFINITY, spectrum.condition());
    }

    @Test
    void definiteMatricesHaveFullIndexOrNone() {
        assertEquals(3, of(0, -3, -2, -1).index());
        assertEquals(0, of(0, -3, -2, -1).nullity());
        assertEquals(0, of(0, 1, 2, 3).index());
        assertEquals(3, of(0, 1, 2, 3).condition());
    }
}
