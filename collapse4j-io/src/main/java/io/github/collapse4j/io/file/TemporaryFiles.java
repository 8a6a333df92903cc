package io.github.collapse4j.io.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
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
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        EXISTING.add(file);
        return channel;
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
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // the process is ending: nobody to report to
            }
        }
        EXISTING.clear();
    }
}
