package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MatrixTest {
    private static final Matrix A = Matrix.ofRows(new double[] {1, 2, 3}, new double[] {4, 5, 6});

    @Test
    void entriesAreStoredColumnByColumn() {
        assertArrayEquals(new double[] {1, 4, 2, 5, 3, 6}, A.data());
        assertEquals(6, A.get(1, 2));
        assertArrayEquals(new double[] {2, 5}, A.column(1));
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, A.transpose().data());
        assertEquals(3, A.transpose().rows());
    }

    @Test
    void wrapSharesTheArrayAndCopyDoesNot() {
        double[] data = {1, 2};
        Matrix shared = Matrix.wrap(2, 1, data);
        shared.set(1, 0, 7);
        assertEquals(7, data[1]);
        assertSame(data, shared.data());
        assertNotSame(data, shared.copy().data());
        double[] row = {1};
        Matrix copied = Matrix.ofRows(row);
        row[0] = 9;
        assertEquals(1, copied.get(0, 0));
    }

    @Test
    void arithmeticChangesOnlyAndReturnsTheReceiver() {
        Matrix a = A.copy();
        Matrix b = A.copy();
        assertSame(a, a.scale(2).add(-3, b));
        assertArrayEquals(new double[] {-1, -4, -2, -5, -3, -6}, a.data());
        assertArrayEquals(A.data(), b.data());
        assertSame(a, a.assign(A));
        assertArrayEquals(A.data(), a.data());
        assertEquals(91, A.dot(b));
        assertEquals(Math.sqrt(91), A.norm());
        assertArrayEquals(new double[] {1, 0, 0, 1}, Matrix.identity(2).data());
    }

    @Test
    void rowNormsHaveOneEntryPerRow() {
        Matrix matrix = Matrix.ofRows(new double[] {3, 4}, new double[] {0, 0}, new double[] {-5, 12});
        assertArrayEquals(new double[] {5, 0, 13}, matrix.rowNorms());
        assertArrayEquals(new double[2], Matrix.zeros(2, 0).rowNorms());
    }

    @Test
    void emptyMatricesAreAllowed() {
        assertEquals(0, Matrix.zeros(0, 5).norm());
        assertEquals(5, Matrix.zeros(0, 5).transpose().rows());
        assertEquals(0, Matrix.ofRows().columns());
        assertEquals(0, Matrix.zeros(3, 0).dot(Matrix.zeros(3, 0)));
    }

    @Test
    void mismatchedShapesAreQuoted() {
        assertQuotes("2×2 matrix has 4 entries, the array has 3", () -> Matrix.wrap(2, 2, new double[3]));
        assertQuotes("row 1 has 2 entries, row 0 has 1", () -> Matrix.ofRows(new double[1], new double[2]));
        assertQuotes("2×3 against 3×2", () -> A.copy().add(1, A.transpose()));
        assertQuotes("2×3 against 3×2", () -> A.dot(A.transpose()));
        assertQuotes("2×3 against 3×2", () -> A.copy().assign(A.transpose()));
        assertQuotes("shape 65536×65536", () -> Matrix.zeros(65536, 65536));
        assertQuotes("shape -1×2", () -> Matrix.zeros(-1, 2));
        assertEquals("Matrix 2×3", A.toString());
    }

    private static void assertQuotes(String words, Runnable call) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(String.valueOf(refusal.getMessage()).contains(words), refusal::toString);
    }
}
