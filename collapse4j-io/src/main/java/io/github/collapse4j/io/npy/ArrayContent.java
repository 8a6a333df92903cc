package io.github.collapse4j.io.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** An array in memory that can be written repeatedly in {@code .npy} format. */
sealed interface ArrayContent {

    /**
     * Writes the header and the elements.
     *
     * @throws IllegalArgumentException if the target type cannot represent an element
     */
    void writeTo(OutputStream out) throws IOException;

    /**
     * A matrix.
     *
     * @param values {@code rows × columns} elements
     * @param layout their order in {@code values}
     */
    record Matrix(NpyWriter.Type type, double[] values, int rows, int columns, NpyWriter.Layout layout)
            implements ArrayContent {
        private static final int GATHERED = 1 << 16;

        public Matrix {
            if (rows < 0 || columns < 0 || (long) rows * columns != values.length) {
                throw new IllegalArgumentException(
                        "A %d x %d matrix in an array of %d elements".formatted(rows, columns, values.length));
            }
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            ElementEncoder encoder = ElementEncoder.start(type, List.of((long) rows, (long) columns), out);
            switch (layout) {
                case ROW_MAJOR -> encoder.write(values, 0, values.length);
                case COLUMN_MAJOR -> writeGathered(encoder);
            }
        }

        private void writeGathered(ElementEncoder encoder) throws IOException {
            int height = Math.max(1, GATHERED / Math.max(1, columns));
            double[] gathered = new double[Math.min(height, rows) * columns];
            for (int first = 0; first < rows; first += height) {
                int count = Math.min(height, rows - first);
                for (int j = 0; j < columns; j++) {
                    for (int i = 0; i < count; i++) {
                        gathered[i * columns + j] = values[first + i + j * rows];
                    }
                }
                encoder.write(gathered, 0, count * columns);
            }
        }
    }

    /** A vector of doubles. */
    record Vector(NpyWriter.Type type, double[] values) implements ArrayContent {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            ElementEncoder.start(type, List.of((long) values.length), out).write(values, 0, values.length);
        }
    }

    /** A vector of 64-bit integers. */
    record Labels(long[] values) implements ArrayContent {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            ElementEncoder.start(NpyWriter.Type.INT64, List.of((long) values.length), out)
                    .write(values);
        }
    }
}
