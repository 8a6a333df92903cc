package io.github.collapse4j.io.npy;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Writes a matrix in batches of rows. If closed without {@link #commit}, it leaves nothing behind and any previous file
 * unchanged. Not thread-safe.
 */
public final class NpyRowWriter implements AutoCloseable {
    private final AtomicFile file;
    private final NpyWriter.Type type;
    private final ElementEncoder encoder;
    private final OptionalLong rows;
    private final int columns;
    private long appended;

    private NpyRowWriter(AtomicFile file, NpyWriter.Type type, ElementEncoder encoder, OptionalLong rows, int columns) {
        this.file = file;
        this.type = type;
        this.encoder = encoder;
        this.rows = rows;
        this.columns = columns;
    }

    /** @param rows how many there will be; empty if that is known only at the end */
    static NpyRowWriter create(Path target, NpyWriter.Type type, OptionalLong rows, int columns) throws IOException {
        List<Long> shape = List.of(rows.orElse(0), (long) columns);
        if (shape.get(0) < 0 || columns < 0 || !ArrayHeader.isCountable(shape, type.dtype())) {
            throw new IllegalArgumentException("No matrix has the shape " + ArrayHeader.shapeText(shape));
        }
        AtomicFile file = AtomicFile.create(target);
        try {
            return new NpyRowWriter(file, type, ElementEncoder.start(type, shape, file.stream()), rows, columns);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Writes the next rows.
     *
     * @param values the elements, row by row, from index 0 on
     * @param count number of rows
     * @throws IllegalArgumentException if there are more rows than declared, or the type cannot represent an element
     * @throws IndexOutOfBoundsException if {@code values} has fewer than {@code count × columns} elements
     * @throws IOException if writing fails
     */
    public void append(double[] values, int count) throws IOException {
        if (count < 0 || count > rows.orElse(Long.MAX_VALUE) - appended) {
            throw new IllegalArgumentException(
                    "%d rows where %d are left".formatted(count, rows.orElse(Long.MAX_VALUE) - appended));
        }
        Objects.checkFromIndexSize(0, (long) count * columns, values.length);
        encoder.write(values, 0, count * columns);
        appended += count;
    }

    /**
     * Gives the complete file its name.
     *
     * @throws IllegalStateException if rows are missing or were refused
     * @throws IOException if writing fails
     */
    public void commit() throws IOException {
        if (appended != rows.orElse(appended)) {
            throw new IllegalStateException(
                    "%d of %d rows are missing".formatted(rows.getAsLong() - appended, rows.getAsLong()));
        }
        if (encoder.written() != appended * columns) {
            throw new IllegalStateException("Some rows were refused after being written in part");
        }
        if (rows.isEmpty()) { // the header has room for any number
            file.overwriteStart(ElementEncoder.header(type.dtype(), List.of(appended, (long) columns)));
        }
        file.commit();
    }

    /** Deletes the file unless it has been committed. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
