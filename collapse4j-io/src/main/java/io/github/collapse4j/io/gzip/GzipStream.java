package io.github.collapse4j.io.gzip;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip files (RFC 1952) of one or more members, as written by {@code cat a.gz b.gz}.
 * {@link java.util.zip.GZIPInputStream} stops where a stream has nothing {@code available()}, and silently at any data
 * after a member (JDK-7036144). As in {@code gzip}, zero bytes may follow the last member; anything else is refused.
 * Not thread-safe.
 */
public final class GzipStream extends InputStream {
    private static final int MAGIC_1 = 0x1F;
    private static final int MAGIC_2 = 0x8B;
    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(/* nowrap= */ true);
    private final CRC32 crc = new CRC32();
    private final CRC32 headerCrc = new CRC32();
    private final byte[] packed = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long members;
    private boolean inMember;
    private boolean ended;

    /**
     * Starts at the first member.
     *
     * @param in the compressed bytes; closed with this stream
     */
    public GzipStream(InputStream in) {
        this.in = in;
        inflater.setInput(packed, 0, 0);
    }

    /** {@return the stream, unpacked if its first bytes are those of gzip} */
    public static InputStream unpackedIfCompressed(InputStream in) throws IOException {
        PushbackInputStream start = new PushbackInputStream(in, 2);
        byte[] magic = start.readNBytes(2);
        start.unread(magic);
        boolean compressed = magic.length == 2 && (magic[0] & 0xFF) == MAGIC_1 && (magic[1] & 0xFF) == MAGIC_2;
        return compressed ? new GzipStream(start) : start;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /**
     * Unpacks some bytes.
     *
     * @throws EOFException if the file ends inside a member
     * @throws ZipException if a member is damaged, or followed by anything but a member or zeros
     */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember) {
                beginMember();
                continue;
            }
            int count = inflate(target, offset, length);
            if (count > 0) {
                crc.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsInput()) {
                fill();
                inflater.setInput(packed, position, limit - position);
            } else {
                throw new ZipException("compressed data that need a dictionary");
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            ZipException damage = new ZipException("damaged data in member " + members + " (" + e.getMessage() + ")");
            damage.initCause(e);
            throw damage;
        }
    }

    /** Reads the header of the next member, if there is one. */
    private void beginMember() throws IOException {
        if (members > 0 && atEnd()) {
            ended = true;
            return;
        }
        headerCrc.reset();
        int first = next();
        if (members > 0 && first == 0) {
            requireZeros();
            ended = true;
            return;
        }
        if (first != MAGIC_1 || next() != MAGIC_2) {
            throw new ZipException(
                    members == 0 ? "no gzip header" : "data other than a gzip member after member " + members);
        }
        if (next() != DEFLATE) {
            throw new ZipException("an unknown compression method");
        }
        int flags = next();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("unknown flags in a header");
        }
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(next() | next() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        int expected = (int) headerCrc.getValue() & 0xFFFF;
        if ((flags & HEADER_CRC) != 0 && (next() | next() << 8) != expected) {
            throw new ZipException("a header with a wrong checksum");
        }
        members++;
        inMember = true;
        crc.reset();
        inflater.reset();
        inflater.setInput(packed, position, limit - position);
    }

    private void endMember() throws IOException {
        inMember = false;
        position = limit - inflater.getRemaining();
        if (littleEndian() != crc.getValue()) {
            throw new ZipException("a wrong checksum in member " + members);
        }
        if (littleEndian() != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw new ZipException("a wrong length in member " + members);
        }
    }

    private long littleEndian() throws IOException {
        return next() | (long) next() << 8 | (long) next() << 16 | (long) next() << 24;
    }

    private void requireZeros() throws IOException {
        while (!atEnd()) {
            if (next() != 0) {
                throw new ZipException("non-zero bytes after member " + members);
            }
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        int character;
        do {
            character = next();
        } while (character != 0);
    }

    private int next() throws IOException {
        if (position == limit) {
            fill();
        }
        int value = packed[position++] & 0xFF;
        headerCrc.update(value);
        return value;
    }

    private void fill() throws IOException {
        if (!hasMore()) {
            throw new EOFException("a premature end");
        }
    }

    private boolean atEnd() throws IOException {
        return position == limit && !hasMore();
    }

    private boolean hasMore() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(packed, 0, packed.length));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        inflater.end();
        in.close();
    }
}
