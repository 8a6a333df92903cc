package io.github.collapse4j.io;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.npy.NpyFile;
import io.github.collapse4j.io.npy.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Arrays as they are named on a command line: {@code file.npy}, {@code archive.npz} with a single array, or
 * {@code archive.npz:array}.
 */
public final class ArrayFile {
    private static final String ARCHIVE = ".npz";

    private ArrayFile() {}

    /**
     * Opens an array.
     *
     * @throws InputException if there is no such file
     * @throws FormatException if the file is defective, or does not have that array
     */
    public static NumericArray open(String location) throws IOException {
        Path file = Path.of(location);
        String entry = "";
        int colon = location.lastIndexOf(ARCHIVE + ":");
        if (!Files.exists(file) && colon >= 0) {
            int end = colon + ARCHIVE.length();
            file = Path.of(location.substring(0, end));
            entry = location.substring(end + 1);
        }
        try {
            return file.toString().endsWith(ARCHIVE) ? openEntry(file, entry) : NpyFile.open(file);
        } catch (NoSuchFileException e) {
            throw new InputException(location + ": no such file");
        }
    }

    private static NumericArray openEntry(Path file, String entry) throws IOException {
        try (Npz archive = Npz.open(file)) {
            List<String> names = archive.names();
            if (entry.isEmpty() && names.size() != 1) {
                throw new FormatException(
                        file.toString(), "array", "a single one, or " + file + ":NAME", "these names: " + names, 0);
            }
            return archive.array(entry.isEmpty() ? names.get(0) : entry);
        }
    }
}
