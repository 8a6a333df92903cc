package io.github.collapse4j.io.array;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A random-access file to read from. Thread-safe.
 *
 * @param path its location
 * @param channel its channel
 * @param size its size when it was opened, in bytes
 * @param origin its name
 */
public record InputFile(Path path, FileChannel channel, long size, Origin origin) implements AutoCloseable {

    /**
     * Opens a regular file; a pipe, for example, would block the caller and has no size.
     *
     * @throws FormatException if it is not a regular file
     */
    public static InputFile open(Path path) throws IOException {
        return open(path, path.toString());
    }

    /**
     * Opens a file, using another name in messages.
     *
     * @throws FormatException if it is not a regular file
     */
    public static InputFile open(Path path, String name) throws IOException {
        Origin origin = new Origin(name);
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw origin.defect(
                    "file", "a regular file", Files.isDirectory(path) ? "a directory" : "a pipe or a device", 0);
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new InputFile(path, channel, channel.size(), origin);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Reads a small piece.
     *
     * @return the bytes in little-endian order, from position 0 to limit {@code length}
     * @throws FormatException if the file ends before the last byte
     */
    public ByteBuffer read(String field, long offset, int length) throws IOException {
        if (offset < 0 || offset > size - length) {
            throw origin.defect(field, length + " bytes inside the file of " + size + " bytes", "fewer", offset);
        }
        byte[] bytes = stream(offset, length).readNBytes(length);
        if (bytes.length < length) {
            throw origin.truncated(field, length, bytes.length, offset);
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** {@return a stream of a part of the file; closing it does not close the file} */
    public InputStream stream(long offset, long length) {
        return new Slice(channel, offset, offset + length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A stream of a part of a file that does not move the position of the channel. */
    private static final class Slice extends InputStream {
        private final FileChannel channel;
        private final long end;
        private long position;

        private Slice(FileChannel channel, long start, long end) {
            this.channel = channel;
            this.position = start;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            int wanted = (int) Math.min(length, end - position);
            int count = wanted == 0 ? -1 : channel.read(ByteBuffer.wrap(target, offset, wanted), position);
            position += Math.max(count, 0);
            return count;
        }
    }
}
