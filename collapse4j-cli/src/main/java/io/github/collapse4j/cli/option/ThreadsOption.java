package io.github.collapse4j.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --threads n}, for the commands that read samples. */
public final class ThreadsOption {
    @Option(
            names = "--threads",
            paramLabel = "n",
            converter = Ranges.AtLeastOne.class,
            description = "Threads (default: one per core).")
    private @Nullable Integer threads;

    /** The number of threads that read and sum. */
    public int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
