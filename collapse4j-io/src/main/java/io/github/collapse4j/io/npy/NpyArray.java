package io.github.collapse4j.io.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An array of any shape: its header, and its data to be read as a {@link #matrix() matrix} or a {@link #vector()
 * vector}. Open to any number of threads.
 */
public final class NpyArray implements AutoCloseable {
    private final Origin origin;
    private final NpyHeader header;
    private final long trailingBytes;
    private volatile @Nullable ArrayBytes bytes;

    NpyArray(Origin origin, NpyHeader header, ArrayBytes bytes, long trailingBytes) {
        this.origin = origin;
        this.header = header;
        this.bytes = bytes;
        this.trailingBytes = trailingBytes;
    }

    /**
     * Opens a {@code .npy} file of any size, which is mapped into memory, not read.
     *
     * <p>Bytes after the data are ignored, as NumPy ignores them: {@code np.save} into one open file appends arrays, and
     * a program that lengthens a file updates the header last. {@link #trailingBytes()} tells how many there are.
     *
     * @param file a regular file that must not be changed while it is open
     * @throws NpyFormatException if it is not such a file, or shorter than its header says
     * @throws NoSuchFileException if there is none
     * @throws IOException if reading fails
     */
    public static NpyArray open(Path file) throws IOException {
        try (InputFile input = InputFile.open(file)) {
            NpyHeader header = new HeaderReader(input.origin()).read(input.stream(0, input.size()));
            long available = input.size() - header.dataOffset();
            if (available < header.dataBytes()) {
                throw shorter(input.origin(), header, available);
            }
            ArrayBytes bytes = ArrayBytes.map(input, header.dataOffset(), header.dataBytes());
            return new NpyArray(input.origin(), header, bytes, available - header.dataBytes());
        }
    }

    /**
     * Reads an array from a stream into memory, which is taken as the bytes arrive and is at most half of the heap.
     *
     * @param in at the magic string; left at the first byte after the array, and not closed
     * @param name what messages call it
     * @throws NpyFormatException if it is not such an array, if the stream ends early, or if there is too much of it
     * @throws IOException if reading fails
     */
    public static NpyArray read(InputStream in, String name) throws IOException {
        Origin origin = new Origin(name);
        NpyHeader header = new HeaderReader(origin).read(in);
        return new NpyArray(origin, header, ArrayBytes.load(in, header, ArrayBytes.halfOfHeap(), origin), 0);
    }

    /** {@return the file, or {@code archive.npz!entry.npy}, as messages name it} */
    public String name() {
        return origin.name();
    }

    /** {@return the header} */
    public NpyHeader header() {
        return header;
    }

    /** {@return how many bytes follow the data in the file, unread; 0 for streams and entries of archives} */
    public long trailingBytes() {
        return trailingBytes;
    }

    /**
     * Views the array as a matrix, a 1-d array of n elements as n × 1. Closing the view closes the array.
     *
     * @throws NpyFormatException unless the array has one or two dimensions
     */
    public NpyMatrix matrix() throws NpyFormatException {
        return new NpyMatrix(this);
    }

    /**
     * Views the array as a vector. Closing the view closes the array.
     *
     * @throws NpyFormatException unless the array has one dimension
     */
    public NpyVector vector() throws NpyFormatException {
        return new NpyVector(this);
    }

    /** Lets go of the data; what is being read is read to its end, and later reads are refused. */
    @Override
    public void close() {
        bytes = null;
    }

    Origin origin() {
        return origin;
    }

    /** {@return a reader of the data, for one thread} */
    ElementRuns runs() throws IOException {
        ArrayBytes data = bytes;
        if (data == null) {
            throw new IllegalStateException(origin.name() + " is closed");
        }
        data.checkStillThere();
        return new ElementRuns(data, header.dtype());
    }

    /** {@return the defect that fewer bytes are there than the shape takes, to be thrown} */
    static NpyFormatException shorter(Origin origin, NpyHeader header, long available) {
        String expected = header.dataBytes() + " bytes for " + header.shapeText() + " of "
                + header.dtype().descr();
        return origin.defect("data", expected, available + " bytes", header.dataOffset());
    }
}
