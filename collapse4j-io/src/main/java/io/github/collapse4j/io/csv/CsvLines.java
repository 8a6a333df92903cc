package io.github.collapse4j.io.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.gzip.GzipStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;

/** Reads the rows of a file in order, skipping empty lines. */
final class CsvLines implements Closeable {
    private static final int MAX_FIELD = 1 << 20;

    private final String name;
    private final InputFile file;
    private final InputStream in;
    private final CloseableIterator<CsvRow> rows;
    private long line;

    private CsvLines(String name, InputFile file, InputStream in, CloseableIterator<CsvRow> rows) {
        this.name = name;
        this.file = file;
        this.in = in;
        this.rows = rows;
    }

    /** Opens a file at its first row. */
    static CsvLines open(Path path, char separator) throws IOException {
        InputFile file = InputFile.open(path);
        try {
            InputStream in = GzipStream.unpackedIfCompressed(file.stream(0, file.size()));
            CsvReader<CsvRow> reader = CsvReader.builder()
                    .fieldSeparator(separator)
                    .maxBufferSize(MAX_FIELD)
                    .detectBomHeader(true)
                    .build(new RowCollector(), in);
            return new CsvLines(path.toString(), file, in, reader.iterator());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw inOneLine(path.toString(), 0, e);
        }
    }

    /** {@return the next row, empty at the end} */
    Optional<CsvRow> next() throws IOException {
        try {
            if (!rows.hasNext()) {
                return Optional.empty();
            }
            CsvRow row = rows.next();
            line = row.line();
            return Optional.of(row);
        } catch (RuntimeException e) {
            throw inOneLine(name, line, e);
        }
    }

    private static String place(long line) {
        return line == 0 ? ": before the end of line 1: " : ": after line " + line + ": ";
    }

    static IOException inOneLine(String name, long line, Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null
                && (cause instanceof UncheckedIOException || cause instanceof CsvParseException)) {
            cause = cause.getCause();
        }
        if (cause instanceof ZipException || cause instanceof EOFException) {
            String found = String.valueOf(cause.getMessage());
            return new InputException(name + place(line) + "expected a complete gzip stream, found " + found);
        }
        if (cause instanceof CsvParseException) {
            return new InputException(name + place(line) + cause.getMessage());
        }
        if (cause instanceof IOException io) {
            return io;
        }
        throw new IllegalStateException(name, cause);
    }

    @Override
    public void close() throws IOException {
        in.close();
        file.close();
    }
}
