package io.github.collapse4j.io.array;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an array's data, of any length: windows of equal length, a multiple of 8 bytes, so that no element lies
 * in two of them. Immutable, hence open to any number of threads.
 *
 * <p>Mapped windows are unmapped by the garbage collector once nothing refers to them: a file is not let go at once.
 */
public final class ArrayBytes {
    private static final long MAPPED_WINDOW = 1L << 30;
    private static final int MAX_MAPPED_WINDOWS = 1 << 14;
    private static final int LOADED_WINDOW = 1 << 23;

    private final List<ByteBuffer> windows;
    private final long windowBytes;
    private final @Nullable InputFile mapped;
    private final long mappedEnd;

    private ArrayBytes(List<ByteBuffer> windows, long windowBytes, @Nullable InputFile mapped, long mappedEnd) {
        this.windows = List.copyOf(windows);
        this.windowBytes = windowBytes;
        this.mapped = mapped;
        this.mappedEnd = mappedEnd;
    }

    /**
     * Maps a part of a file, which must be there.
     *
     * @param file may be closed afterwards
     * @param start offset in the file of the first byte
     * @param length number of bytes
     * @throws FormatException if it is more than 16 TiB
     */
    public static ArrayBytes map(InputFile file, long start, long length) throws IOException {
        if (length > MAX_MAPPED_WINDOWS * MAPPED_WINDOW) {
            throw file.origin()
                    .defect(
                            "data",
                            "at most " + MAX_MAPPED_WINDOWS * MAPPED_WINDOW + " bytes",
                            length + " bytes",
                            start);
        }
        List<ByteBuffer> windows = new ArrayList<>();
        for (long from = 0; from < length; from += MAPPED_WINDOW) {
            windows.add(file.map(start + from, Math.min(MAPPED_WINDOW, length - from)));
        }
        return new ArrayBytes(windows, MAPPED_WINDOW, file, start + length);
    }

    /**
     * Reads the data of an array into memory, which is taken as the bytes arrive.
     *
     * @param in behind the header; not closed, and read no further than the data
     * @param limit how many bytes there may be at most
     * @throws FormatException if there are more, or fewer than the header says
     */
    public static ArrayBytes load(InputStream in, ArrayHeader header, long limit, Origin origin) throws IOException {
        long length = header.dataBytes();
        if (length > limit) {
            String expected = "at most " + limit + " bytes to hold in memory (half of -Xmx; .npy files and np.savez"
                    + " archives, uncompressed, are read in place, whatever their size)";
            throw origin.defect("data", expected, length + " bytes", header.dataOffset());
        }
        List<ByteBuffer> windows = new ArrayList<>();
        for (long from = 0; from < length; from += LOADED_WINDOW) {
            int wanted = (int) Math.min(LOADED_WINDOW, length - from);
            byte[] window = in.readNBytes(wanted);
            if (window.length < wanted) {
                throw origin.truncated("data", length, from + window.length, header.dataOffset());
            }
            windows.add(ByteBuffer.wrap(window).asReadOnlyBuffer());
        }
        return new ArrayBytes(windows, LOADED_WINDOW, null, 0);
    }

    /** {@return half of the memory that this virtual machine may take} */
    public static long halfOfHeap() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    /**
     * Checks that what is mapped has not been cut off since, by a program that writes the file anew. Reading it all the
     * same would end in an {@link InternalError}, which JDK 17 throws out of turn.
     */
    void checkStillThere() throws IOException {
        if (mapped != null) {
            mapped.checkNotCutOff(mappedEnd);
        }
    }

    /** {@return a view from {@code offset}, which must be inside, to the end of the window it lies in} */
    ByteBuffer from(long offset) {
        ByteBuffer window = windows.get((int) (offset / windowBytes));
        int start = (int) (offset % windowBytes);
        return window.slice(start, window.limit() - start);
    }
}
