package io.github.collapse4j.io;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Converts file names given by users, some of which may be invalid on this system. */
public final class FileName {
    private FileName() {}

    /**
     * Converts a name to a path.
     *
     * @throws InputException if the name is not a valid path
     */
    public static Path path(String name) throws InputException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            boolean isForeign = String.valueOf(e.getReason()).contains("unmappable");
            throw new InputException(name + ": expected a file name, found "
                    + (isForeign
                            ? "characters that the locale does not have (set LC_ALL=C.UTF-8)"
                            : "an invalid one: " + e.getReason()));
        }
    }

    /** {@return whether a file of that name exists} */
    public static boolean exists(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
