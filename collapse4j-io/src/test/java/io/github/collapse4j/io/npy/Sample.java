package io.github.collapse4j.io.npy;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.NumericMatrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.function.Executable;

/** Small arrays and files for tests, and the requirements on every refusal. */
final class Sample {
    private Sample() {}

    /** {@return element (i, j) = 1000 i + j + 1/4 in row-major order, as in the golden generator} */
    static double[] ramp(int rows, int columns) {
        double[] values = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] = 1000.0 * i + j + 0.25;
            }
        }
        return values;
    }

    /** {@return the column-major form of a row-major matrix} */
    static double[] columnMajor(double[] values, int rows, int columns) {
        double[] transposed = new double[values.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                transposed[i + j * rows] = values[i * columns + j];
            }
        }
        return transposed;
    }

    /** {@return a file with the given dictionary, unpadded, and data} */
    static byte[] file(int version, String dictionary, byte... data) {
        byte[] text = dictionary.getBytes(version < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        out.write(text.length);
        out.write(text.length >> 8);
        if (version > 1) {
            out.write(text.length >> 16);
            out.write(text.length >> 24);
        }
        out.writeBytes(text);
        out.writeBytes(data);
        return out.toByteArray();
    }

    /** {@return a file of version 1.0 with the given shape and type} */
    static byte[] file(String shape, String descr, byte... data) {
        return file(1, "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr, shape), data);
    }

    /** Reads a whole array in every way, in small batches. */
    static void readAll(NumericArray array) throws IOException {
        if (array.header().shape().isEmpty() || array.header().shape().size() > 2) {
            return;
        }
        NumericMatrix matrix = array.matrix();
        double[] row = new double[2 * Math.toIntExact(Math.min(matrix.columns(), 1 << 20))];
        for (long i = 0; i < Math.min(matrix.rows(), 1000); i += 2) {
            matrix.readRows(i, (int) Math.min(2, matrix.rows() - i), row);
        }
    }

    /** Checks that an action is refused with a one-line message that names the file and an offset. */
    static FormatException refusal(String file, Executable executable) {
        try {
            executable.execute();
        } catch (FormatException e) {
            String message = String.valueOf(e.getMessage());
            if (!message.startsWith(file)
                    || !message.matches("[^\\p{Cntrl}]+: .+: expected .+, found .+ \\(at byte offset \\d+\\)")) {
                throw new AssertionError("Not a message to show: " + message, e);
            }
            return e;
        } catch (Throwable e) {
            throw new AssertionError("Not an FormatException: " + e, e);
        }
        throw new AssertionError("Nothing was refused");
    }
}
