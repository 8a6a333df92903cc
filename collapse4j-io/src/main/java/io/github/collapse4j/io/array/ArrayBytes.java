package io.github.collapse4j.io.array;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of an array's data, of any length. Immutable, hence open to any number of threads. */
public sealed interface ArrayBytes permits FileBytes, LoadedBytes {
    /**
     * Bytes that lie in a file and stay there: they are read each time they are asked for.
     *
     * @param file may be closed afterwards
     * @param start offset in the file of the first byte
     * @param length number of bytes
     */
    static ArrayBytes inPlace(InputFile file, long start, long length) {
        return new FileBytes(file.path(), file.origin(), start, length);
    }

    /**
     * Reads the data of an array into memory, which is taken as the bytes arrive.
     *
     * @param in behind the header; not closed, and read no further than the data
     * @param limit how many bytes there may be at most
     * @throws FormatException if there are more, or fewer than the header says
     */
    static ArrayBytes load(InputStream in, ArrayHeader header, long limit, Origin origin) throws IOException {
        return LoadedBytes.of(in, header, limit, origin);
    }

    /** {@return half of the memory that this virtual machine may take} */
    static long halfOfHeap() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    /**
     * Some bytes from {@code offset} on, which must be inside: at most {@code most}, perhaps fewer, but whole elements.
     *
     * @return from its position to its limit; good until this thread asks again, for bytes of whatever array
     * @throws FormatException if the file has been cut short since it was opened
     */
    ByteBuffer from(long offset, long most) throws IOException;

    /** Lets go of a file's handle until the next time it is read. */
    default void release() throws IOException {}

    /** Releases a file's handle for good; reads that have begun end well. */
    default void close() throws IOException {}
}
