package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.OneLine;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;

/** Calls of Parquet's library, which answers defective files with any exception at all. */
final class Library {
    private Library() {}

    /** Something to be read. */
    @FunctionalInterface
    interface Call<T> {
        T call() throws IOException;
    }

    /** Opens a file and reads its footer. */
    static ParquetFileReader open(Path file) throws IOException {
        // refuses directories and pipes, and says so if there is no such file
        InputFile.open(file).close();
        PlainParquetConfiguration configuration = new PlainParquetConfiguration();
        return guarded(
                file.toString(),
                "footer",
                () -> ParquetFileReader.open(
                        new LocalInputFile(file),
                        ParquetReadOptions.builder(configuration)
                                .withCodecFactory(new Codecs(configuration))
                                .build()));
    }

    /**
     * Calls the library.
     *
     * @param name what messages call the file
     * @param field which part of the file is being read
     * @throws FormatException if the library does anything but return or refuse in one of our lines
     */
    static <T> T guarded(String name, String field, Call<T> call) throws IOException {
        try {
            return call.call();
        } catch (FormatException | InputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw defect(name, field, e);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            // a size in the file that is far too large; a codec that is not there
            throw defect(name, field, e);
        }
    }

    private static FormatException defect(String name, String field, Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String found = "what its library calls: "
                + OneLine.shortened(message.lines().findFirst().orElse(""));
        FormatException defect = new FormatException(name, field, "a sound Parquet file", found, 0);
        defect.initCause(e);
        return defect;
    }
}
