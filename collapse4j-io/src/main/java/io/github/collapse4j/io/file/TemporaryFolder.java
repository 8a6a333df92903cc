package io.github.collapse4j.io.file;

import java.io.IOException;
import java.nio.file.Path;

/** A folder for files, not folders, which is deleted when it is closed or the process ends. */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** Creates an empty one. */
    public static TemporaryFolder create() throws IOException {
        return new TemporaryFolder(TemporaryFiles.createFolder());
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        TemporaryFiles.delete(path);
        TemporaryFiles.forget(path);
    }
}
