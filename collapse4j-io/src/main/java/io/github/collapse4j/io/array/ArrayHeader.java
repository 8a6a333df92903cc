package io.github.collapse4j.io.array;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The type and layout of an array, as its file declares them before the data.
 *
 * @param dtype the type of the elements
 * @param fortranOrder whether the first index varies fastest in the data (column-major) instead of the last (row-major)
 * @param shape the length of each dimension, none negative; empty for a 0-d array, which has one element
 * @param typeOffset offset of the type and shape, in bytes from the start of the file or archive entry
 * @param dataOffset offset of the data, likewise
 */
public record ArrayHeader(DType dtype, boolean fortranOrder, List<Long> shape, long typeOffset, long dataOffset) {

    /** The maximum number of dimensions, as in NumPy 2. */
    public static final int MAX_DIMENSIONS = 64;

    /**
     * Copies the shape and checks that its size fits into a {@code long}.
     *
     * @throws IllegalArgumentException if there are more than {@link #MAX_DIMENSIONS} dimensions, one is negative, or
     *     the product of the item size and all non-zero dimensions exceeds {@link Long#MAX_VALUE}
     */
    public ArrayHeader {
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

    /** {@return the number of elements, 1 for a 0-d array} */
    public long elementCount() {
        return shape.stream().mapToLong(Long::longValue).anyMatch(length -> length == 0)
                ? 0
                : shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }

    /** {@return the size of the elements in bytes} */
    public long dataBytes() {
        return elementCount() * dtype.itemBytes();
    }

    /** {@return the shape as Python writes it, such as {@code (3, 4)}, {@code (3,)} or {@code ()}} */
    public String shapeText() {
        return shapeText(shape);
    }

    /**
     * {@return whether the size in bytes of an array of this shape fits into a {@code long}, ignoring zero dimensions}
     */
    public static boolean isCountable(List<Long> shape, DType dtype) {
        long bytes = dtype.itemBytes();
        for (long length : shape) {
            if (length > 0 && bytes > Long.MAX_VALUE / length) {
                return false;
            }
            bytes *= Math.max(length, 1);
        }
        return true;
    }

    /** {@return a shape as Python writes it} */
    public static String shapeText(List<Long> shape) {
        String lengths = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return shape.size() == 1 ? "(" + lengths + ",)" : "(" + lengths + ")";
    }
}
