package io.github.collapse4j.io;

import java.util.function.Supplier;

/**
 * Which labels there may be.
 *
 * @param classes K: labels are 0…K−1
 * @param reason why there are K, as part of a sentence such as {@code for the 10 rows of the weights}, or empty
 */
public record LabelRange(int classes, String reason) {
    /**
     * Checks a label.
     *
     * @param position where it stands, such as {@code labels.npy: label 7}; asked for only if it is needed
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
