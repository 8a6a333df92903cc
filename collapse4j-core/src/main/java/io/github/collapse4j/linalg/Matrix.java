package io.github.collapse4j.linalg;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A dense real matrix in column-major order, so that column {@code j} of a {@code d×N} feature matrix, one sample, is
 * contiguous. Mutable; each method states what it changes.
 */
public final class Matrix implements Serializable {
    /** The largest number of entries: the longest array that every virtual machine can allocate. */
    public static final int MAX_ENTRIES = Integer.MAX_VALUE - 8;

    private final int rows;
    private final int columns;
    private final double[] data;

    private Matrix(int rows, int columns, double[] data) {
        this.rows = rows;
        this.columns = columns;
        this.data = data;
    }

    /** A {@code rows×columns} zero matrix. */
    public static Matrix zeros(int rows, int columns) {
        return new Matrix(rows, columns, new double[checkedSize(rows, columns)]);
    }

    /** A matrix backed by the given column-major entries, which are not copied. */
    public static Matrix wrap(int rows, int columns, double[] data) {
        if (data.length != checkedSize(rows, columns)) {
            throw new IllegalArgumentException("a " + rows + "×" + columns + " matrix has " + (long) rows * columns
                    + " entries, the array has " + data.length);
        }
        return new Matrix(rows, columns, data);
    }

    /** The matrix with the given rows, copied; all rows must have the same length. */
    public static Matrix ofRows(double[]... rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        Matrix result = zeros(rows.length, columns);
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + rows[i].length + " entries, row 0 has " + columns);
            }
            for (int j = 0; j < columns; j++) {
                result.set(i, j, rows[i][j]);
            }
        }
        return result;
    }

    /** The {@code n×n} identity. */
    public static Matrix identity(int n) {
        Matrix result = zeros(n, n);
        for (int i = 0; i < n; i++) {
            result.set(i, i, 1);
        }
        return result;
    }

    private static int checkedSize(int rows, int columns) {
        if (rows < 0 || columns < 0 || (long) rows * columns > MAX_ENTRIES) {
            throw new IllegalArgumentException("a dense matrix cannot have shape " + rows + "×" + columns);
        }
        return rows * columns;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The backing array in column-major order: writing to it changes this matrix. */
    public double[] data() {
        return data;
    }

    public double get(int row, int column) {
        return data[column * rows + row];
    }

    public void set(int row, int column, double value) {
        data[column * rows + row] = value;
    }

    /** A copy of column {@code j}. */
    public double[] column(int j) {
        return Arrays.copyOfRange(data, j * rows, (j + 1) * rows);
    }

    public Matrix copy() {
        return new Matrix(rows, columns, data.clone());
    }

    /** The transpose, as a new matrix. */
    public Matrix transpose() {
        Matrix result = zeros(columns, rows);
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++) {
                result.data[i * columns + j] = data[j * rows + i];
            }
        }
        return result;
    }

    /** Multiplies every entry by {@code factor}, in place, and returns this matrix. */
    public Matrix scale(double factor) {
        for (int i = 0; i < data.length; i++) {
            data[i] *= factor;
        }
        return this;
    }

    /** Adds {@code factor·other}, in place, and returns this matrix. */
    public Matrix add(double factor, Matrix other) {
        requireSameShape(other);
        for (int i = 0; i < data.length; i++) {
            data[i] += factor * other.data[i];
        }
        return this;
    }

    /** Copies {@code other} into this matrix and returns it. */
    public Matrix assign(Matrix other) {
        requireSameShape(other);
        System.arraycopy(other.data, 0, data, 0, data.length);
        return this;
    }

    /** The inner product {@code ⟨this, other⟩}, the sum of the entrywise products. */
    public double dot(Matrix other) {
        requireSameShape(other);
        return Vectors.dot(data, other.data);
    }

    /** The Euclidean norm of each row. */
    public double[] rowNorms() {
        double[] norms = new double[rows];
        for (int j = 0; j < columns; j++) {
            for (int i = 0; i < rows; i++) {
                norms[i] += get(i, j) * get(i, j);
            }
        }
        for (int i = 0; i < rows; i++) {
            norms[i] = Math.sqrt(norms[i]);
        }
        return norms;
    }

    /** The Frobenius norm. */
    public double norm() {
        return Vectors.norm(data);
    }

    private void requireSameShape(Matrix other) {
        if (other.rows != rows || other.columns != columns) {
            throw new IllegalArgumentException(
                    "shapes differ: " + rows + "×" + columns + " against " + other.rows + "×" + other.columns);
        }
    }

    @Override
    public String toString() {
        return "Matrix " + rows + "×" + columns;
    }
}
