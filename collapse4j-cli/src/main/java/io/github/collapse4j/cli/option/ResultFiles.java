package io.github.collapse4j.cli.option;

import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.file.AtomicFile;
import java.io.IOException;

/** Destination of results, by the names that users give: files appear complete or not at all. */
public interface ResultFiles {
    /** Local files. */
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
     * Checks that a file can be written, before any work is done.
     *
     * @throws IOException naming the file, if it cannot
     */
    void checkWritable(String name) throws IOException;

    /**
     * Writes a complete file in UTF-8, replacing any file of that name.
     *
     * @throws IOException naming the file, if that fails
     */
    void write(String name, String text) throws IOException;
}
