package io.github.collapse4j.linalg;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_full;

/**
 * OpenBLAS from files that the build has unpacked. Loading them takes a fraction of the time of JavaCPP's own search, which
 * looks at a thousand places, unpacks, and loads a second copy.
 */
final class UnpackedLibrary {
    /** The system property with the paths, separated by colons, each after those that it needs. */
    static final String FILES = "collapse4j.openblas";

    private static final String SEARCH = "org.bytedeco.javacpp.loadLibraries";

    private UnpackedLibrary() {}

    /** Returns false, for JavaCPP to search, if there are no such files or they are for another platform. */
    static boolean load() {
        String files = System.getProperty(FILES, "");
        if (files.isEmpty()) {
            return false;
        }
        System.setProperty(SEARCH, "false");
        try {
            for (String file : files.split(":", -1)) {
                System.load(file);
            }
            // Initialises the classes, which would search otherwise.
            return Pointer.totalBytes() >= 0 && openblas_full.openblas_get_num_threads() > 0;
        } catch (LinkageError e) {
            return false;
        } finally {
            System.clearProperty(SEARCH);
        }
    }
}
