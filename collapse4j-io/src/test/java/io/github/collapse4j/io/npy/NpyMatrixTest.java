package io.github.collapse4j.io.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.DType;
import io.github.collapse4j.io.array.NumericMatrix;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading rows: the fast path against a naive one, ranges, threads, arguments. */
class NpyMatrixTest {
    @TempDir
    private Path directory;

    /** Sizes below, at and above the reader's chunks and tiles, and odd ones. */
    @ParameterizedTest
    @CsvSource({"1,1", "1,9", "9,1", "7,8", "8,7", "511,9", "512,8", "513,17", "1025,3", "3,4097", "2,8191", "4096,2"})
    void readsAnyRangeInEitherOrderAsElementByElement(int rows, int columns) throws IOException {
        SplittableRandom random = new SplittableRandom(rows * 10007L + columns);
        for (String descr : List.of("<f4", ">f4", "<f8", ">f8", "<f2", ">i2", "<u4", "|i1", ">i8")) {
            for (boolean fortran : new boolean[] {false, true}) {
                byte[] file = random(descr, rows, columns, fortran, random);
                try (NumericMatrix matrix =
                        NpyFile.read(new ByteArrayInputStream(file), "x").matrix()) {
                    int first = random.nextInt(rows);
                    int count = 1 + random.nextInt(rows - first);
                    double[] fast = new double[count * columns + 1];
                    fast[count * columns] = -77;
                    matrix.readRows(first, count, fast);
                    assertEquals(-77, fast[count * columns], "nothing is written beyond the rows");
                    for (int i = 0; i < count; i++) {
                        for (int j = 0; j < columns; j++) {
                            double naive = element(file, matrix.array().header(), first + i, j);
                            assertEquals(naive, fast[i * columns + j], () -> descr + " fortran " + fortran);
                        }
                    }
                }
            }
        }
    }

    @Test
    void readsFortranOrderLikeCOrder() throws IOException {
        int rows = 1500;
        int columns = 37;
        double[] c = readAll("C", rows, columns);
        double[] fortran = readAll("F", rows, columns);
        assertArrayEquals(Sample.ramp(rows, columns), c);
        assertArrayEquals(c, fortran);
    }

