package io.github.collapse4j.io.npy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** An array of one dimension: labels, a bias. Open to any number of threads. */
public final class NpyVector implements AutoCloseable {
    private final NpyArray array;
    private final long length;

    NpyVector(NpyArray array) throws NpyFormatException {
        NpyHeader header = array.header();
        if (header.shape().size() != 1) {
            throw array.origin()
                    .defect("shape", "1 dimension (use .ravel())", header.shapeText(), header.dictionaryOffset());
        }
        this.array = array;
        this.length = header.shape().get(0);
    }

    /**
     * Opens a {@code .npy} file as {@link NpyArray#open} does.
     *
     * @throws NpyFormatException if it is not a file of one dimension
     * @throws NoSuchFileException if there is none
     * @throws IOException if reading fails
     */
    public static NpyVector open(Path file) throws IOException {
        return NpyArray.open(file).vector();
    }

    /** {@return the array underneath} */
    public NpyArray array() {
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
     * @throws IOException if reading fails, or the file has been cut short since it was opened
     */
    public void readDoubles(long first, int count, double[] target) throws IOException {
        Objects.checkFromIndexSize(first, count, length);
        Objects.checkFromIndexSize(0, count, target.length);
        array.runs().toDoubles(first, count, target, 0);
    }

    /**
     * Reads consecutive elements exactly, booleans as 0 and 1. Floats are refused even where they are whole numbers:
     * labels that are stored as floats have often been through arithmetic that labels should not see.
     *
     * @param first index of the first element
     * @param count number of elements
     * @param target its first {@code count} elements are overwritten
     * @throws IndexOutOfBoundsException if there are no such elements, or {@code target} is too short
     * @throws IllegalStateException if the array is closed
     * @throws NpyFormatException if the elements are floats, or one of these exceeds {@link Long#MAX_VALUE}
     * @throws IOException if reading fails, or the file has been cut short since it was opened
     */
    public void readLongs(long first, int count, long[] target) throws IOException {
        Objects.checkFromIndexSize(first, count, length);
        Objects.checkFromIndexSize(0, count, target.length);
        DType type = array.header().dtype();
        if (!type.isIntegral()) {
            throw array.origin()
                    .defect(
                            "descr",
                            "integers or booleans (convert with .astype(np.int64))",
                            "floats, '" + type.descr() + "'",
                            array.header().dictionaryOffset());
        }
        array.runs().toLongs(first, count, target, 0);
        if (type.kind() == DType.Kind.UNSIGNED_INTEGER) {
            checkSigns(first, count, target);
        }
    }

    /** Closes the array underneath. */
    @Override
    public void close() {
        array.close();
    }

    private void checkSigns(long first, int count, long[] target) throws NpyFormatException {
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
