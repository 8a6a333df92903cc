package io.github.collapse4j.io.npy;

import io.github.collapse4j.io.array.ArrayBytes;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens {@code .npy} files and streams. */
public final class NpyFile {
    private NpyFile() {}

    /**
     * Opens a {@code .npy} file of any size, which is read in place, in pieces.
     *
     * <p>Bytes after the data are ignored, as NumPy ignores them: {@code np.save} into one open file appends arrays,
     * and a program that lengthens a file updates the header last. {@link NumericArray#trailingBytes()} tells how many
     * there are.
     *
     * @param file a regular file that must not be changed while it is open
     * @throws FormatException if it is not such a file, or shorter than its header declares
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if reading fails
     */
    public static NumericArray open(Path file) throws IOException {
        return open(file, file.toString());
    }

    /** Opens a {@code .npy} file as {@link #open(Path)} does, using another name in messages. */
    public static NumericArray open(Path file, String name) throws IOException {
        try (InputFile input = InputFile.open(file, name)) {
            ArrayHeader header = new HeaderReader(input.origin()).read(input.stream(0, input.size()));
            long available = input.size() - header.dataOffset();
            if (available < header.dataBytes()) {
                throw NumericArray.shorter(input.origin(), header, available);
            }
            ArrayBytes bytes = ArrayBytes.inPlace(input, header.dataOffset(), header.dataBytes());
            return new NumericArray(input.origin(), header, bytes, available - header.dataBytes());
        }
    }

    /**
     * Reads an array from a stream into memory, which is allocated as the bytes arrive and limited to half of the heap.
     *
     * @param in positioned at the magic string; left at the first byte after the array, and not closed
     * @param name its name in messages
     * @throws FormatException if it is not such an array, the stream ends early, or the array is too large
     * @throws IOException if reading fails
     */
    public static NumericArray read(InputStream in, String name) throws IOException {
        Origin origin = new Origin(name);
        ArrayHeader header = new HeaderReader(origin).read(in);
        return new NumericArray(origin, header, ArrayBytes.load(in, header, ArrayBytes.halfOfHeap(), origin), 0);
    }

    /**
     * Reads a header, leaving the stream at the first byte of the data.
     *
     * @param in positioned at the magic string; not closed
     * @param name its name in messages
     * @throws FormatException if it is not a header of a supported type
     * @throws IOException if reading fails
     */
    public static ArrayHeader header(InputStream in, String name) throws IOException {
        return new HeaderReader(new Origin(name)).read(in);
    }
}
