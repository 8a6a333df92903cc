package io.github.collapse4j.io.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The golden files, written with NumPy by {@code src/test/resources/npy/generate_npy_golden.py}. */
final class Golden {
    private Golden() {}

    /** {@return the content of a golden file, which must be there} */
    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream("/npy/" + name)) {
            if (in == null) {
                throw new AssertionError("The golden file npy/" + name + " is missing");
            }
            return in.readAllBytes();
        }
    }

    /** {@return the lines of a golden text file, which must be there} */
    static List<String> lines(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8).lines().toList();
    }

    /** {@return a copy of a golden file in {@code directory}} */
    static Path copy(String name, Path directory) throws IOException {
        return Files.write(directory.resolve(name.replace('/', '_')), bytes(name));
    }
}
