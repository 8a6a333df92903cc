package io.github.collapse4j.io.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that gets its name once it is complete. Until then it is a hidden file beside it, which goes away when this is
 * closed without having been committed, or when the virtual machine is told to end.
 */
public final class AtomicFile implements AutoCloseable {
    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final Thread cleaner;

    private AtomicFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
        this.cleaner = new Thread(this::deleteAtExit, "delete " + temporary);
    }

    /**
     * Creates the hidden file.
     *
     * @param target the name to be; a symbolic link is followed, a regular file will be replaced
     * @throws FileSystemException if there is anything else of that name
     */
    public static AtomicFile create(Path target) throws IOException {
        Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(target.toString(), null, "is not a regular file, hence not replaced");
        }
        Path temporary = file.resolveSibling(".collapse4j-" + UUID.randomUUID() + ".tmp");
        AtomicFile created = new AtomicFile(file, temporary, newFile(temporary, target));
        try {
            Runtime.getRuntime().addShutdownHook(created.cleaner);
        } catch (IllegalStateException e) {
            created.discard();
            throw new IOException("The virtual machine is ending", e);
        }
        return created;
    }

    /** Writes a whole text in UTF-8. */
    public static void writeString(Path target, String text) throws IOException {
        try (AtomicFile file = create(target)) {
            file.stream().write(text.getBytes(StandardCharsets.UTF_8));
            file.commit();
        }
    }

    /** {@return where the bytes go, unbuffered} */
    public OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /** Gives the file its name, in place of what may have had it before. */
    public void commit() throws IOException {
        channel.close();
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            throw inTermsOf(target, e);
        }
    }

    /** Deletes the file unless it has been committed. */
    @Override
    public void close() throws IOException {
        try {
            discard();
        } finally {
            removeCleaner();
        }
    }

    private static FileChannel newFile(Path temporary, Path target) throws IOException {
        try {
            return FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            NoSuchFileException missing =
                    new NoSuchFileException(target.toString(), null, "the directory it should be in does not exist");
            missing.initCause(e);
            throw missing;
        } catch (FileSystemException e) {
            throw inTermsOf(target, e);
        }
    }

    /** The hidden file is none of the user's business. */
    private static FileSystemException inTermsOf(Path target, FileSystemException e) {
        String reason = e instanceof AccessDeniedException
                ? "permission denied"
                : e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
        FileSystemException named = new FileSystemException(target.toString(), null, reason);
        named.initCause(e);
        return named;
    }

    private void deleteAtExit() {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // nobody is left to be told
        }
    }

    private void discard() throws IOException {
        channel.close();
        Files.deleteIfExists(temporary);
    }

    private void removeCleaner() {
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException e) {
            // the virtual machine is ending and has started it
        }
    }
}
