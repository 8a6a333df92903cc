package io.github.collapse4j.cli.option;

import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.file.AtomicFile;
import java.io.IOException;

/** Where results are written to, by the names that users give: files that appear whole or not at all. */
public interface ResultFiles {
    /** Files of this machine. */
    ResultFiles LOCAL = new ResultFiles() {
        @Override
        public void checkWritable(String name) throws IOException {
            AtomicFile.create(FileName.path(name)).close();
        }

        @Override
        public void write(String name, String text) throws IOException {
            AtomicFile.writeString(FileName.path(name), text);
        }
    };

    /**
     * Finds out whether a file can be written, before any work is done for it.
     *
     * @throws IOException if it can not, with its name
     */
    void checkWritable(String name) throws IOException;

    /**
     * Writes a whole file in UTF-8, in place of what may have had its name before.
     *
     * @throws IOException if that fails, with its name
     */
    void write(String name, String text) throws IOException;
}
