package io.github.collapse4j.io.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A format of tables with features and labels, found by {@link java.util.ServiceLoader}. A format that needs large
 * libraries is a module of its own, and loads them only when such a file is opened.
 */
public interface SampleFormat {
    /** {@return the lower-case suffixes of such files, such as {@code .parquet}} */
    List<String> suffixes();

    /**
     * Opens a file and reads its metadata.
     *
     * @throws IOException with a one-line message if the file is defective or lacks the columns
     */
    TableShard open(Path file, TableColumns columns) throws IOException;
}
