package io.github.collapse4j.io.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/** Files deleted when the process ends normally or by a signal. */
public final class TemporaryFiles {
    private static final Set<Path> EXISTING = new HashSet<>();
    private static boolean hooked;
    private static boolean ending;

    private TemporaryFiles() {}

    /** Creates a new file for writing. */
    static synchronized FileChannel create(Path file) throws IOException {
        prepare();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        EXISTING.add(file);
        return channel;
    }

    /** Creates an empty folder among the temporary files of the system. */
    static synchronized Path createFolder() throws IOException {
        prepare();
        Path folder = Files.createTempDirectory("collapse4j-");
        EXISTING.add(folder);
        return folder;
    }

    private static void prepare() throws IOException {
        if (!hooked) {
            hooked = true;
            try {
                Runtime.getRuntime().addShutdownHook(new Thread(TemporaryFiles::deleteAll, "delete temporary files"));
            } catch (IllegalStateException e) {
                ending = true;
            }
        }
        if (ending) {
            throw new IOException("the process is shutting down");
        }
    }

    /** Forgets a file that is gone or is to be kept. */
    static synchronized void forget(Path file) {
        EXISTING.remove(file);
    }

    /** Deletes all files and refuses to create more: for a process that is about to end. */
    public static synchronized void deleteAll() {
        ending = true;
        for (Path file : EXISTING) {
            try {
                delete(file);
            } catch (IOException e) {
                // the process is ending: nobody to report to
            }
        }
        EXISTING.clear();
    }

    /** Deletes a file, or a folder with the files in it. */
    static void delete(Path file) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> contents = Files.newDirectoryStream(file)) {
                for (Path content : contents) {
                    Files.deleteIfExists(content);
                }
            }
        }
        Files.deleteIfExists(file);
    }
}
