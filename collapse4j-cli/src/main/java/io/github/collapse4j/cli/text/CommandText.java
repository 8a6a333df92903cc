package io.github.collapse4j.cli.text;

import picocli.CommandLine.Model.CommandSpec;

/** The command as typed, for results that state how they were produced. */
public final class CommandText {
    private CommandText() {}

    /** The words of a parsed command, preceded by the name of the program. */
    public static String of(CommandSpec spec) {
        return "collapse4j "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
