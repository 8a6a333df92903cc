package io.github.collapse4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The root command; every other command is a subcommand of it. */
@Command(
        name = "collapse4j",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {DemoCommand.class, CertifyCommand.class, SolveCommand.class},
        description = "Is a classifier's last layer at its global optimum, why, and how small can it be?",
        footer = {
            "",
            "Examples:",
            "  collapse4j demo                                 the story on a bundled real network",
            "  collapse4j certify features.npy labels.npy --weights W.npy --bias b.npy",
            "  collapse4j solve --classes 10 --per-class 500   the certified global minimum",
            "",
            "Exit codes: 0 done, 1 bad input, 2 wrong usage."
        })
public final class Main implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Runs the command line and leaves the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Returns the whole command line, ready to execute, for {@link #main} and for tests. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::reportBadInput);
    }

    /** Bad input ends with one line and exit code 1; anything else is our own mistake and shows its stack trace. */
    private static int reportBadInput(Exception exception, CommandLine command, ParseResult parsed) throws Exception {
        Exception cause = exception instanceof UncheckedIOException unchecked ? unchecked.getCause() : exception;
        if (cause instanceof IOException
                || cause instanceof IllegalArgumentException
                || cause instanceof ArithmeticException) {
            String message = cause instanceof FileSystemException
                    ? cause.toString().replaceFirst("^[\\w.]+: ", "")
                    : cause.getMessage();
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message);
            return 1;
        }
        throw exception;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }
}
