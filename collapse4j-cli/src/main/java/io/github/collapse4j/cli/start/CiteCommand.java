package io.github.collapse4j.cli.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cite}: references in BibTeX. */
@Command(
        name = "cite",
        mixinStandardHelpOptions = true,
        description = "Prints BibTeX entries of this program and of the papers whose results it computes.",
        footer = {"", "Example:", "  collapse4j cite >> references.bib"})
public final class CiteCommand implements Callable<Integer> {
    private static final String ENTRIES = "references.bib";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        try (InputStream stream = Objects.requireNonNull(CiteCommand.class.getResourceAsStream(ENTRIES), ENTRIES)) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            out.flush();
        }
        return 0;
    }
}
