package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EjmlDecompositionsTest extends DecompositionContract {
    @Override
    SymmetricEigen symmetricEigen(Matrix a) {
        return EjmlDecompositions.symmetricEigen(a);
    }

    @Override
    double[] symmetricEigenvalues(Matrix a) {
        return EjmlDecompositions.symmetricEigen(a).values();
    }

    @Override
    Svd svd(Matrix a) {
        return EjmlDecompositions.svd(a);
    }

    @Test
    void anEmptyMatrixHasNoEigenvalues() {
        assertEquals(0, EjmlDecompositions.symmetricEigen(Matrix.zeros(0, 0)).values().length);
    }
}
