package io.github.collapse4j.io.array;

/**
 * The source of bytes, as named in messages.
 *
 * @param name the file, or {@code archive.npz!entry.npy}
 */
public record Origin(String name) {

    /** {@return an exception that describes a defect} */
    public FormatException defect(String field, String expected, String found, long offset) {
        return new FormatException(name, field, expected, found, offset);
    }

    /** {@return an exception saying that there are fewer bytes than {@code field} needs} */
    public FormatException truncated(String field, long expected, long found, long offset) {
        return defect(field, expected + " bytes", found + " bytes", offset);
    }

    /** {@return the origin of an archive's entry} */
    public Origin entry(String entryName) {
        return new Origin(name + "!" + entryName);
    }
}
