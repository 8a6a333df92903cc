package io.github.collapse4j.io.array;

/**
 * Where bytes come from, as messages name it.
 *
 * @param name the file, or {@code archive.npz!entry.npy}
 */
public record Origin(String name) {

    /** {@return the defect, to be thrown} */
    public FormatException defect(String field, String expected, String found, long offset) {
        return new FormatException(name, field, expected, found, offset);
    }

    /** {@return the defect that fewer bytes are there than {@code field} takes, to be thrown} */
    public FormatException truncated(String field, long expected, long found, long offset) {
        return defect(field, expected + " bytes", found + " bytes", offset);
    }

    /** {@return the origin of an archive's entry} */
    public Origin entry(String entryName) {
        return new Origin(name + "!" + entryName);
    }
}
