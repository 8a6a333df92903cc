package io.github.collapse4j.io.array;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of an array's data, of any length. Immutable and thread-safe. */
public sealed interface ArrayBytes permits FileBytes, LoadedBytes {
    /**
     * Bytes that stay in a file and are read on each access.
     *
     * @param file may be closed afterwards
     * @param start offset of the first byte in the file
     * @param length number of bytes
     */
    static ArrayBytes inPlace(InputFile file, long start, long length) {
        return new FileBytes(file.path(), file.origin(), start, length);
    }

    /**
     * Reads the data of an array into memory, which is allocated as the bytes arrive.
     *
     * @param in positioned after the header; not closed, and not read beyond the data
     * @param limit maximum number of bytes
     * @throws FormatException if there are more, or fewer than the header says
     */
    static ArrayBytes load(InputStream in, ArrayHeader header, long limit, Origin origin) throws IOException {
        return LoadedBytes.of(in, header, limit, origin);
    }

    /** {@return half of the maximum heap size, in bytes} */
    static long halfOfHeap() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    /**
     * Reads whole elements from {@code offset}, which must be in range: at most {@code most} bytes, possibly fewer.
     *
     * @return the bytes from position to limit; valid until this thread's next call, for any array
     * @throws FormatException if the file has been truncated since it was opened
     */
    ByteBuffer from(long offset, long most) throws IOException;

    /** Releases a file's handle until the next time it is read. */
    default void release() throws IOException {}

    /** Releases a file's handle for good; reads in progress complete normally. */
    default void close() throws IOException {}
}
