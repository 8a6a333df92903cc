package io.github.collapse4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root command; every other command is a subcommand of it. */
@Command(
        name = "collapse4j",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            CertifyCommand.class,
            SolveCommand.class,
            LandscapeCommand.class,
            CompressCommand.class,
            MeasureCommand.class,
            TrainCommand.class
        },
        description = "Is a classifier's last layer at its global optimum, why, and how small can it be?",
        footer = {
            "",
            "Examples:",
            "  collapse4j demo",
            "  collapse4j certify features.npy labels.npy --weights W.npy --bias b.npy",
            "  collapse4j solve --classes 10 --per-class 500",
            "  collapse4j train --dims 9,10,64 --heads learned,etf --html train.html",
            "",
            "Exit codes: 0 done, 1 bad input, 2 wrong usage."
        })
public final class Main implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Runs the command line and leaves the JVM with its exit code. */
    public static void main(String[] args) {
        int exitCode;
        try {
            exitCode = commandLine().execute(args);
        } catch (OutOfMemoryError e) {
            System.err.println("collapse4j: out of memory; give it more with JAVA_OPTS=-Xmx…");
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    /** Returns the whole command line, ready to execute, for {@link #main} and for tests. */
    static CommandLine commandLine() {
        return configured(new Main());
    }

    /** Returns a command line that prints, and says what is wrong, as every command does. */
    public static CommandLine configured(Object command) {
        return new CommandLine(command)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::reportWrongUsage)
                .setExecutionExceptionHandler(Main::reportBadInput);
    }

    /** The command line that was given, for the provenance of results. */
    static String commandText(CommandSpec spec) {
        return "collapse4j "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    private static int reportWrongUsage(ParameterException exception, String[] args) {
        CommandLine command = exception.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + exception.getMessage());
        UnmatchedArgumentException.printSuggestions(exception, command.getErr());
        command.getErr().println("Try: " + name + " --help");
        return 2;
    }

    /** Bad input ends with one line and exit code 1; anything else is our own mistake and shows its stack trace. */
    private static int reportBadInput(Exception exception, CommandLine command, ParseResult parsed) throws Exception {
        Exception cause = exception instanceof UncheckedIOException unchecked ? unchecked.getCause() : exception;
        if (cause instanceof IOException
                || cause instanceof IllegalArgumentException
                || cause instanceof ArithmeticException) {
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + describe(cause));
            return 1;
        }
        throw exception;
    }

    /** What went wrong, in words also where the system says no more than the name of a file. */
    private static String describe(Exception cause) {
        if (cause instanceof FileSystemException inFile && inFile.getReason() == null) {
            String reason = cause instanceof NoSuchFileException
                    ? "no such file or folder"
                    : cause instanceof AccessDeniedException
                            ? "permission denied"
                            : cause instanceof FileAlreadyExistsException
                                    ? "expected a folder, found a file"
                                    : cause.getClass().getSimpleName();
            return inFile.getFile() + ": " + reason;
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    @Override
    public Integer call() {
        String commands = String.join(", ", spec.subcommands().keySet());
        throw new ParameterException(spec.commandLine(), "Missing command, one of: " + commands);
    }
}
