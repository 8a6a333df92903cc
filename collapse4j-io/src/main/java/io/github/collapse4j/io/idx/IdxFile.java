package io.github.collapse4j.io.idx;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.gzip.GzipStream;
import io.github.collapse4j.io.image.LabelledImages;
import io.github.collapse4j.linalg.Matrix;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Images and labels in the IDX format of MNIST, Fashion-MNIST, KMNIST and EMNIST: a magic number (two zero bytes, 8 for
 * unsigned bytes, the number of dimensions), the dimensions as big-endian 32-bit integers, the bytes. Gzip is
 * recognised by the first bytes, not by the name. A header that declares more than the file can hold is refused before
 * any allocation.
 */
public final class IdxFile {
    private static final int COMPARE_CHUNK = 1 << 16;
    /** The maximum compression ratio of Deflate. */
    private static final long MAX_COMPRESSION = 1032;

    private IdxFile() {}

    /**
     * Reads images and their labels.
     *
     * @throws InputException if a file is defective, or there is not one label per image
     */
    public static LabelledImages read(Path images, Path labels) throws IOException {
        Content pixels = content(images, 3);
        int[] theirs = labels(labels);
        if (pixels.sizes[0] != theirs.length) {
            throw new InputException(labels + ": labels: expected " + pixels.sizes[0] + ", one for each image of "
                    + images.getFileName() + ", found " + theirs.length);
        }
        return new LabelledImages(1, pixels.sizes[1], pixels.sizes[2], pixels.bytes, theirs);
    }

    /**
     * Reads images alone, all with the label 0.
     *
     * @throws InputException if the file is defective
     */
    public static LabelledImages images(Path images) throws IOException {
        Content pixels = content(images, 3);
        return new LabelledImages(1, pixels.sizes[1], pixels.sizes[2], pixels.bytes, new int[pixels.sizes[0]]);
    }

    /**
     * Reads labels alone.
     *
     * @throws InputException if the file is defective
     */
    public static int[] labels(Path labels) throws IOException {
        byte[] classes = content(labels, 1).bytes;
        int[] theirs = new int[classes.length];
        for (int i = 0; i < theirs.length; i++) {
            theirs[i] = classes[i] & 0xFF;
        }
        return theirs;
    }

    /** Whether a file begins like one of this format, gzipped or not. */
    public static boolean isIdx(Path file) throws IOException {
        try (InputStream in = unpacked(file)) {
            byte[] start = in.readNBytes(3);
            return start.length == 3 && start[0] == 0 && start[1] == 0 && start[2] == 8;
        } catch (EOFException | ZipException e) {
            return false;
        }
    }

    /**
     * Compares the unpacked contents of two files, each gzipped or not.
     *
     * @throws InputException if one is damaged
     */
    public static boolean haveSameContent(Path one, Path other) throws IOException {
        if (one.equals(other)) {
            return true;
        }
        try (InputStream first = unpacked(one);
                InputStream second = unpacked(other)) {
            byte[] some;
            do {
                some = first.readNBytes(COMPARE_CHUNK);
                if (!Arrays.equals(some, second.readNBytes(COMPARE_CHUNK))) {
                    return false;
                }
            } while (some.length > 0);
            return true;
        } catch (EOFException | ZipException e) {
            throw new InputException(one.getFileName() + " or " + other.getFileName()
                    + ": gzip: expected whole compressed data, found " + e.getMessage());
        }
    }

    private static InputStream unpacked(Path file) throws IOException {
        return GzipStream.unpackedIfCompressed(new BufferedInputStream(Files.newInputStream(file)));
    }

    private record Content(int[] sizes, byte[] bytes) {}

    private static Content content(Path file, int dimensions) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new InputException(file + ": expected a regular file, found a folder, a pipe or a device");
        }
        long size = Files.size(file);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
            try (InputStream in = GzipStream.unpackedIfCompressed(raw)) {
                boolean compressed = in instanceof GzipStream;
                int[] sizes = header(file, in, dimensions);
                long expected = bytes(file, sizes);
                long header = 4L + 4L * dimensions;
                if (!compressed && size != header + expected) {
                    throw defect(
                            file, "size", header + expected + " bytes as its header says", size + " bytes", header);
                }
                if (compressed && expected > MAX_COMPRESSION * size) {
                    throw defect(
                            file,
                            "size",
                            "no more than " + MAX_COMPRESSION * size + " bytes in " + size + " compressed ones",
                            Long.toString(expected),
                            4);
                }
                byte[] bytes = in.readNBytes((int) expected);
                if (bytes.length < expected) {
                    throw truncated(file, expected, bytes.length, header);
                }
                if (in.read() >= 0) {
                    throw defect(file, "end", "nothing after " + expected + " bytes", "more", header + expected);
                }
                return new Content(sizes, bytes);
            } catch (EOFException e) {
                throw new InputException(file + ": gzip: expected whole compressed data, found " + e.getMessage());
            } catch (ZipException e) {
                throw new InputException(file + ": gzip: expected intact compressed data, found " + e.getMessage());
            }
        }
    }

    private static int[] header(Path file, InputStream in, int dimensions) throws IOException {
        int magic = integer(file, "magic number", in, 0);
        int expected = 0x0800 | dimensions;
        if (magic != expected) {
            String hint = magic == 0x0803 || magic == 0x0801 ? " (are images and labels swapped?)" : "";
            throw defect(file, "magic number", hex(expected), hex(magic) + hint, 0);
        }
        int[] sizes = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            sizes[i] = integer(file, "dimension " + i, in, 4L + 4L * i);
            if (sizes[i] < 1) {
                throw defect(file, "dimension " + i, "at least 1", Integer.toString(sizes[i]), 4L + 4L * i);
            }
        }
        return sizes;
    }

    private static long bytes(Path file, int[] sizes) throws InputException {
        long product = 1;
        for (int size : sizes) {
            product *= size; // no overflow: both factors are below 2³¹
            if (product > Matrix.MAX_ENTRIES) {
                throw defect(file, "dimensions", "at most " + Matrix.MAX_ENTRIES + " bytes in all", "more", 4);
            }
        }
        return product;
    }

    private static int integer(Path file, String field, InputStream in, long offset) throws IOException {
        byte[] four = in.readNBytes(4);
        if (four.length < 4) {
            throw defect(file, field, "4 bytes", four.length + " before the end", offset);
        }
        return (four[0] & 0xFF) << 24 | (four[1] & 0xFF) << 16 | (four[2] & 0xFF) << 8 | (four[3] & 0xFF);
    }

    private static String hex(int magic) {
        return "0x%08x".formatted(magic);
    }

    private static InputException truncated(Path file, long expected, long found, long offset) {
        return defect(file, "data", expected + " bytes", found + " before the end", offset);
    }

    private static InputException defect(Path file, String field, String expected, String found, long offset) {
        return new InputException(file + ": " + field + ": expected " + expected + ", found " + found
                + " (at byte offset " + offset + ")");
    }
}
