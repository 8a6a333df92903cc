package io.github.collapse4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command; every other command is a subcommand of it. */
@Command(
        name = "collapse4j",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Is a classifier's last layer at its global optimum, why, and how small can it be?")
public final class Main implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Runs the command line and leaves the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Returns the whole command line, ready to execute, for {@link #main} and for tests. */
    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
