package io.github.collapse4j.io.array;

import java.io.IOException;

/**
 * A file is malformed, truncated, damaged, or of an unsupported kind.
 *
 * <p>The message is one line, {@code file: field: expected X, found Y (at byte offset Z)}. Text quoted from the file is
 * shortened and stripped of control characters, so that the message is safe to print on a terminal.
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
     * @param expected what is valid
     * @param found what the file has instead
     * @param offset byte offset of the defect in the file or, for an archive's entry, in the unpacked entry
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

    /** {@return the defective part of the file} */
    public String field() {
        return field;
    }

    /** {@return what is valid} */
    public String expected() {
        return expected;
    }

    /** {@return what the file has instead, neither shortened nor stripped of control characters} */
    public String found() {
        return found;
    }

    /** {@return the byte offset of the defect} */
    public long offset() {
        return offset;
    }
}
