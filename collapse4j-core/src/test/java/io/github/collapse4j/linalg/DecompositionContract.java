package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every eigenvalue and singular value decomposition. */
abstract class DecompositionContract {
    /** Backward stable algorithms: a modest multiple of order times round-off, relative to the largest value. */
    private static final double TOLERANCE = 2e-13;

    abstract SymmetricEigen symmetricEigen(Matrix a);

    abstract double[] symmetricEigenvalues(Matrix a);

    abstract Svd svd(Matrix a);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 31, 32, 33, 70})
    void eigenvectorsReconstructTheMatrix(int order) {
        Seeded seeded = Seeded.of(order);
        Matrix a = Matrices.symmetric(order, seeded);
        checkEigen(a, seeded.toString());
    }

    @Test
    void eigenvaluesOfKnownMatrices() {
        // I − J/K has the eigenvalue 0 once and the eigenvalue 1 K−1 times.
        Matrix simplex = Matrix.identity(5).add(-0.2, Matrix.wrap(5, 5, filled(25, 1)));
        Close.assertClose(new double[] {0, 1, 1, 1, 1}, symmetricEigenvalues(simplex), TOLERANCE, 0, "simplex");
        Matrix diagonal = Matrix.zeros(4, 4);
        double[] entries = {3, -7, 0, 1e-8};
        for (int i = 0; i < 4; i++) {
            diagonal.set(i, i, entries[i]);
        }
        Close.assertClose(new double[] {-7, 0, 1e-8, 3}, symmetricEigenvalues(diagonal), 0, 1e-20, "diagonal");
        Close.assertClose(new double[6], symmetricEigenvalues(Matrix.zeros(6, 6)), 0, 0, "zero");
        checkEigen(simplex, "simplex");
        checkEigen(diagonal, "diagonal");
        checkEigen(Matrix.zeros(6, 6), "zero");
    }

    /** Scaling by powers of two is exact, even where squares of the entries leave the range. */
    @ParameterizedTest
    @ValueSource(ints = {-980, -600, 600, 980})
    void scalesByPowersOfTwo(int exponent) {
        for (int order : new int[] {2, 5, 20, 40}) {
            Matrix a = Matrices.symmetric(order, Seeded.of(order));
            Matrix scaled = a.copy();
            for (int i = 0; i < scaled.data().length; i++) {
                scaled.data()[i] = Math.scalb(scaled.data()[i], exponent);
            }
            double floor = TOLERANCE * Math.abs(svd(a).values()[0]);
            for (double[][] pair : new double[][][] {
                {symmetricEigenvalues(a), symmetricEigenvalues(scaled)},
                {svd(a).values(), svd(scaled).values()}
            }) {
                double[] back = new double[order];
                for (int i = 0; i < order; i++) {
                    back[i] = Math.scalb(pair[1][i], -exponent);
                }
                Close.assertClose(pair[0], back, 0, floor, "order " + order);
            }
        }
    }

    @Test
    void onlyTheLowerTriangleIsRead() {
        Matrix a = Matrices.symmetric(6, Seeded.of(1));
        Matrix spoilt = a.copy();
        for (int j = 1; j < 6; j++) {
            for (int i = 0; i < j; i++) {
                spoilt.set(i, j, 1e6);
            }
        }
        assertArrayEquals(symmetricEigenvalues(a), symmetricEigenvalues(spoilt));
        assertArrayEquals(
                symmetricEigen(a).vectors().data(),
                symmetricEigen(spoilt).vectors().data());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,5", "5,1", "2,3", "3,2", "7,7", "31,40", "40,32", "33,33", "33,70", "70,35"})
    void singularVectorsReconstructTheMatrix(int rows, int columns) {
        Seeded seeded = Seeded.of(100L * rows + columns);
        checkSvd(Matrices.gaussian(rows, columns, seeded), seeded.toString());
    }

    @Test
    void singularValuesOfKnownMatrices() {
        checkSvd(Matrix.zeros(3, 5), "zero");
        Close.assertClose(new double[3], svd(Matrix.zeros(3, 5)).values(), 0, 0, "zero");
        Matrix rankOne = Matrix.ofRows(new double[] {3, 6}, new double[] {4, 8}, new double[] {0, 0});
        checkSvd(rankOne, "rank one");
        Close.assertClose(new double[] {Math.sqrt(125), 0}, svd(rankOne).values(), TOLERANCE, 0, "rank one");
        // Hadamard: both singular values are √2.
        Matrix hadamard = Matrix.ofRows(new double[] {1, 1}, new double[] {1, -1});
        double root = Math.sqrt(2);
        Close.assertClose(new double[] {root, root}, svd(hadamard).values(), TOLERANCE, 0, "Hadamard");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-120, 1e120})
    void scaleDoesNotMatter(double scale) {
        Matrix a = Matrices.gaussian(5, 4, Seeded.of(3));
        double[] expected = svd(a).values();
        double[] found = svd(a.copy().scale(scale)).values();
        for (int i = 0; i < expected.length; i++) {
            Close.assertClose(scale * expected[i], found[i], TOLERANCE, "singular value " + i);
        }
    }

    private void checkEigen(Matrix a, String what) {
        Matrix before = a.copy();
        SymmetricEigen eigen = symmetricEigen(a);
        assertArrayEquals(before.data(), a.data(), "the matrix is not changed");
        assertEquals(a.rows(), eigen.values().length);
        for (int i = 1; i < eigen.values().length; i++) {
            Close.assertAtLeast(eigen.values()[i - 1], eigen.values()[i], "ascending, " + what);
        }
        Matrices.assertOrthonormalColumns(eigen.vectors(), TOLERANCE, "eigenvectors, " + what);
        Matrix rebuilt = Matrices.compose(eigen.vectors(), eigen.values(), eigen.vectors());
        Matrices.assertClose(a, rebuilt, 0, TOLERANCE * (a.norm() + Double.MIN_NORMAL), "eigenpairs, " + what);
        Close.assertClose(
                eigen.values(),
                symmetricEigenvalues(a),
                TOLERANCE,
                TOLERANCE * (a.norm() + Double.MIN_NORMAL),
                "eigenvalues alone, " + what);
    }

    private void checkSvd(Matrix a, String what) {
        Matrix before = a.copy();
        Svd svd = svd(a);
        assertArrayEquals(before.data(), a.data(), "the matrix is not changed");
        assertEquals(Math.min(a.rows(), a.columns()), svd.values().length);
        for (int i = 0; i < svd.values().length; i++) {
            Close.assertAtLeast(0, svd.values()[i], "not negative, " + what);
            Close.assertAtMost(i == 0 ? a.norm() * 2 : svd.values()[i - 1], svd.values()[i], "descending, " + what);
        }
        Matrices.assertOrthonormalColumns(svd.u(), TOLERANCE, "left vectors, " + what);
        Matrices.assertOrthonormalColumns(svd.v(), TOLERANCE, "right vectors, " + what);
        Matrix rebuilt = Matrices.compose(svd.u(), svd.values(), svd.v());
        Matrices.assertClose(a, rebuilt, 0, TOLERANCE * (a.norm() + Double.MIN_NORMAL), "singular triples, " + what);
    }

    private static double[] filled(int length, double value) {
        double[] array = new double[length];
        java.util.Arrays.fill(array, value);
        return array;
    }
}
