package io.github.collapse4j.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Golden files of stored formats. A missing file fails the test. */
public final class GoldenBytes {
    private GoldenBytes() {}

    /** The content of a resource with an absolute name such as {@code /golden/moments.state}. */
    public static byte[] load(Class<?> test, String resource) {
        try (InputStream in = test.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("the golden file " + resource + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
