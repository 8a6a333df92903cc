package io.github.collapse4j.io;

import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The valid labels.
 *
 * @param classes K: labels are 0…K−1
 * @param reason where K comes from, for messages, such as {@code for the 10 rows of the weights}; may be empty
 */
public record LabelRange(int classes, String reason) {
    /**
     * Checks labels, and writes them to the first entries of an array of at least that length.
     *
     * @param position the position of the label with an index, for messages
     * @throws InputException if one is out of range
     */
    public void check(long[] labels, int[] target, IntFunction<String> position) throws InputException {
        for (int i = 0; i < labels.length; i++) {
            long label = labels[i];
            if (label < 0 || label >= classes) {
                int index = i;
                check(label, () -> position.apply(index));
            }
            target[i] = (int) label;
        }
    }

    /**
     * Checks a label.
     *
     * @param position its position for messages, such as {@code labels.npy: label 7}; evaluated only on failure
     * @return the label
     * @throws InputException if it is out of range
     */
    public int check(long label, Supplier<String> position) throws InputException {
        if (label >= 0 && label < classes) {
            return (int) label;
        }
        String hint = label == classes ? " (labels count from 0)" : "";
        throw new InputException(position.get() + ": expected 0…" + (classes - 1)
                + (reason.isEmpty() ? "" : " " + reason) + ", found " + label + hint);
    }
}
