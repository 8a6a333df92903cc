package io.github.collapse4j.io.npy;

import io.github.collapse4j.io.file.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes an archive of named arrays that {@code np.load} opens. Output is reproducible: members have the date that
 * NumPy gives them, 1 January 1980.
 *
 * <p>The archive appears under its name when {@link #commit committed}; if closed without a commit, it leaves nothing
 * behind and any previous file unchanged. Not thread-safe.
 */
public final class NpzWriter implements AutoCloseable {
    /** Whether arrays are compressed. */
    public enum Packing {
        /** Uncompressed, as by {@code np.savez}; can be read in place. */
        STORED,
        /** Compressed, as by {@code np.savez_compressed}: smaller, slower, and loaded into memory for reading. */
        DEFLATED
    }

    private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final int BUFFER_BYTES = 1 << 16;

    private final AtomicFile file;
    private final Packing packing;
    private final Zip zip;
    private final Set<String> names = new HashSet<>();
    private boolean complete = true;

    private NpzWriter(AtomicFile file, Packing packing) {
        this.file = file;
        this.packing = packing;
        this.zip = new Zip(new BufferedOutputStream(file.stream(), BUFFER_BYTES));
    }

    /**
     * Starts an archive.
     *
     * @throws IOException if writing fails, or {@code target} exists and is not a regular file
     */
    public static NpzWriter create(Path target, Packing packing) throws IOException {
        return new NpzWriter(AtomicFile.create(target), packing);
    }

    /**
     * Adds a matrix, of shape (rows, columns).
     *
     * @param name without {@code .npy}
     * @param type element type in the file
     * @param values {@code rows × columns} elements
     * @param layout their order in {@code values}
     * @throws IllegalArgumentException if there are more or fewer elements, the type cannot represent one of them, or
     *     the name is empty or taken
     * @throws IOException if writing fails
     */
    public void addMatrix(
            String name, NpyWriter.Type type, double[] values, int rows, int columns, NpyWriter.Layout layout)
            throws IOException {
        add(name, new ArrayContent.Matrix(type, values, rows, columns, layout));
    }

    /**
     * Adds a vector, of shape (length,).
     *
     * @param name without {@code .npy}
     * @param type element type in the file
     * @throws IllegalArgumentException if the type cannot represent one of the elements, or the name is empty or taken
     * @throws IOException if writing fails
     */
    public void addVector(String name, NpyWriter.Type type, double[] values) throws IOException {
        add(name, new ArrayContent.Vector(type, values));
    }

    /**
     * Adds a vector of labels, as int64.
     *
     * @param name without {@code .npy}
     * @throws IllegalArgumentException if the name is empty or taken
     * @throws IOException if writing fails
     */
    public void addLabels(String name, long[] values) throws IOException {
        add(name, new ArrayContent.Labels(values));
    }

    /**
     * Completes the archive and gives it its name.
     *
     * @throws IllegalStateException if an array could not be added
     * @throws IOException if writing fails
     */
    public void commit() throws IOException {
        if (!complete) {
            throw new IllegalStateException("An array was refused, perhaps after a part of it was written");
        }
        zip.finish();
        zip.flush();
        file.commit();
    }

    /** Deletes the archive unless it has been committed. */
    @Override
    public void close() throws IOException {
        zip.release();
        file.close();
    }

    private void add(String name, ArrayContent content) throws IOException {
        if (name.isEmpty() || names.contains(name)) {
            throw new IllegalArgumentException("The name '" + name + "' is " + (name.isEmpty() ? "empty" : "taken"));
        }
        complete = false;
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setTimeLocal(DATE);
        if (packing == Packing.STORED) {
            describe(entry, content);
        }
        zip.putNextEntry(entry);
        content.writeTo(zip);
        zip.closeEntry();
        names.add(name);
        complete = true;
    }

    /** Sets the size and checksum that precede a stored member's bytes; computing them takes an extra pass. */
    private static void describe(ZipEntry entry, ArrayContent content) throws IOException {
        CountingSink sink = new CountingSink();
        CheckedOutputStream checked = new CheckedOutputStream(sink, new CRC32());
        content.writeTo(checked);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(sink.count);
        entry.setCrc(checked.getChecksum().getValue());
    }

    /** Releases the compressor's native memory without writing anything. */
    private static final class Zip extends ZipOutputStream {
        private Zip(OutputStream out) {
            super(out);
        }

        private void release() {
            def.end();
        }
    }

    private static final class CountingSink extends OutputStream {
        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
