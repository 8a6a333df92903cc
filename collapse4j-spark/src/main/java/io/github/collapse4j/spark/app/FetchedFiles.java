package io.github.collapse4j.spark.app;

import io.github.collapse4j.io.ArrayFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Local copies, on the driver, of remote files; deleted on close. Not thread-safe. */
final class FetchedFiles implements ArrayFile.Finder, AutoCloseable {
    private final HadoopFiles files;
    private final Map<String, Path> copies = new HashMap<>();

    FetchedFiles(HadoopFiles files) {
        this.files = files;
    }

    @Override
    public Path path(String name) throws IOException {
        if (HadoopFiles.isOnDriver(name)) {
            return HadoopFiles.onDriver(name);
        }
        Path known = copies.get(name);
        if (known != null) {
            return known;
        }
        Path copy = Files.createTempFile("collapse4j-", ".copy");
        copies.put(name, copy);
        copy.toFile().deleteOnExit();
        files.fetch(name, copy);
        return copy;
    }

    @Override
    public void close() throws IOException {
        for (Path copy : copies.values()) {
            Files.deleteIfExists(copy);
        }
    }
}
