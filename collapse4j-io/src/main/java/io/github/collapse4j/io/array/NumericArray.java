package io.github.collapse4j.io.array;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of any shape, read as a {@link #matrix() matrix} or {@link #vector() vector}. Thread-safe. */
public final class NumericArray implements AutoCloseable {
    private final Origin origin;
    private final ArrayHeader header;
    private final long trailingBytes;
    private volatile @Nullable ArrayBytes bytes;

    /**
     * Creates an array from its header and data.
     *
     * @param bytes the data, as many bytes as the header declares
     * @param trailingBytes number of unread bytes that follow in the file
     */
    public NumericArray(Origin origin, ArrayHeader header, ArrayBytes bytes, long trailingBytes) {
        this.origin = origin;
        this.header = header;
        this.bytes = bytes;
        this.trailingBytes = trailingBytes;
    }

    /** {@return the file, or {@code archive.npz!entry.npy}, as messages name it} */
    public String name() {
        return origin.name();
    }

    /** {@return the header} */
    public ArrayHeader header() {
        return header;
    }

    /** {@return the number of unread bytes that follow the data in the file; 0 for streams and archive entries} */
    public long trailingBytes() {
        return trailingBytes;
    }

    /**
     * Returns an array of the same data, of other dimensions; closing either closes both.
     *
     * @throws IllegalArgumentException if the number of elements differs, or the array is column-major
     */
    public NumericArray reshaped(List<Long> shape) {
        ArrayHeader other = new ArrayHeader(header.dtype(), false, shape, header.typeOffset(), header.dataOffset());
        ArrayBytes data = bytes;
        if (data == null || header.fortranOrder() || other.elementCount() != header.elementCount()) {
            throw new IllegalArgumentException(header.shapeText() + " as " + other.shapeText());
        }
        return new NumericArray(origin, other, data, trailingBytes);
    }

    /**
     * Views the array as a matrix, a 1-d array of n elements as n × 1. Closing the view closes the array.
     *
     * @throws FormatException unless the array has one or two dimensions
     */
    public NumericMatrix matrix() throws FormatException {
        return new NumericMatrix(this);
    }

    /**
     * Views the array as a vector. Closing the view closes the array.
     *
     * @throws FormatException unless the array has one dimension
     */
    public NumericVector vector() throws FormatException {
        return new NumericVector(this);
    }

    /** Releases the data and closes the file; reads in progress complete, and later reads are refused. */
    @Override
    public void close() {
        ArrayBytes data = bytes;
        bytes = null;
        if (data != null) {
            try {
                data.close();
            } catch (IOException e) {
                throw new UncheckedIOException(origin.name() + ": " + e.getMessage(), e);
            }
        }
    }

    /** Closes the file underneath until the next read. */
    public void release() throws IOException {
        ArrayBytes data = bytes;
        if (data != null) {
            data.release();
        }
    }

    /** {@return its name in messages} */
    public Origin origin() {
        return origin;
    }

    /** {@return a new reader of the data, not thread-safe} */
    ElementRuns runs() throws IOException {
        ArrayBytes data = bytes;
        if (data == null) {
            throw new IllegalStateException(origin.name() + " is closed");
        }
        return new ElementRuns(data, header.dtype());
    }

    /** {@return an exception saying that the file has fewer bytes than the shape needs} */
    public static FormatException shorter(Origin origin, ArrayHeader header, long available) {
        String expected = header.dataBytes() + " bytes for " + header.shapeText() + " of "
                + header.dtype().descr();
        return origin.defect("data", expected, available + " bytes", header.dataOffset());
    }
}
