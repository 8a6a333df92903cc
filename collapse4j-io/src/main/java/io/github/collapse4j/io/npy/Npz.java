package io.github.collapse4j.io.npy;

import io.github.collapse4j.io.array.ArrayArchive;
import io.github.collapse4j.io.array.ArrayBytes;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.zip.ZipDirectory;
import io.github.collapse4j.io.zip.ZipMember;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An archive of named arrays, a ZIP file of {@code name.npy} members as {@code np.savez} and
 * {@code np.savez_compressed} write them. Thread-safe.
 *
 * <p>Stored arrays ({@code np.savez}) are read in place, whatever their size; deflated ones are loaded into memory, up
 * to half of the heap and never more than their header declares. Opening either reads the whole array once to verify
 * its checksum. Arrays stay open when the archive is closed.
 *
 * <p>Unlike an {@code .npy} file, an archive member must end with its array: no writer leaves anything after it, and
 * extra bytes would have to be unpacked to be checked.
 */
public final class Npz implements ArrayArchive {
    private static final String SUFFIX = ".npy";

    private final InputFile zip;
    private final Map<String, ZipMember> members;

    private Npz(InputFile zip, Map<String, ZipMember> members) {
        this.zip = zip;
        this.members = members;
    }

    /**
     * Opens an archive and reads its directory.
     *
     * @param file a regular file that must not be changed while it or an array of it is open
     * @throws FormatException if it is not a ZIP archive
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if reading fails
     */
    public static Npz open(Path file) throws IOException {
        return open(file, file.toString());
    }

    /** Opens an archive as {@link #open(Path)} does, using another name in messages. */
    public static Npz open(Path file, String name) throws IOException {
        InputFile zip = InputFile.open(file, name);
        try {
            return new Npz(zip, ZipDirectory.read(zip));
        } catch (IOException | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** {@return the names of the arrays, without {@code .npy}, in archive order; other members are ignored} */
    @Override
    public List<String> names() {
        return members.keySet().stream()
                .filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .toList();
    }

    /**
     * Reads the header of one array without verifying its checksum.
     *
     * @param name without {@code .npy}
     * @throws FormatException if there is no such array, or it is defective
     * @throws IOException if reading fails
     */
    @Override
    public ArrayHeader header(String name) throws IOException {
        return new ZipMemberReader(member(name)).header();
    }

    /**
     * Opens one array.
     *
     * @param name without {@code .npy}
     * @throws FormatException if there is no such array, it is defective, or it is deflated and too large
     * @throws IOException if reading fails
     */
    @Override
    public NumericArray array(String name) throws IOException {
        return array(name, ArrayBytes.halfOfHeap());
    }

    /** Closes the archive, not the arrays that were opened from it. */
    @Override
    public void close() throws IOException {
        zip.close();
    }

    NumericArray array(String name, long limit) throws IOException {
        return new ZipMemberReader(member(name)).array(limit);
    }

    private ZipMember member(String name) throws FormatException {
        ZipMember member = members.get(name + SUFFIX);
        if (member == null) {
            throw zip.origin().defect("array", "'" + name + "'", "only " + names(), 0);
        }
        return member;
    }
}
