package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/** One browser for all tests of a JVM, closed after the last of them. */
final class OneChromium extends TypeBasedParameterResolver<Chromium> implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        assumeTrue(Chromium.find().isPresent(), "no Chromium on the path, and CHROMIUM is not set");
    }

    @Override
    public Chromium resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(OneChromium.class))
                .getOrComputeIfAbsent(Chromium.class, type -> started(), Chromium.class);
    }

    private static Chromium started() {
        try {
            return new Chromium(Chromium.find().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
