package io.github.collapse4j.io.zip;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The unpacked bytes of a deflated member; defects are reported as {@link FormatException}. */
final class Inflated extends FilterInputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Inflater inflater;
    private final Origin origin;

    /**
     * Starts unpacking.
     *
     * @param packed the member's bytes after its local header
     */
    Inflated(InputStream packed, Origin origin) {
        this(packed, new Inflater(true), origin);
    }

    private Inflated(InputStream packed, Inflater inflater, Origin origin) {
        super(new InflaterInputStream(packed, inflater, BUFFER_BYTES));
        this.inflater = inflater;
        this.origin = origin;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return super.read(target, offset, length);
        } catch (ZipException | EOFException e) {
            String found = e.getMessage() == null ? "damaged data" : e.getMessage();
            FormatException defect =
                    origin.defect("deflated data", "a complete stream", found, inflater.getBytesWritten());
            defect.initCause(e);
            throw defect;
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        inflater.end();
    }
}
