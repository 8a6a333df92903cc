package io.github.collapse4j.io.array;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Arrays by name in one file. Open to any number of threads. */
public interface ArrayArchive extends Closeable {
    /** {@return the names of the arrays that are read here} */
    List<String> names();

    /**
     * Reads what is said of one array, quickly.
     *
     * @throws FormatException if there is none of that name, or it is defective
     * @throws IOException if reading fails
     */
    ArrayHeader header(String name) throws IOException;

    /**
     * Opens one array, which stays open when the archive is closed.
     *
     * @throws FormatException if there is none of that name, or it is defective
     * @throws IOException if reading fails
     */
    NumericArray array(String name) throws IOException;
}
