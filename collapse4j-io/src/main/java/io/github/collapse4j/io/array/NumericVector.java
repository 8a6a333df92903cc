package io.github.collapse4j.io.array;

import java.io.IOException;
import java.util.Objects;

/** A one-dimensional array, such as labels or a bias. Thread-safe. */
public final class NumericVector implements AutoCloseable {
    private final NumericArray array;
    private final long length;

    NumericVector(NumericArray array) throws FormatException {
        ArrayHeader header = array.header();
        if (header.shape().size() != 1) {
            throw array.origin().defect("shape", "1 dimension (use .ravel())", header.shapeText(), header.typeOffset());
        }
        this.array = array;
        this.length = header.shape().get(0);
    }

    /** {@return the underlying array} */
    public NumericArray array() {
        return array;
    }

    /** {@return the number of elements} */
    public long length() {
        return length;
    }

    /**
     * Reads consecutive elements as doubles: exactly, except for 64-bit integers beyond 2⁵³, which are rounded to
     * nearest.
     *
     * @param first index of the first element
     * @param count number of elements
     * @param target its first {@code count} elements are overwritten
     * @throws IndexOutOfBoundsException if there are no such elements, or {@code target} is too short
     * @throws IllegalStateException if the array is closed
     * @throws IOException if reading fails, or the file has been truncated since it was opened
     */
    public void readDoubles(long first, int count, double[] target) throws IOException {
        Objects.checkFromIndexSize(first, count, length);
        Objects.checkFromIndexSize(0, count, target.length);
        array.runs().toDoubles(first, count, target, 0);
    }

    /**
     * Reads consecutive elements exactly, booleans as 0 and 1. Floats are refused even if they are whole numbers:
     * labels stored as floats have often been through arithmetic that labels should not see.
     *
     * @param first index of the first element
     * @param count number of elements
     * @param target its first {@code count} elements are overwritten
     * @throws IndexOutOfBoundsException if there are no such elements, or {@code target} is too short
     * @throws IllegalStateException if the array is closed
     * @throws FormatException if the elements are floats, or one of these exceeds {@link Long#MAX_VALUE}
     * @throws IOException if reading fails, or the file has been truncated since it was opened
     */
    public void readLongs(long first, int count, long[] target) throws IOException {
        Objects.checkFromIndexSize(first, count, length);
        Objects.checkFromIndexSize(0, count, target.length);
        checkIntegral();
        array.runs().toLongs(first, count, target, 0);
        if (array.header().dtype().kind() == DType.Kind.UNSIGNED_INTEGER) {
            checkSigns(first, count, target);
        }
    }

    /**
     * Checks that {@link #readLongs} can be used.
     *
     * @throws FormatException if the elements are floats
     */
    public void checkIntegral() throws FormatException {
        DType type = array.header().dtype();
        if (!type.isIntegral()) {
            throw array.origin()
                    .defect(
                            "descr",
                            "integers or booleans (convert with .astype(np.int64))",
                            "floats, '" + type.descr() + "'",
                            array.header().typeOffset());
        }
    }

    /** Closes the underlying array. */
    @Override
    public void close() {
        array.close();
    }

    private void checkSigns(long first, int count, long[] target) throws FormatException {
        for (int i = 0; i < count; i++) {
            if (target[i] < 0) {
                throw array.origin()
                        .defect(
                                "element " + (first + i),
                                "at most " + Long.MAX_VALUE,
                                Long.toUnsignedString(target[i]),
                                array.header().dataOffset() + (first + i) * Long.BYTES);
            }
        }
    }
}
