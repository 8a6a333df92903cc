package io.github.collapse4j.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.samples.TableColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Tests of reading tables, on one machine or by Spark. */
public abstract class TableContract {
    @TempDir
    protected Path folder;

    private int files;

    /** Reads all samples of a table's files. */
    protected abstract Samples readFiles(List<Path> files, TableColumns wanted) throws IOException;

    final Samples read(ParquetTable table) throws IOException {
        return read(table, TableColumns.usual());
    }

    final Samples read(ParquetTable table, TableColumns wanted) throws IOException {
        return read(List.of(table), wanted);
    }

    final Samples read(List<ParquetTable> tables, TableColumns wanted) throws IOException {
        List<Path> written = new ArrayList<>();
        for (ParquetTable table : tables) {
            written.add(table.write(folder.resolve("t" + files + ".parquet")));
            files++;
        }
        return readFiles(written, wanted).sorted();
    }

    /** {@return the one-line message that refuses a table and names the file} */
    final String refusal(ParquetTable table, TableColumns wanted) {
        return refusal(List.of(table), wanted);
    }

    final String refusal(List<ParquetTable> tables, TableColumns wanted) {
        Exception thrown = assertThrows(Exception.class, () -> read(tables, wanted));
        Exception cause = thrown instanceof UncheckedIOException unchecked ? unchecked.getCause() : thrown;
        String message = String.valueOf(assertInstanceOf(IOException.class, cause, "a dedicated exception")
                .getMessage());
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.contains("t" + (files - 1) + ".parquet"), message);
        return message;
    }
}
