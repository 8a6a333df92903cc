package io.github.collapse4j.io.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.InputFile;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The rows of a file, one after the other; empty lines are passed over. */
final class CsvLines implements Closeable {
    private static final int LONGEST_FIELD = 1 << 20;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int GZIP_MAGIC = 0x1F8B;

    private final String name;
    private final InputFile file;
    private final CloseableIterator<CsvRow> rows;
    private long line;

    private CsvLines(String name, InputFile file, CloseableIterator<CsvRow> rows) {
        this.name = name;
        this.file = file;
        this.rows = rows;
    }

    /** Opens a file at its first row. */
    static CsvLines open(Path path, char separator) throws IOException {
        InputFile file = InputFile.open(path);
        try {
            InputStream in = unpacked(file);
            CsvReader<CsvRow> reader = CsvReader.builder()
                    .fieldSeparator(separator)
                    .maxBufferSize(LONGEST_FIELD)
                    .detectBomHeader(true)
                    .build(new RowCollector(), in);
            return new CsvLines(path.toString(), file, reader.iterator());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw inOneLine(path.toString(), 0, e);
        }
    }

    private static InputStream unpacked(InputFile file) throws IOException {
        PushbackInputStream in = new PushbackInputStream(file.stream(0, file.size()), 2);
        byte[] magic = in.readNBytes(2);
        in.unread(magic);
        boolean packed = magic.length == 2 && ((magic[0] & 0xFF) << 8 | (magic[1] & 0xFF)) == GZIP_MAGIC;
        return packed ? new GZIPInputStream(in, BUFFER_BYTES) : in;
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

    private static IOException inOneLine(String name, long line, Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null
                && (cause instanceof UncheckedIOException || cause instanceof CsvParseException)) {
            cause = cause.getCause();
        }
        if (cause instanceof ZipException || cause instanceof EOFException) {
            String found = String.valueOf(cause.getMessage());
            return new InputException(
                    name + ": after line " + line + ": expected a complete gzip stream, found " + found);
        }
        if (cause instanceof CsvParseException) {
            return new InputException(name + ": after line " + line + ": " + cause.getMessage());
        }
        if (cause instanceof IOException io) {
            return io;
        }
        throw new IllegalStateException(name, cause);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
