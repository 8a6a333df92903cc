package io.github.collapse4j.io.array;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bytes in memory: windows of equal length, a multiple of 8 bytes, so that no element lies in two of them. */
record LoadedBytes(List<ByteBuffer> windows) implements ArrayBytes {
    private static final int WINDOW = 1 << 23;

    static LoadedBytes of(InputStream in, ArrayHeader header, long limit, Origin origin) throws IOException {
        long length = header.dataBytes();
        if (length > limit) {
            String expected = "at most " + limit + " bytes to hold in memory (half of -Xmx; .npy files and np.savez"
                    + " archives, uncompressed, are read in place, whatever their size)";
            throw origin.defect("data", expected, length + " bytes", header.dataOffset());
        }
        List<ByteBuffer> windows = new ArrayList<>();
        for (long from = 0; from < length; from += WINDOW) {
            int wanted = (int) Math.min(WINDOW, length - from);
            byte[] window = in.readNBytes(wanted);
            if (window.length < wanted) {
                throw origin.truncated("data", length, from + window.length, header.dataOffset());
            }
            windows.add(ByteBuffer.wrap(window).asReadOnlyBuffer());
        }
        return new LoadedBytes(List.copyOf(windows));
    }

    @Override
    public ByteBuffer from(long offset, long most) {
        ByteBuffer window = windows.get((int) (offset / WINDOW));
        int start = (int) (offset % WINDOW);
        return window.slice(start, (int) Math.min(most, window.limit() - start));
    }
}
