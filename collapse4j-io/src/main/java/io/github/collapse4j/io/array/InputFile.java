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
 * A file that is read from any place at any time, by any number of threads.
 *
 * @param path where it lies
 * @param channel of the file
 * @param size of the file when it was opened
 * @param origin its name
 */
public record InputFile(Path path, FileChannel channel, long size, Origin origin) implements AutoCloseable {

    /**
     * Opens a file; a pipe, for one, would keep the caller waiting and have no size.
     *
     * @throws FormatException if there is something else of that name
     */
    public static InputFile open(Path path) throws IOException {
        return open(path, path.toString());
    }

    /**
     * Opens a file that messages call by another name.
     *
     * @throws FormatException if there is something else of that name
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
     * @return little-endian, from position 0 to the limit {@code length}
     * @throws FormatException if the file does not have those bytes
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

    /** {@return a part of the file, which closing the stream leaves open} */
    public InputStream stream(long offset, long length) {
        return new Slice(channel, offset, offset + length);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** A part of a file as a stream that leaves the position of the channel alone. */
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
