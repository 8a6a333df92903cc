package io.github.collapse4j.cli.option;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LabelArray;
import io.github.collapse4j.io.array.NumericArray;
import java.io.IOException;
import java.util.Arrays;

/** Samples per class from a file: a list of counts after an @, or an array with the class of every sample. */
final class CountsFile {
    private static final int PIECE = 1 << 16;
    private static final int MAX_CLASSES = 100_000_000;

    private CountsFile() {}

    /** Whether the text names a file. */
    static boolean isName(String text) {
        return text.startsWith("@") || text.matches("(?i).*\\.(npy|npz|safetensors)(:.*)?");
    }

    static long[] read(String name) throws IOException {
        return name.startsWith("@") ? list(name.substring(1)) : labels(name);
    }

    private static long[] list(String name) throws IOException {
        String text = ListFile.text(name);
        try {
            return Arrays.stream(text.strip().split("[,;\\s]+"))
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new InputException(name + ": expected integers, found "
                    + String.valueOf(e.getMessage()).replace("For input string: ", ""));
        }
    }

    private static long[] labels(String name) throws IOException {
        try (NumericArray array = ArrayFile.open(name)) {
            LabelArray labels = LabelArray.of(array);
            long[] piece = new long[PIECE];
            long[] counts = new long[16];
            int classes = 0;
            for (long first = 0; first < labels.length(); first += PIECE) {
                int length = (int) Math.min(PIECE, labels.length() - first);
                labels.read(first, length, piece);
                for (int i = 0; i < length; i++) {
                    if (piece[i] < 0 || piece[i] >= MAX_CLASSES) {
                        throw new InputException(labels.position(first + i) + ": expected 0…" + (MAX_CLASSES - 1)
                                + ", found " + piece[i]);
                    }
                    int label = (int) piece[i];
                    classes = Math.max(classes, label + 1);
                    if (classes > counts.length) {
                        counts = Arrays.copyOf(counts, Math.max(classes, 2 * counts.length));
                    }
                    counts[label]++;
                }
            }
            return Arrays.copyOf(counts, classes);
        }
    }
}
