package io.github.collapse4j.io.npy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.io.array.NumericMatrix;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sparse files beyond 2 GiB: all zeros except where rows cross the first gigabyte boundaries. */
class NpyLargeFileTest {
    @TempDir
    private Path directory;

    /** Also with headers of odd length, which leave elements unaligned. */
    @ParameterizedTest
    @CsvSource({"False,1100001,1001,0", "False,1100001,1001,3", "True,220000001,5,0", "True,220000001,5,1"})
    void readsRowsBeyondTheWindows(String fortranOrder, long rows, int columns, int odd) throws IOException {
        String dictionary =
                "{'descr': '<f4', 'fortran_order': %s, 'shape': (%d, %d), }".formatted(fortranOrder, rows, columns);
        byte[] header = Sample.file(1, dictionary + " ".repeat(118 + odd - dictionary.length()));
        long last = rows * columns - 1;
        List<Long> marked = List.of(0L, 123_456_789L, (1L << 28) - 1, 1L << 28, (1L << 29) + 5, (1L << 30) - 1, last);
        Path file = directory.resolve("large.npy");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(header);
            sparse.setLength(header.length + (last + 1) * Float.BYTES);
            for (long index : marked) {
                sparse.seek(header.length + index * Float.BYTES);
                ByteBuffer mark = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
                sparse.write(mark.putFloat(index % 1000 + 0.5f).array());
            }
        }
        boolean fortran = fortranOrder.equals("True");
        try (NumericMatrix matrix = NpyFile.open(file).matrix()) {
            assertEquals(header.length, matrix.array().header().dataOffset());
            assertEquals(rows, matrix.rows());
            double[] found = new double[3 * columns];
            for (long index : marked) {
                long row = fortran ? index % rows : index / columns;
                long first = Math.max(0, Math.min(row - 1, rows - 3));
                matrix.readRows(first, 3, found);
                for (int i = 0; i < found.length; i++) {
                    long i0 = first + i / columns;
                    long at = fortran ? i0 + i % columns * rows : i0 * columns + i % columns;
                    assertEquals(marked.contains(at) ? at % 1000 + 0.5 : 0, found[i], () -> "element " + at);
                }
            }
        }
    }
}
