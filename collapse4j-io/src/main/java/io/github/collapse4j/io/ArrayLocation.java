package io.github.collapse4j.io;

/**
 * The location of an array: a file or, for archives, {@code file:array}. The name of an array may contain colons.
 *
 * @param file the file
 * @param array the name of the array in the file; empty if none is given
 */
public record ArrayLocation(String file, String array) {
    /** Parses a location; what exists as a file is one, even if it looks like an array in an archive. */
    public static ArrayLocation parse(String location) {
        if (!FileName.exists(location)) {
            ArrayLocation first = null;
            for (int colon = location.indexOf(':'); colon >= 0; colon = location.indexOf(':', colon + 1)) {
                String file = location.substring(0, colon);
                if (ArchiveFormat.of(file).isPresent()) {
                    ArrayLocation split = new ArrayLocation(file, location.substring(colon + 1));
                    if (FileName.exists(file)) {
                        return split;
                    }
                    first = first == null ? split : first;
                }
            }
            if (first != null) {
                return first;
            }
        }
        return new ArrayLocation(location, "");
    }
}
