package io.github.collapse4j.io.npy;

import io.github.collapse4j.io.array.DType;
import io.github.collapse4j.io.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Writes {@code .npy} files, version 1.0 and row-major, byte for byte as {@code np.save} does. A file appears under its
 * name when complete, replacing any previous one atomically; on failure nothing is left behind.
 *
 * @param type element type in the file
 */
public record NpyWriter(Type type) {

    /** The element types, all little-endian. */
    public enum Type {
        /** IEEE 754 binary64, exact. */
        FLOAT64(DType.Kind.FLOAT, Double.BYTES),
        /** IEEE 754 binary32, rounded to nearest; finite values that overflow are refused. */
        FLOAT32(DType.Kind.FLOAT, Float.BYTES),
        /** 64-bit two's complement, exact; values that are not whole numbers or out of range are refused. */
        INT64(DType.Kind.SIGNED_INTEGER, Long.BYTES);

        private final DType.Kind kind;
        private final int itemBytes;

        Type(DType.Kind kind, int itemBytes) {
            this.kind = kind;
            this.itemBytes = itemBytes;
        }

        /** {@return the type as it is in the file} */
        public DType dtype() {
            return new DType(kind, itemBytes, ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** The order of a matrix's elements in a one-dimensional Java array. */
    public enum Layout {
        /** Row by row: element (i, j) at {@code i × columns + j}. */
        ROW_MAJOR,
        /** Column by column: element (i, j) at {@code i + j × rows}. */
        COLUMN_MAJOR
    }

    /**
     * Writes a matrix, of shape (rows, columns).
     *
     * @param values {@code rows × columns} elements
     * @param layout their order in {@code values}
     * @throws IllegalArgumentException if there are more or fewer elements, or the type cannot represent one of them
     * @throws IOException if writing fails, or {@code file} exists and is not a regular file
     */
    public void writeMatrix(Path file, double[] values, int rows, int columns, Layout layout) throws IOException {
        write(file, new ArrayContent.Matrix(type, values, rows, columns, layout));
    }

    /**
     * Writes a vector, of shape (length,).
     *
     * @throws IllegalArgumentException if the type cannot represent one of the elements
     * @throws IOException if writing fails, or {@code file} exists and is not a regular file
     */
    public void writeVector(Path file, double[] values) throws IOException {
        write(file, new ArrayContent.Vector(type, values));
    }

    /**
     * Writes a vector of labels as int64.
     *
     * @throws IOException if writing fails, or {@code file} exists and is not a regular file
     */
    public static void writeLabels(Path file, long[] values) throws IOException {
        write(file, new ArrayContent.Labels(values));
    }

    /**
     * Starts a matrix that is written in batches of rows, for data larger than memory.
     *
     * @param rows total number of rows
     * @param columns number of elements per row
     * @return a writer to be {@link NpyRowWriter#commit committed} after the last row, and closed
     * @throws IllegalArgumentException if a dimension is negative, or there are more than 2⁶³−1 bytes
     * @throws IOException if writing fails, or {@code file} exists and is not a regular file
     */
    public NpyRowWriter openMatrix(Path file, long rows, int columns) throws IOException {
        return openMatrix(file, OptionalLong.of(rows), columns);
    }

    /** The same of a number of rows that may be known only at the end. */
    public NpyRowWriter openMatrix(Path file, OptionalLong rows, int columns) throws IOException {
        return NpyRowWriter.create(file, type, rows, columns);
    }

    private static void write(Path file, ArrayContent content) throws IOException {
        try (AtomicFile atomic = AtomicFile.create(file)) {
            content.writeTo(atomic.stream());
            atomic.commit();
        }
    }
}
