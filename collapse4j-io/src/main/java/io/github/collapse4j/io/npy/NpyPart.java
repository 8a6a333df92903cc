package io.github.collapse4j.io.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A matrix of float32 that is written row by row and, unlike a {@link NpyRowWriter}, survives an interruption: its file
 * stays, to be continued by a later process. Not thread-safe.
 */
public final class NpyPart implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final int columns;

    private NpyPart(Path file, FileChannel channel, int columns) {
        this.file = file;
        this.channel = channel;
        this.columns = columns;
    }

    /** {@return the number of complete rows in a file that an earlier process left; 0 if there is none} */
    public static long rowsIn(Path file, long rows, int columns) throws IOException {
        if (!Files.isRegularFile(file)) {
            return 0;
        }
        long bytes = Files.size(file) - header(rows, columns).length;
        return Math.max(0, bytes / (Float.BYTES * (long) columns));
    }

    /**
     * Opens or creates the file, and keeps its first rows.
     *
     * @param rows how many there will be
     * @param kept how many of them are there already; anything after them is dropped
     * @throws FileSystemException if another process is writing it
     */
    public static NpyPart open(Path file, long rows, int columns, long kept) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new FileSystemException(file.toString(), null, "is being written by another process");
            }
            byte[] header = header(rows, columns);
            long end = header.length + kept * columns * Float.BYTES;
            channel.truncate(end);
            writeFully(channel, ByteBuffer.wrap(header), 0);
            channel.position(end);
            return new NpyPart(file, channel, columns);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static byte[] header(long rows, int columns) {
        return ElementEncoder.header(NpyWriter.Type.FLOAT32.dtype(), List.of(rows, (long) columns));
    }

    /**
     * Writes the next rows.
     *
     * @param values the elements, row by row
     * @param count number of rows
     */
    public void append(float[] values, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values, 0, count * columns);
        long position = channel.position();
        writeFully(channel, bytes, position);
        channel.position(position + bytes.capacity());
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, position + bytes.position());
        }
    }

    /** Gives the complete file its name, in place of what may have had it before. */
    public void finish(Path target) throws IOException {
        channel.close();
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Closes the file, which stays. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
