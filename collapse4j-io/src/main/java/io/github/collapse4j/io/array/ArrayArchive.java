package io.github.collapse4j.io.array;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Named arrays in one file. Thread-safe. */
public interface ArrayArchive extends Closeable {
    /** {@return the names of the arrays} */
    List<String> names();

    /**
     * Reads the header of one array without reading its data.
     *
     * @throws FormatException if there is no such array, or it is defective
     * @throws IOException if reading fails
     */
    ArrayHeader header(String name) throws IOException;

    /**
     * Opens one array, which stays open when the archive is closed.
     *
     * @throws FormatException if there is no such array, or it is defective
     * @throws IOException if reading fails
     */
    NumericArray array(String name) throws IOException;
}
