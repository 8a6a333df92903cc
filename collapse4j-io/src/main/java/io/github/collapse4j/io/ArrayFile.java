package io.github.collapse4j.io;

import io.github.collapse4j.io.array.ArrayArchive;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.npy.NpyFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens arrays by their command-line location: {@code file.npy}, {@code archive.npz:array} or {@code
 * model.pt:fc.weight}; the array's name may be omitted where it is unambiguous.
 */
public final class ArrayFile {
    /** Names in a message. */
    private static final int MAX_LISTED = 20;

    private ArrayFile() {}

    /** Resolves the name of a file to a local path. */
    @FunctionalInterface
    public interface Finder {
        /**
         * Fetches the file if it is not local.
         *
         * @throws IOException if there is no such file
         */
        Path path(String name) throws IOException;
    }

    /** The use of an array, which distinguishes it from the others in its archive. */
    public enum Role {
        /** Any array; it must be the only one. */
        ANY("a single one"),
        /** A matrix of floats. */
        FEATURES("a single matrix of floats"),
        /** A vector of integers. */
        LABELS("a single vector of integers");

        private final String description;

        Role(String description) {
            this.description = description;
        }

        private boolean fits(ArrayHeader header) {
            int dimensions = header.shape().size();
            boolean integral = header.dtype().isIntegral();
            return switch (this) {
                case ANY -> true;
                case FEATURES -> dimensions == 2 && !integral;
                case LABELS -> dimensions == 1 && integral;
            };
        }
    }

    /**
     * Opens an array; without a name it must be the only one in its file.
     *
     * @throws InputException if there is no such file
     * @throws FormatException if the file is defective or lacks that array
     */
    public static NumericArray open(String location) throws IOException {
        return open(location, Role.ANY);
    }

    /**
     * Opens an array; without a name it must be the only one in its file, or the only one that fits its role.
     *
     * @throws InputException if there is no such file
     * @throws FormatException if the file is defective or lacks that array
     */
    public static NumericArray open(String location, Role role) throws IOException {
        return open(location, role, FileName::path);
    }

    /**
     * Opens an array of a file that may be remote; messages use its remote name.
     *
     * @throws InputException if there is no such file
     * @throws FormatException if the file is defective or lacks that array
     */
    public static NumericArray open(String location, Role role, Finder files) throws IOException {
        ArrayLocation split = ArrayLocation.parse(location);
        String name = split.file();
        Path file = files.path(name);
        Optional<ArchiveFormat> format = ArchiveFormat.of(name);
        try {
            if (format.isEmpty()) {
                return NpyFile.open(file, name);
            }
            try (ArrayArchive archive = format.get().open(file, name)) {
                return archive.array(split.array().isEmpty() ? only(archive, name, role) : split.array());
            }
        } catch (NoSuchFileException e) {
            throw new InputException(location + ": no such file");
        }
    }

    /**
     * Opens a file of named arrays.
     *
     * @return nothing if it is of another kind, judging by its name
     */
    public static Optional<ArrayArchive> archive(String name) throws IOException {
        Optional<ArchiveFormat> format = ArchiveFormat.of(name);
        return format.isEmpty() ? Optional.empty() : Optional.of(format.get().open(FileName.path(name), name));
    }

    private static String only(ArrayArchive archive, String file, Role role) throws IOException {
        List<String> names = archive.names();
        if (names.size() == 1) {
            return names.get(0);
        }
        List<String> fitting = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (String name : names) {
            Optional<ArrayHeader> header = header(archive, name);
            found.add(name + header.map(known -> " " + known.shapeText()).orElse(""));
            if (header.filter(role::fits).isPresent()) {
                fitting.add(name);
            }
        }
        if (fitting.size() != 1) {
            throw new FormatException(
                    file,
                    "array",
                    role.description + ", or " + file + ":NAME",
                    (found.isEmpty() ? "no names" : "these names: ") + some(found),
                    0);
        }
        return fitting.get(0);
    }

    private static String some(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(MAX_LISTED, names.size())));
        return names.size() <= MAX_LISTED ? first : first + ", … (" + names.size() + " in all)";
    }

    /** Nothing if the array's type is not supported; an archive may also hold others, such as strings. */
    private static Optional<ArrayHeader> header(ArrayArchive archive, String name) throws IOException {
        try {
            return Optional.of(archive.header(name));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
