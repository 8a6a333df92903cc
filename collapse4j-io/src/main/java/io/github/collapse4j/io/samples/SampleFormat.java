package io.github.collapse4j.io.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A format of tables with features and labels, found by {@link java.util.ServiceLoader}: a format that brings large
 * libraries with it is a module of its own, and nothing of them is loaded before such a file is opened.
 */
public interface SampleFormat {
    /** {@return the ends of the names of such files in lower case, such as {@code .parquet}} */
    List<String> suffixes();

    /**
     * Opens a file and reads what it says of itself.
     *
     * @throws IOException with a message of one line if it is defective, or does not have the columns
     */
    TableShard open(Path file, TableColumns columns) throws IOException;
}
