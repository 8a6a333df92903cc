package io.github.collapse4j.io.array;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * A two-dimensional array, or a one-dimensional one as a single column. Thread-safe.
 *
 * <p>Rows can be read in any order and number. In row-major (C-order) files that is one sequential read. In
 * column-major (Fortran-order) files it is one read per column, so small batches touch the whole file again and again:
 * read such files in batches of thousands of rows.
 */
public final class NumericMatrix implements AutoCloseable {
    /** Columns gathered at a time from a column-major file: a cache line of doubles in the target. */
    private static final int TILE_COLUMNS = 8;

    private static final int TILE_ROWS = 512;

    private final NumericArray array;
    private final long rows;
    private final long columns;

    NumericMatrix(NumericArray array) throws FormatException {
        ArrayHeader header = array.header();
        List<Long> shape = header.shape();
        if (shape.isEmpty() || shape.size() > 2) {
            String hint = shape.isEmpty() ? "1 or 2 dimensions" : "1 or 2 dimensions (use .reshape(len(a), -1))";
            throw array.origin().defect("shape", hint, header.shapeText(), header.typeOffset());
        }
        this.array = array;
        this.rows = shape.get(0);
        this.columns = shape.size() == 2 ? shape.get(1) : 1;
    }

    /** {@return whether rows are contiguous, so that small batches are as fast as large ones} */
    public boolean isRowMajor() {
        return !array.header().fortranOrder() || columns == 1;
    }

    /** {@return the underlying array} */
    public NumericArray array() {
        return array;
    }

    /** {@return the number of rows} */
    public long rows() {
        return rows;
    }

    /** {@return the number of columns, 1 for an array of one dimension} */
    public long columns() {
        return columns;
    }

    /**
     * Reads consecutive rows as doubles: exactly, except for 64-bit integers beyond 2⁵³, which are rounded to nearest.
     *
     * @param firstRow index of the first row
     * @param count number of rows
     * @param target its first {@code count × columns} elements are overwritten, row by row
     * @throws IndexOutOfBoundsException if there are no such rows
     * @throws IllegalArgumentException if {@code target} is too short
     * @throws IllegalStateException if the array is closed
     * @throws IOException if reading fails, or the file has been truncated since it was opened
     */
    public void readRows(long firstRow, int count, double[] target) throws IOException {
        readRows(firstRow, count, target, 0);
    }

    /**
     * Reads consecutive rows as {@link #readRows(long, int, double[])} does.
     *
     * @param at where in {@code target} the first row begins
     */
    public void readRows(long firstRow, int count, double[] target, int at) throws IOException {
        Objects.checkFromIndexSize(firstRow, count, rows);
        Objects.checkIndex(at, target.length + 1);
        if (count > 0 && columns > (target.length - at) / count) {
            throw new IllegalArgumentException(
                    "%d x %d elements exceed the largest array of %d".formatted(count, columns, target.length - at));
        }
        ElementRuns runs = array.runs();
        if (columns == 0) {
            return;
        }
        if (!isRowMajor()) {
            readColumnPieces(runs, firstRow, count, target, at);
        } else {
            runs.toDoubles(firstRow * columns, (int) (count * columns), target, at);
        }
    }

    /** Closes the underlying array. */
    @Override
    public void close() {
        array.close();
    }

    private void readColumnPieces(ElementRuns runs, long firstRow, int count, double[] target, int at)
            throws IOException {
        int width = (int) columns;
        double[] tile = new double[Math.min(TILE_ROWS, count) * Math.min(TILE_COLUMNS, width)];
        for (int row = 0; row < count; row += TILE_ROWS) {
            int height = Math.min(TILE_ROWS, count - row);
            for (int column = 0; column < width; column += TILE_COLUMNS) {
                int pieces = Math.min(TILE_COLUMNS, width - column);
                for (int piece = 0; piece < pieces; piece++) {
                    runs.toDoubles((column + piece) * rows + firstRow + row, height, tile, piece * height);
                }
                transpose(tile, pieces, height, target, at + row * width + column, width);
            }
        }
    }

    /** Writes {@code pieces} columns of {@code height} elements each into rows that are {@code stride} apart. */
    private static void transpose(double[] tile, int pieces, int height, double[] target, int at, int stride) {
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < pieces; j++) {
                target[at + i * stride + j] = tile[j * height + i];
            }
        }
    }
}
