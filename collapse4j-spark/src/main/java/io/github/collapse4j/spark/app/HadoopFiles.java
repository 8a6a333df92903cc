package io.github.collapse4j.spark.app;

import io.github.collapse4j.cli.option.ResultFiles;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * Files by the names that users give: those with a scheme, such as {@code hdfs://host/b.npy}, are in a Hadoop file
 * system; others, and {@code file:/…}, on the driver. Output appears complete or not at all if the file system renames
 * atomically, which object stores do not.
 */
final class HadoopFiles implements ResultFiles {
    /** At least two letters, to exclude drives; with a slash, to exclude {@code archive.npz:array}. */
    private static final Pattern WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*", Pattern.DOTALL);

    private static final Pattern TEMPORARY = Pattern.compile("\\.collapse4j-[0-9a-f-]+\\.tmp");

    private final Supplier<Configuration> configuration;

    /**
     * @param configuration the session's configuration, obtained when there is a file with a scheme
     */
    HadoopFiles(Supplier<Configuration> configuration) {
        this.configuration = configuration;
    }

    private static boolean hasScheme(String name) {
        return WITH_SCHEME.matcher(name).matches();
    }

    static boolean isOnDriver(String name) {
        return !hasScheme(name) || name.regionMatches(/* ignoreCase= */ true, 0, "file:", 0, 5);
    }

    /** The path of a file that {@link #isOnDriver}. */
    static java.nio.file.Path onDriver(String name) throws InputException {
        if (!hasScheme(name)) {
            return FileName.path(name);
        }
        Path path = new Path(name);
        if (path.toUri().getAuthority() != null) {
            throw new InputException(name + ": expected file:/… or file:///…, found a host");
        }
        return FileName.path(path.toUri().getPath());
    }

    /** Copies a file to the driver. */
    void fetch(String name, java.nio.file.Path target) throws IOException {
        named(name, (files, path) -> {
            if (files.getFileStatus(path).isDirectory()) {
                throw new IOException("expected a file, found a directory");
            }
            try (InputStream in = files.open(path)) {
                Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
            }
        });
    }

    @Override
    public void checkWritable(String name) throws IOException {
        if (isOnDriver(name)) {
            LOCAL.checkWritable(onDriver(name).toString());
        } else {
            named(name, (files, path) -> {
                Path temporary = temporary(files, path);
                files.create(temporary, /* overwrite= */ false).close();
                files.delete(temporary, /* recursive= */ false);
            });
        }
    }

    @Override
    public void write(String name, String text) throws IOException {
        if (isOnDriver(name)) {
            LOCAL.write(onDriver(name).toString(), text);
        } else {
            named(name, (files, path) -> {
                Path temporary = temporary(files, path);
                try {
                    try (OutputStream out = files.create(temporary, /* overwrite= */ false)) {
                        out.write(text.getBytes(StandardCharsets.UTF_8));
                    }
                    rename(files, temporary, path);
                } catch (IOException | RuntimeException e) {
                    files.delete(temporary, /* recursive= */ false);
                    throw e;
                }
            });
        }
    }

    private static Path temporary(FileSystem files, Path target) throws IOException {
        boolean isDirectory =
                files.exists(target) && files.getFileStatus(target).isDirectory();
        if (isDirectory || target.getParent() == null) {
            throw new IOException("is a directory, hence not replaced");
        }
        return new Path(target.getParent(), ".collapse4j-" + UUID.randomUUID() + ".tmp");
    }

    /** Renames atomically if the file system has the newer interface, which can replace files. */
    private void rename(FileSystem files, Path temporary, Path target) throws IOException {
        try {
            FileContext.getFileContext(files.getUri(), configuration.get())
                    .rename(temporary, target, Options.Rename.OVERWRITE);
        } catch (UnsupportedFileSystemException e) {
            files.delete(target, /* recursive= */ false);
            if (!files.rename(temporary, target)) {
                throw new IOException("could not be replaced", e);
            }
        }
    }

    @FunctionalInterface
    private interface Use {
        void of(FileSystem files, Path path) throws IOException;
    }

    /**
     * Turns exceptions of file systems, which often name no file, span lines or report a missing class, into one line.
     */
    private void named(String name, Use use) throws InputException {
        try {
            Path path = new Path(name);
            use.of(path.getFileSystem(configuration.get()), path);
        } catch (FileNotFoundException e) {
            throw new InputException(name + ": no such file");
        } catch (IOException | RuntimeException e) {
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
            throw new InputException(name + ": " + TEMPORARY.matcher(message).replaceAll("a temporary file"));
        }
    }
}
