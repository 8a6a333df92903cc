package io.github.collapse4j.cli.option;

import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.io.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --html}, for commands that have a page. */
@OptionGroup("Output")
public final class PageOption {
    private final ResultFiles files;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write an interactive page as one self-contained file.")
    private @Nullable String target;

    /** Writes to local files. */
    public PageOption() {
        this(ResultFiles.LOCAL);
    }

    /** Writes to the given file systems. */
    public PageOption(ResultFiles files) {
        this.files = files;
    }

    /** Whether a page was requested. */
    public boolean isGiven() {
        return target != null;
    }

    /** Checks that the file can be written, before any work is done. */
    public void checkWritable() throws IOException {
        if (target != null) {
            if (target.equals("-")) {
                throw new InputException("--html: expected the name of a file, found -");
            }
            files.checkWritable(target);
        }
    }

    /** Creates the page and writes it to the requested file, if any. */
    public void write(Supplier<String> page) throws IOException {
        if (target != null) {
            files.write(target, page.get());
        }
    }

    /** Prints the location of the page, if one was written. */
    public void announce(PrintWriter out) {
        if (target != null) {
            out.println("Page written to " + target);
        }
    }
}
