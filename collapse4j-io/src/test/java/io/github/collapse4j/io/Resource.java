package io.github.collapse4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Copies of test resources as files. */
public final class Resource {
    private Resource() {}

    /** Copies a resource such as {@code models/mindmapper.pth} into a folder, under its own name. */
    public static Path copy(String name, Path folder) throws IOException {
        Path copy = folder.resolve(name.substring(name.lastIndexOf('/') + 1));
        try (InputStream in = Resource.class.getResourceAsStream("/" + name)) {
            Files.copy(Objects.requireNonNull(in, name), copy);
        }
        return copy;
    }
}
