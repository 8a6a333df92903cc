package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.OwnFault;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.OneLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;

/** Guards calls of Parquet's library, which may throw any exception at a defective file. */
final class Library {
    /** The default {@code toString()} of an object, in a message. */
    private static final Pattern IDENTITY = Pattern.compile("[\\w.$]+@[0-9a-f]+");

    private Library() {}

    /** A read operation. */
    @FunctionalInterface
    interface Call<T> {
        T call() throws IOException;
    }

    /** Opens a file and reads its footer. */
    static ParquetFileReader open(Path file) throws IOException {
        // refuses directories and pipes, and reports a missing file
        InputFile.open(file).close();
        return guarded(
                file.toString(),
                "footer",
                () -> ParquetFileReader.open(
                        new NamedFile(file),
                        ParquetReadOptions.builder(new PlainParquetConfiguration())
                                .withCodecFactory(new Codecs())
                                .build()));
    }

    /** A file with a name for the library's messages. */
    private static final class NamedFile extends LocalInputFile {
        private final Path file;

        private NamedFile(Path file) {
            super(file);
            this.file = file;
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * Calls the library.
     *
     * @param name name of the file in messages
     * @param field the part of the file being read
     * @throws FormatException if the library throws anything but one of our own exceptions
     */
    static <T> T guarded(String name, String field, Call<T> call) throws IOException {
        try {
            return call.call();
        } catch (FormatException | InputException e) {
            throw e;
        } catch (UnreadableCodecException e) {
            throw new InputException(
                    name + ": " + field + ": expected uncompressed, snappy, zstd, gzip or lz4 pages, found " + e.codec()
                            + "; write it with one of those");
        } catch (IOException | ParquetRuntimeException e) {
            throw defect(name, field, e);
        } catch (RuntimeException e) {
            if (OwnFault.is(e)) {
                throw e;
            }
            throw defect(name, field, e);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            // a size in the file is far too large
            throw defect(name, field, e);
        }
    }

    private static FormatException defect(String name, String field, Throwable e) {
        String reason = reason(e).lines().findFirst().orElse("");
        String found =
                "a library error: " + OneLine.shortened(IDENTITY.matcher(reason).replaceAll("…"));
        FormatException defect = new FormatException(name, field, "a valid Parquet file", found, 0);
        defect.initCause(e);
        return defect;
    }

    /** The message of the innermost cause that has one. */
    private static String reason(Throwable e) {
        Throwable cause = e.getCause();
        if (cause != null && cause.getMessage() != null) {
            return reason(cause);
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
