package io.github.collapse4j.cli.text;

import picocli.CommandLine.Model.CommandSpec;

/** The command as it was typed, for results that say how they were made. */
public final class CommandText {
    private CommandText() {}

    /** The words of a command that has been parsed, with the name of the program. */
    public static String of(CommandSpec spec) {
        return "collapse4j "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }
}
