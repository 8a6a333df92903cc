package io.github.collapse4j.io.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

/**
 * A file that appears under its name only when complete. Until then it is a hidden file in the same folder, which is
 * deleted if this is closed without a commit or the virtual machine shuts down.
 */
public final class AtomicFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final Path named;

    private AtomicFile(Path named, Path target, Path temporary, FileChannel channel) {
        this.named = named;
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    /**
     * Creates the hidden file.
     *
     * @param target the final name; a symbolic link is followed, a regular file is replaced
     * @throws FileSystemException if something else has that name, or no file can have it; like all later exceptions it
     *     names the target
     */
    public static AtomicFile create(Path target) throws IOException {
        Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(target.toString(), null, "is not a regular file, hence not replaced");
        }
        Path temporary = file.resolveSibling(".collapse4j-" + UUID.randomUUID() + ".tmp");
        try {
            requirePossibleName(file);
            return new AtomicFile(target, file, temporary, TemporaryFiles.create(temporary));
        } catch (IOException e) {
            throw of(target, e);
        }
    }

    /** The final name can be too long even if the hidden one is not. */
    private static void requirePossibleName(Path file) throws IOException {
        try {
            Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            // as expected
        }
    }

    /** The same error for the file that the user knows. */
    private static IOException of(Path target, IOException e) {
        FileSystemException named;
        if (e instanceof NoSuchFileException) {
            named = new NoSuchFileException(target.toString(), null, "its directory does not exist");
        } else if (e instanceof AccessDeniedException) {
            named = new AccessDeniedException(target.toString());
        } else if (e instanceof FileSystemException inFile) {
            named = new FileSystemException(target.toString(), null, inFile.getReason());
        } else {
            named = new FileSystemException(target.toString(), null, e.getMessage());
        }
        named.initCause(e);
        return named;
    }

    /** Writes a text in UTF-8. */
    public static void writeString(Path target, String text) throws IOException {
        try (AtomicFile file = create(target)) {
            file.stream().write(text.getBytes(StandardCharsets.UTF_8));
            file.commit();
        }
    }

    /** {@return the unbuffered stream to write to} */
    public OutputStream stream() {
        OutputStream bytes = Channels.newOutputStream(channel);
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] b, int offset, int length) throws IOException {
                try {
                    bytes.write(b, offset, length);
                } catch (IOException e) {
                    throw of(named, e);
                }
            }
        };
    }

    /** Writes over the first bytes, such as a header that was not complete. */
    public void overwriteStart(byte[] bytes) throws IOException {
        try {
            channel.write(ByteBuffer.wrap(bytes), 0);
        } catch (IOException e) {
            throw of(named, e);
        }
    }

    /** Gives the file its name, in place of what may have had it before. */
    public void commit() throws IOException {
        try {
            channel.close();
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw of(named, e);
        }
        TemporaryFiles.forget(temporary);
    }

    /** Deletes the file unless it has been committed. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(temporary);
        TemporaryFiles.forget(temporary);
    }
}
