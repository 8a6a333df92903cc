package io.github.collapse4j.cli.text;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version from the manifest of the jar. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }

    /** What {@code --version} prints. */
    public static String line() {
        return "collapse4j " + current();
    }

    public static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return Objects.requireNonNullElse(version, "(development build)");
    }
}
