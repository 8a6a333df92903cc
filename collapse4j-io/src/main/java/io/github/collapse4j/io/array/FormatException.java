package io.github.collapse4j.io.array;

import java.io.IOException;

/**
 * A file is not what it should be: malformed, truncated, damaged, or of a kind that is not read here.
 *
 * <p>The message is one line, {@code file: field: expected X, found Y (at byte offset Z)}. Whatever the file puts into
 * it is shortened and stripped of control characters, so that it can go to a terminal as it is.
 */
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final String field;
    private final String expected;
    private final String found;
    private final long offset;

    /**
     * Describes one defect.
     *
     * @param file the file, or {@code archive.npz!entry.npy}
     * @param field which part of it, such as {@code magic} or {@code shape}
     * @param expected what would have been accepted
     * @param found what is there instead
     * @param offset byte offset of the defect in the file, or for an archive's entry in the unpacked entry
     */
    public FormatException(String file, String field, String expected, String found, long offset) {
        super("%s: %s: expected %s, found %s (at byte offset %d)"
                .formatted(
                        OneLine.of(file), OneLine.of(field), OneLine.of(expected), OneLine.shortened(found), offset));
        this.file = file;
        this.field = field;
        this.expected = expected;
        this.found = found;
        this.offset = offset;
    }

    /** {@return the file, or {@code archive.npz!entry.npy}} */
    public String file() {
        return file;
    }

    /** {@return which part of the file is at fault} */
    public String field() {
        return field;
    }

    /** {@return what would have been accepted} */
    public String expected() {
        return expected;
    }

    /** {@return what was there instead, neither shortened nor stripped of control characters} */
    public String found() {
        return found;
    }

    /** {@return the byte offset of the defect} */
    public long offset() {
        return offset;
    }
}
