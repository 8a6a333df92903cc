package io.github.collapse4j.io.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that stay in a file. They are read rather than mapped: mapped pages count as memory of the process, eventually
 * the whole file, and cannot be released on demand. The file is open from the first read to the next {@link #release}.
 */
final class FileBytes implements ArrayBytes {
    /** Maximum bytes per read, few enough to be decoded from the second-level cache; a multiple of 8. */
    private static final int CHUNK_BYTES = 1 << 18;

    /** One per thread, whatever the number of files. */
    private static final ThreadLocal<ByteBuffer> BUFFERS =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(CHUNK_BYTES));

    private final Path path;
    private final Origin origin;
    private final long start;
    private final long length;
    private @Nullable FileChannel channel;
    private boolean closed;

    FileBytes(Path path, Origin origin, long start, long length) {
        this.path = path;
        this.origin = origin;
        this.start = start;
        this.length = length;
    }

    @Override
    public ByteBuffer from(long offset, long most) throws IOException {
        ByteBuffer buffer = BUFFERS.get();
        while (true) {
            buffer.clear().limit((int) Math.min(CHUNK_BYTES, Math.min(most, length - offset)));
            try {
                read(buffer, start + offset);
                return buffer.flip();
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (ClosedChannelException e) {
                // released by another thread in the meantime: reopen it
                release();
            }
        }
    }

    private void read(ByteBuffer buffer, long position) throws IOException {
        Optional<FileChannel> shared = shared();
        if (shared.isPresent()) {
            read(shared.get(), buffer, position);
        } else {
            // let a read that began before the file was closed complete
            try (FileChannel own = FileChannel.open(path, StandardOpenOption.READ)) {
                read(own, buffer, position);
            }
        }
    }

    private void read(FileChannel file, ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining()) {
            int count = file.read(buffer, position + buffer.position());
            if (count < 0) {
                throw origin.defect(
                        "file", start + length + " bytes, as when it was opened", file.size() + " bytes", file.size());
            }
        }
    }

    private synchronized Optional<FileChannel> shared() throws IOException {
        FileChannel open = channel;
        if ((open == null || !open.isOpen()) && !closed) {
            open = FileChannel.open(path, StandardOpenOption.READ);
            channel = open;
        }
        return Optional.ofNullable(open);
    }

    @Override
    public synchronized void release() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        release();
    }
}
