package io.github.collapse4j.io.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** A decompression method for pages. */
@FunctionalInterface
interface Unpack {
    /** Reads at most {@code length} bytes. */
    byte[] unpack(byte[] packed, int length) throws IOException;

    /** Reads {@code length} bytes. */
    default byte[] exactly(byte[] packed, int length) throws IOException {
        if (packed.length == 0 && length == 0) { // a page of nulls
            return packed;
        }
        if (length < 0) {
            throw new IOException("a page of " + length + " bytes");
        }
        byte[] bytes = unpack(packed, length);
        if (bytes.length != length) {
            throw new EOFException("a page of " + bytes.length + " bytes in place of " + length);
        }
        return bytes;
    }

    /** Allocates memory as the bytes arrive, whatever their declared number. */
    static byte[] gzip(byte[] packed, int length) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readNBytes(length);
        }
    }

    static byte[] snappy(byte[] packed, int length) throws IOException {
        return block(new SnappyDecompressor(), packed, 0, packed.length, length);
    }

    static byte[] zstd(byte[] packed, int length) throws IOException {
        return block(new ZstdDecompressor(), packed, 0, packed.length, length);
    }

    static byte[] lz4(byte[] packed, int length) throws IOException {
        return block(new Lz4Decompressor(), packed, 0, packed.length, length);
    }

    /**
     * The codec called LZ4 before {@code LZ4_RAW} was defined: Hadoop's frames, each preceded by both lengths; or, from
     * the first C++ writers, a block without a frame.
     *
     * @see <a href="https://github.com/apache/parquet-format/blob/master/Compression.md#lz4">Compression.md</a>
     */
    static byte[] framedLz4(byte[] packed, int length) throws IOException {
        byte[] unpacked = new byte[length];
        ByteBuffer frames = ByteBuffer.wrap(packed); // big-endian, as Hadoop writes
        int done = 0;
        while (frames.remaining() >= 2 * Integer.BYTES) {
            int unpackedBytes = frames.getInt();
            int packedBytes = frames.getInt();
            if (unpackedBytes < 0
                    || unpackedBytes > length - done
                    || packedBytes < 0
                    || packedBytes > frames.remaining()) {
                return lz4(packed, length);
            }
            byte[] frame;
            try {
                frame = block(new Lz4Decompressor(), packed, frames.position(), packedBytes, unpackedBytes);
            } catch (IOException e) {
                return lz4(packed, length);
            }
            System.arraycopy(frame, 0, unpacked, done, frame.length);
            done += frame.length;
            frames.position(frames.position() + packedBytes);
        }
        return frames.hasRemaining() ? lz4(packed, length) : Arrays.copyOf(unpacked, done);
    }

    private static byte[] block(Decompressor decompressor, byte[] packed, int offset, int packedLength, int length)
            throws IOException {
        byte[] unpacked = new byte[length];
        try {
            int count = decompressor.decompress(packed, offset, packedLength, unpacked, 0, length);
            return count == length ? unpacked : Arrays.copyOf(unpacked, count);
        } catch (MalformedInputException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
