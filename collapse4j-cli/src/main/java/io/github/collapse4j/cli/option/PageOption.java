package io.github.collapse4j.cli.option;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --html}, for commands that have a page. */
public final class PageOption {
    private final ResultFiles files;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write an interactive page as one self-contained file.")
    private @Nullable String target;

    /** Writes files of this machine. */
    public PageOption() {
        this(ResultFiles.LOCAL);
    }

    /** Writes files elsewhere. */
    public PageOption(ResultFiles files) {
        this.files = files;
    }

    /** Whether there will be a page. */
    public boolean isGiven() {
        return target != null;
    }

    /** Finds out whether the file can be written, before any work is done for it. */
    public void checkWritable() throws IOException {
        if (target != null) {
            files.checkWritable(target);
        }
    }

    /** Makes the page and writes it where the option says, if it is given. */
    public void write(Supplier<String> page) throws IOException {
        if (target != null) {
            files.write(target, page.get());
        }
    }

    /** Says where the page is, if there is one. */
    public void announce(PrintWriter out) {
        if (target != null) {
            out.println("Page written to " + target);
        }
    }
}
