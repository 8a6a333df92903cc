package io.github.collapse4j.io.cifar;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.image.LabelledImages;
import io.github.collapse4j.linalg.Matrix;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A binary file of CIFAR-10 (a label, 3 × 32 × 32 pixels) or CIFAR-100 (a coarse label, a fine one, pixels): records
 * without a header, so that only the size and the labels can be checked.
 */
public final class CifarFile {
    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;

    private CifarFile() {}

    /** The format; CIFAR-100 is read with its fine labels. */
    public enum Kind {
        CIFAR_10(10, 0),
        CIFAR_100(100, 20);

        private final int classes;
        private final int coarseClasses;

        Kind(int classes, int coarseClasses) {
            this.classes = classes;
            this.coarseClasses = coarseClasses;
        }

        private int labelBytes() {
            return coarseClasses == 0 ? 1 : 2;
        }
    }

    /**
     * Reads a file.
     *
     * @throws InputException if it does not consist of complete records with valid labels
     */
    public static LabelledImages read(Path file, Kind kind) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new InputException(file + ": expected a regular file, found a folder, a pipe or a device");
        }
        long size = Files.size(file);
        int record = kind.labelBytes() + PIXELS;
        long count = size / record;
        if (count == 0 || size % record != 0) {
            throw new InputException(
                    file + ": size: expected a multiple of " + record + " bytes for " + kind + ", found " + size);
        }
        if (count > Matrix.MAX_ENTRIES / PIXELS) {
            throw new InputException(
                    file + ": size: expected at most " + Matrix.MAX_ENTRIES / PIXELS + " images, found " + count);
        }
        byte[] pixels = new byte[(int) count * PIXELS];
        int[] labels = new int[(int) count];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int i = 0; i < labels.length; i++) {
                if (kind.coarseClasses > 0) {
                    label(file, in, "coarse label", i, kind.coarseClasses, (long) i * record);
                }
                labels[i] = label(file, in, "label", i, kind.classes, (long) i * record + kind.labelBytes() - 1);
                if (in.readNBytes(pixels, i * PIXELS, PIXELS) < PIXELS) {
                    throw new InputException(file + ": image " + i + ": expected " + PIXELS + " bytes, found the end");
                }
            }
        }
        return new LabelledImages(3, SIDE, SIDE, pixels, labels);
    }

    private static int label(Path file, InputStream in, String field, int image, int classes, long offset)
            throws IOException {
        int found = in.read();
        if (found < 0 || found >= classes) {
            throw new InputException(file + ": " + field + " of image " + image + ": expected 0…" + (classes - 1)
                    + ", found " + (found < 0 ? "the end" : found) + " (at byte offset " + offset + ")");
        }
        return found;
    }
}
