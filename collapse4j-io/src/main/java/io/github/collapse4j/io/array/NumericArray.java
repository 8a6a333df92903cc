package io.github.collapse4j.io.array;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * An array of any shape: its header, and its data to be read as a {@link #matrix() matrix} or a {@link #vector()
 * vector}. Open to any number of threads.
 */
public final class NumericArray implements AutoCloseable {
    private final Origin origin;
    private final ArrayHeader header;
    private final long trailingBytes;
    private volatile @Nullable ArrayBytes bytes;

    /**
     * Puts an array together.
     *
     * @param bytes as many as the header says
     * @param trailingBytes how many follow in the file, unread
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

    /** {@return how many bytes follow the data in the file, unread; 0 for streams and entries of archives} */
    public long trailingBytes() {
        return trailingBytes;
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

    /** Lets go of the data and closes the file; what is being read is read to its end, and later reads are refused. */
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

    /** {@return what messages call it} */
    public Origin origin() {
        return origin;
    }

    /** {@return a reader of the data, for one thread} */
    ElementRuns runs() throws IOException {
        ArrayBytes data = bytes;
        if (data == null) {
            throw new IllegalStateException(origin.name() + " is closed");
        }
        return new ElementRuns(data, header.dtype());
    }

    /** {@return the defect that fewer bytes are there than the shape takes, to be thrown} */
    public static FormatException shorter(Origin origin, ArrayHeader header, long available) {
        String expected = header.dataBytes() + " bytes for " + header.shapeText() + " of "
                + header.dtype().descr();
        return origin.defect("data", expected, available + " bytes", header.dataOffset());
    }
}