    @Test
    void isThreadSafe() throws Exception {
        int rows = 4000;
        int columns = 33;
        Path file = directory.resolve("shared.npy");
        new NpyWriter(NpyWriter.Type.FLOAT32)
                .writeMatrix(file, halves(rows, columns), rows, columns, NpyWriter.Layout.ROW_MAJOR);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (NumericMatrix matrix = NpyFile.open(file).matrix()) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int task = 0; task < 200; task++) {
                int first = task * 13 % rows;
                int count = Math.min(1 + task * 7, rows - first);
                tasks.add(() -> {
                    double[] values = new double[count * columns];
                    matrix.readRows(first, count, values);
                    double[] all = halves(rows, columns);
                    return Arrays.equals(values, Arrays.copyOfRange(all, first * columns, (first + count) * columns));
                });
            }
            for (Future<Boolean> result : threads.invokeAll(tasks)) {
                assertEquals(true, result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void refusesRowsThatAreNotThere() throws IOException {
        try (NumericMatrix matrix =
                NpyFile.open(Golden.copy("written/f8_3x4.npy", directory)).matrix()) {
            double[] target = new double[12];
            assertThrows(IndexOutOfBoundsException.class, () -> matrix.readRows(-1, 1, target));
            assertThrows(IndexOutOfBoundsException.class, () -> matrix.readRows(0, 4, target));
            assertThrows(IndexOutOfBoundsException.class, () -> matrix.readRows(3, 1, target));
            assertThrows(IndexOutOfBoundsException.class, () -> matrix.readRows(0, -1, target));
            assertThrows(IndexOutOfBoundsException.class, () -> matrix.readRows(Long.MAX_VALUE, 1, target));
            assertThrows(IllegalArgumentException.class, () -> matrix.readRows(0, 3, new double[11]));
            matrix.readRows(3, 0, new double[0]);
        }
    }

    @Test
    void refusesToReadWhenClosed() throws IOException {
        NumericMatrix matrix =
                NpyFile.open(Golden.copy("written/f8_3x4.npy", directory)).matrix();
        matrix.close();
        matrix.close();
        assertThrows(IllegalStateException.class, () -> matrix.readRows(0, 1, new double[4]));
    }

    @Test
    void handlesEmptyMatricesOfAbsurdLength() throws IOException {
        Path file = Files.write(directory.resolve("x.npy"), Sample.file("(1152921504606846975, 0)", "<f8"));
        try (NumericMatrix matrix = NpyFile.open(file).matrix()) {
            assertEquals((1L << 60) - 1, matrix.rows());
            matrix.readRows(matrix.rows() - 5, 5, new double[0]);
        }
        String fortran = "{'descr': '<f8', 'fortran_order': True, 'shape': (0, 1152921504606846975), }";
        Path wide = Files.write(directory.resolve("y.npy"), Sample.file(1, fortran));
        try (NumericMatrix matrix = NpyFile.open(wide).matrix()) {
            matrix.readRows(0, 0, new double[0]);
        }
    }

    private double[] readAll(String order, int rows, int columns) throws IOException {
        double[] ramp = Sample.ramp(rows, columns);
        double[] stored = order.equals("C") ? ramp : Sample.columnMajor(ramp, rows, columns);
        String dictionary = "{'descr': '<f8', 'fortran_order': %s, 'shape': (%d, %d), }"
                .formatted(order.equals("C") ? "False" : "True", rows, columns);
        ByteBuffer data = ByteBuffer.allocate(stored.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        data.asDoubleBuffer().put(stored);
        Path file = Files.write(directory.resolve(order + ".npy"), Sample.file(1, dictionary, data.array()));
        double[] all = new double[rows * columns];
        try (NumericMatrix matrix = NpyFile.open(file).matrix()) {
            double[] batch = new double[701 * columns];
            for (int i = 0; i < rows; i += 701) {
                int count = Math.min(701, rows - i);
                matrix.readRows(i, count, batch);
                System.arraycopy(batch, 0, all, i * columns, count * columns);
            }
        }
        return all;
    }

    /** {@return numbers that binary32 represents exactly} */
    private static double[] halves(int rows, int columns) {
        double[] values = new double[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0.5;
        }
        return values;
    }

    private static byte[] random(String descr, int rows, int columns, boolean fortran, SplittableRandom random) {
        int itemBytes = descr.charAt(2) - '0';
        byte[] data = new byte[rows * columns * itemBytes];
        random.nextBytes(data);
        String dictionary = "{'descr': '%s', 'fortran_order': %s, 'shape': (%d, %d), }"
                .formatted(descr, fortran ? "True" : "False", rows, columns);
        return Sample.file(1, dictionary, data);
    }

    /** Reads one element in the simplest possible way. */
    private static double element(byte[] file, ArrayHeader header, int row, int column) {
        long index = header.fortranOrder()
                ? row + column * header.shape().get(0)
                : row * header.shape().get(1) + column;
        DType type = header.dtype();
        ByteBuffer bytes = ByteBuffer.wrap(file).order(type.byteOrder());
        int at = (int) (header.dataOffset() + index * type.itemBytes());
        return switch (type.descr().substring(1)) {
            case "i1" -> bytes.get(at);
            case "i2" -> bytes.getShort(at);
            case "u4" -> bytes.getInt(at) & 0xFFFFFFFFL;
            case "i8" -> bytes.getLong(at);
            case "f2" -> half(bytes.getShort(at));
            case "f4" -> bytes.getFloat(at);
            case "f8" -> bytes.getDouble(at);
            default -> throw new IllegalArgumentException(type.descr());
        };
    }

    private static double half(short bits) {
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        double sign = bits < 0 ? -1 : 1;
        if (exponent == 0x1F) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return exponent == 0
                ? sign * Math.scalb((double) fraction, -24)
                : sign * Math.scalb(1024.0 + fraction, exponent - 25);
    }
}
