package io.github.collapse4j.io.npy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a {@code .npy} file says of itself before its data.
 *
 * @param majorVersion of the format: 1, 2 or 3
 * @param dtype the type of the elements
 * @param fortranOrder whether the first index varies fastest in the data (column-major) instead of the last (row-major)
 * @param shape the length of each dimension, none negative; empty for a 0-d array, which has one element
 * @param dataOffset where the data begin, in bytes from the start of the magic string
 */
public record NpyHeader(int majorVersion, DType dtype, boolean fortranOrder, List<Long> shape, int dataOffset) {

    /** The most dimensions an array may have, as in NumPy 2. */
    public static final int MAX_DIMENSIONS = 64;

    /**
     * Copies the shape and checks that its size can be counted.
     *
     * @throws IllegalArgumentException if there are more than {@link #MAX_DIMENSIONS}, one is negative, or the product
     *     of the item size and all dimensions that are not zero exceeds {@link Long#MAX_VALUE}
     */
    public NpyHeader {
        shape = List.copyOf(shape);
        if (shape.size() > MAX_DIMENSIONS) {
            throw new IllegalArgumentException(shape.size() + " dimensions, more than " + MAX_DIMENSIONS);
        }
        if (shape.stream().anyMatch(length -> length < 0)) {
            throw new IllegalArgumentException("Negative dimension in " + shapeText(shape));
        }
        if (!isCountable(shape, dtype)) {
            throw new IllegalArgumentException("More than 2^63-1 bytes in " + shapeText(shape));
        }
    }

    /**
     * Reads a header, leaving the stream at the first byte of the data.
     *
     * @param in at the magic string; not closed
     * @param name what messages call it
     * @throws NpyFormatException if it is not a header of a type that is read here
     * @throws IOException if reading fails
     */
    public static NpyHeader read(InputStream in, String name) throws IOException {
        return new HeaderReader(new Origin(name)).read(in);
    }

    /** {@return the number of elements, 1 for a 0-d array} */
    public long elementCount() {
        return shape.stream().mapToLong(Long::longValue).anyMatch(length -> length == 0)
                ? 0
                : shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }

    /** {@return the bytes that the elements take} */
    public long dataBytes() {
        return elementCount() * dtype.itemBytes();
    }

    /** {@return the shape as Python writes it, such as {@code (3, 4)}, {@code (3,)} or {@code ()}} */
    public String shapeText() {
        return shapeText(shape);
    }

    /** {@return where the dictionary begins, in bytes from the start of the magic string} */
    int dictionaryOffset() {
        return majorVersion == 1 ? 10 : 12;
    }

    /** {@return whether the bytes of an array of this shape can be counted, leaving dimensions of zero aside} */
    static boolean isCountable(List<Long> shape, DType dtype) {
        long bytes = dtype.itemBytes();
        for (long length : shape) {
            if (length > 0 && bytes > Long.MAX_VALUE / length) {
                return false;
            }
            bytes *= Math.max(length, 1);
        }
        return true;
    }

    static String shapeText(List<Long> shape) {
        String lengths = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return shape.size() == 1 ? "(" + lengths + ",)" : "(" + lengths + ")";
    }
}
