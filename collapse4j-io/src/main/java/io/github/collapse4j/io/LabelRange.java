package io.github.collapse4j.io;

import java.util.function.Supplier;

/**
 * The valid labels.
 *
 * @param classes K: labels are 0…K−1
 * @param reason where K comes from, for messages, such as {@code for the 10 rows of the weights}; may be empty
 */
public record LabelRange(int classes, String reason) {
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
