package io.github.collapse4j.io.npy;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.DType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes one array: its header, then Java numbers as its elements, row by row. Not thread-safe. */
final class ElementEncoder {
    private static final String MAGIC = "\u0093NUMPY\u0001\u0000";
    private static final int ALIGNMENT = 64;
    private static final int GROWTH_DIGITS = 21;
    private static final int CHUNK = 8192;
    private static final double TWO_TO_63 = 0x1p63;

    private final NpyWriter.Type type;
    private final long columns;
    private final OutputStream out;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long written;

    private ElementEncoder(NpyWriter.Type type, long columns, OutputStream out) {
        this.type = type;
        this.columns = columns;
        this.out = out;
    }

    /**
     * Starts an array by writing its header, of version 1.0.
     *
     * @param shape of one or two dimensions
     */
    static ElementEncoder start(NpyWriter.Type type, List<Long> shape, OutputStream out) throws IOException {
        out.write(header(type.dtype(), shape));
        return new ElementEncoder(type, shape.size() < 2 ? 1 : shape.get(1), out);
    }

    /**
     * {@return everything before the data of a row-major array, exactly as written by {@code np.save} since NumPy 1.23}
     */
    static byte[] header(DType dtype, List<Long> shape) {
        StringBuilder text = new StringBuilder("{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
                .formatted(dtype.descr(), ArrayHeader.shapeText(shape)));
        // NumPy leaves room for the first dimension to grow in place
        text.append(" ".repeat(GROWTH_DIGITS - shape.get(0).toString().length()));
        int unpadded = MAGIC.length() + Short.BYTES + text.length() + 1;
        text.append(" ".repeat(ALIGNMENT - unpadded % ALIGNMENT)).append('\n');
        int length = text.length();
        return (MAGIC + (char) (length & 0xFF) + (char) (length >>> 8) + text).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** {@return the number of elements written} */
    long written() {
        return written;
    }

    /**
     * Writes elements.
     *
     * @throws IllegalArgumentException if the type cannot represent one of them
     */
    void write(double[] values, int from, int count) throws IOException {
        for (int done = 0; done < count; done += CHUNK) {
            int length = Math.min(CHUNK, count - done);
            switch (type) {
                case FLOAT64 -> chunk.asDoubleBuffer().put(values, from + done, length);
                case FLOAT32 -> putFloats(values, from + done, length);
                case INT64 -> putLongs(values, from + done, length);
            }
            flush(length);
        }
    }

    /** Writes elements of type {@link NpyWriter.Type#INT64}. */
    void write(long[] values) throws IOException {
        for (int done = 0; done < values.length; done += CHUNK) {
            int length = Math.min(CHUNK, values.length - done);
            chunk.asLongBuffer().put(values, done, length);
            flush(length);
        }
    }

    private void flush(int count) throws IOException {
        out.write(chunk.array(), 0, count * type.dtype().itemBytes());
        written += count;
    }

    private void putFloats(double[] values, int from, int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) values[from + i];
            if (Float.isInfinite(floats[i]) && !Double.isInfinite(values[from + i])) {
                throw refused(values[from + i], "exceeds the largest float32", i);
            }
        }
        chunk.asFloatBuffer().put(floats);
    }

    private void putLongs(double[] values, int from, int count) {
        long[] longs = new long[count];
        for (int i = 0; i < count; i++) {
            double value = values[from + i];
            if (value != Math.rint(value) || value < -TWO_TO_63 || value >= TWO_TO_63) {
                throw refused(value, "is not an int64", i);
            }
            longs[i] = (long) value;
        }
        chunk.asLongBuffer().put(longs);
    }

    private IllegalArgumentException refused(double value, String why, int ahead) {
        long index = written + ahead;
        return new IllegalArgumentException(
                "%s in row %d, column %d %s".formatted(value, index / columns, index % columns, why));
    }
}
