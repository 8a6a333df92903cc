package io.github.collapse4j.io.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Proof files written by {@code prove}, one of each theorem. */
final class Examples {
    static final String[] NAMES = {
        "minimum",
        "minimum-squared-error",
        "trained-minimum",
        "trained-minimum-squared-error",
        "binary-minimum",
        "binary-saddle",
        "saddle",
        "bound",
        "bound-squared-error",
        "grouped",
        "global",
        "global-squared-error",
        "grouped-global",
        "grouped-global-squared-error",
        "trained-global",
        "binary-global",
        "trained-bound-squared-error",
        "two-simplices"
    };

    private Examples() {}

    static String text(String name) {
        try (InputStream stream = Examples.class.getResourceAsStream("/proof/" + name + ".json")) {
            if (stream == null) {
                throw new IllegalStateException("no example " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
