package io.github.collapse4j.io.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes kept for rereading, in an unnamed temporary file that disappears with the process. Not thread-safe. */
public final class Spool {
    private final FileChannel file;

    private Spool(FileChannel file) {
        this.file = file;
    }

    /** Creates an empty spool. */
    public static Spool create() throws IOException {
        Path path = Files.createTempFile("collapse4j-", ".spool");
        try {
            return new Spool(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } finally {
            Files.delete(path);
        }
    }

    /** Appends the first {@code length} bytes of an array. */
    public void append(byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        file.position(file.size());
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }

    /** Reads {@code length} bytes from a position. */
    public void read(long position, byte[] target, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("a temporary file has become shorter");
            }
        }
    }
}
