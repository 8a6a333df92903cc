package io.github.collapse4j.io;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Names of files that users give, some of which this system may not be able to have. */
public final class FileName {
    private FileName() {}

    /**
     * Makes a path of a name.
     *
     * @throws InputException if there is none of that name
     */
    public static Path path(String name) throws InputException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            boolean isForeign = String.valueOf(e.getReason()).contains("unmappable");
            throw new InputException(name + ": expected the name of a file, found "
                    + (isForeign
                            ? "characters that the locale does not have (set LC_ALL=C.UTF-8)"
                            : "that it is none: " + e.getReason()));
        }
    }

    /** {@return whether there is a file of that name} */
    public static boolean exists(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
