package io.github.collapse4j.linalg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_full;

/**
 * OpenBLAS in a folder into which the build has unpacked it. Loading it from there takes a tenth of the time of JavaCPP's own
 * search, which looks at a thousand places, unpacks, and loads a second copy.
 */
final class UnpackedLibrary {
    /** The system property with the folder. */
    static final String FOLDER = "collapse4j.openblas";

    private static final String SEARCH = "org.bytedeco.javacpp.loadLibraries";

    /** Each needs some of those before it; a platform need not have all. */
    private static final List<String> LIBRARIES =
            List.of("jnijavacpp", "gcc_s", "quadmath", "gfortran", "openblas", "jniopenblas_full");

    private UnpackedLibrary() {}

    /** Returns false, for JavaCPP to search, if there is no such folder or it has another platform's library. */
    static boolean load() {
        String folder = System.getProperty(FOLDER);
        Map<String, Path> files = folder == null ? Map.of() : files(Path.of(folder));
        if (!files.containsKey(LIBRARIES.get(LIBRARIES.size() - 1))) {
            return false;
        }
        System.setProperty(SEARCH, "false");
        try {
            LIBRARIES.stream()
                    .map(files::get)
                    .filter(Objects::nonNull)
                    .forEach(file -> System.load(file.toString()));
            // Initialises the classes, which would search otherwise.
            return Pointer.totalBytes() >= 0 && openblas_full.openblas_get_num_threads() > 0;
        } catch (LinkageError e) {
            return false;
        } finally {
            System.clearProperty(SEARCH);
        }
    }

    /** Files by the names of libraries: libgfortran.so.5 or libgfortran.5.dylib by gfortran. */
    private static Map<String, Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toAbsolutePath)
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replaceAll("^lib|[.].*", ""),
                            Function.identity(),
                            (one, other) -> one));
        } catch (IOException | UncheckedIOException e) {
            return Map.of();
        }
    }
}
