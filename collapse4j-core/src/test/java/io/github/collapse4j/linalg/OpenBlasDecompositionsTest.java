package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;

class OpenBlasDecompositionsTest extends DecompositionContract {
    @BeforeAll
    static void theNativeLibraryLoads() {
        assertTrue(OpenBlas.isAvailable());
    }

    @Override
    SymmetricEigen symmetricEigen(Matrix a) {
        return OpenBlas.symmetricEigen(a, true);
    }

    @Override
    double[] symmetricEigenvalues(Matrix a) {
        return OpenBlas.symmetricEigen(a, false).values();
    }

    @Override
    Svd svd(Matrix a) {
        return OpenBlas.svd(a);
    }
}
