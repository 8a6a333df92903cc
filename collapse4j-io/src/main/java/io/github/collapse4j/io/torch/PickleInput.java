package io.github.collapse4j.io.torch;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads bytes of a pickle, and counts them. */
final class PickleInput {
    /** Descriptions of the largest models have a few MB; their numbers are elsewhere. */
    private static final int MAX_BYTES = 1 << 26;

    private static final int MAX_LINE = 1 << 12;

    private final InputStream in;
    private final Origin origin;
    private long position;
    private final long end;

    PickleInput(InputStream in, Origin origin) {
        this.in = new BufferedInputStream(in);
        this.origin = origin;
        this.end = MAX_BYTES;
    }

    /** Offset of the next byte. */
    long position() {
        return position;
    }

    int next() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw origin.truncated("pickle", 1, 0, position);
        }
        advance(1);
        return value;
    }

    byte[] bytes(long length) throws IOException {
        if (length < 0 || length > end - position) {
            throw tooLong(length);
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw origin.truncated("pickle", length, bytes.length, position);
        }
        advance(length);
        return bytes;
    }

    /** A little-endian integer of 1 to 8 bytes, unsigned below 8. */
    long unsigned(int length) throws IOException {
        return ByteBuffer.wrap(Arrays.copyOf(bytes(length), Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    double bigEndianDouble() throws IOException {
        return ByteBuffer.wrap(bytes(Double.BYTES)).getDouble();
    }

    /** The bytes up to a line feed, which is consumed. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = next(); c != '\n'; c = next()) {
            if (line.length() == MAX_LINE) {
                throw tooLong(MAX_LINE + 1L);
            }
            line.append((char) c);
        }
        return line.toString();
    }

    FormatException defect(String expected, String found) {
        return origin.defect("pickle", expected, found, position);
    }

    private void advance(long count) throws FormatException {
        position += count;
        if (position > end) {
            throw tooLong(position);
        }
    }

    private FormatException tooLong(long length) {
        return defect("at most " + MAX_BYTES + " bytes, and lines of " + MAX_LINE, length + " bytes");
    }
}
