package io.github.collapse4j.landscape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.linalg.Matrix;
import org.junit.jupiter.api.Test;

class SpectrumTest {
    @Test
    void signsAreCountedRelativeToTheLargestEigenvalue() {
        double[] values = {-4, -1e-6, -1e-9, 0, 3e-8, 5e-8, 2};
        Spectrum spectrum = Spectrum.of(values, Matrix.identity(7));
        assertEquals(4e-8, spectrum.zeroTolerance(), 1e-20);
        assertEquals(2, spectrum.index());
        assertEquals(3, spectrum.nullity());
        assertEquals(-4, spectrum.smallest());
        assertEquals(2, spectrum.largest());
        assertArrayEquals(new double[] {1, 0, 0, 0, 0, 0, 0}, spectrum.lowest());
    }

    @Test
    void everythingIsZeroInTheZeroMatrix() {
        Spectrum spectrum = Spectrum.of(new double[3], Matrix.identity(3));
        assertEquals(0, spectrum.index());
        assertEquals(3, spectrum.nullity());
    }

    @Test
    void negativeDefiniteMatricesHaveFullIndex() {
        Spectrum spectrum = Spectrum.of(new double[] {-3, -2, -1}, Matrix.identity(3));
        assertEquals(3, spectrum.index());
        assertEquals(0, spectrum.nullity());
    }
}
