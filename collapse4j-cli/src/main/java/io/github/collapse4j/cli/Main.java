package io.github.collapse4j.cli;

import io.github.collapse4j.cli.certify.CertifyCommand;
import io.github.collapse4j.cli.certify.CompressCommand;
import io.github.collapse4j.cli.extract.ExtractCommand;
import io.github.collapse4j.cli.landscape.LandscapeCommand;
import io.github.collapse4j.cli.measure.MeasureCommand;
import io.github.collapse4j.cli.plan.PlanCommand;
import io.github.collapse4j.cli.prove.ProveCommand;
import io.github.collapse4j.cli.prove.VerifyCommand;
import io.github.collapse4j.cli.solve.SolveCommand;
import io.github.collapse4j.cli.start.CiteCommand;
import io.github.collapse4j.cli.start.CompletionCommand;
import io.github.collapse4j.cli.start.SampleCommand;
import io.github.collapse4j.cli.start.SparkCommand;
import io.github.collapse4j.cli.text.HelpLayout;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.cli.train.DemoCommand;
import io.github.collapse4j.cli.train.TrainCommand;
import io.github.collapse4j.linalg.LinearAlgebra;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The root command; every other command is a subcommand of it. Describing all of them takes longer than many answers, so
 * a command that is named first is the only one.
 */
@Command(
        name = "collapse4j",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Is a classifier's last layer at its global optimum, why, and how small can it be?",
        footer = {
            "",
            "Examples:",
            "  collapse4j demo",
            "  collapse4j sample",
            "  collapse4j certify sample/run.npz",
            "  collapse4j solve --classes 10 --per-class 500",
            "  collapse4j train --dims 9,10,64 --heads learned,etf --html train.html",
            "",
            "More on a command: collapse4j help COMMAND.",
            "Exit codes: 0 success, 1 bad input, 2 wrong usage, 70 a bug in this program."
        })
public final class Main implements Callable<Integer> {
    /** All commands, in the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            CertifyCommand.class,
            SolveCommand.class,
            PlanCommand.class,
            LandscapeCommand.class,
            ProveCommand.class,
            VerifyCommand.class,
            ExtractCommand.class,
            CompressCommand.class,
            MeasureCommand.class,
            TrainCommand.class,
            SparkCommand.class,
            SampleCommand.class,
            CiteCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class);

    /** Commands whose work is mostly matrix products, but for those without any argument. */
    private static final Set<String> MOSTLY_PRODUCTS = Set.of("certify", "measure", "compress");

    /** Commands that describe the others, and so need them. */
    private static final Set<Class<?>> ABOUT_OTHERS = Set.of(CompletionCommand.class, CommandLine.HelpCommand.class);

    @Spec
    private CommandSpec spec;

    /** Runs the command line and exits the JVM with its exit code. */
    public static void main(String[] args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            System.exit(version());
        }
        if (args.length > 1 && MOSTLY_PRODUCTS.contains(args[0])) {
            LinearAlgebra.loadAhead(); // while the options are described and read
        }
        Interruption.prepare();
        giveHomeToThoseWithout();
        System.exit(run(commandLine(args), args));
    }

    /**
     * The JVM gives a user unknown to the system the home directory "?", where libraries would create folders for
     * unpacking.
     */
    private static void giveHomeToThoseWithout() {
        if ("?".equals(System.getProperty("user.home"))) {
            String home = System.getenv("HOME");
            System.setProperty("user.home", home == null ? System.getProperty("java.io.tmpdir") : home);
        }
    }

    /** Describing any option takes longer than this answer. */
    private static int version() {
        StandardOutput out = new StandardOutput();
        out.writer().println(Version.line());
        return out.exitCode(0, "collapse4j", new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }

    /** Runs a command line on standard output and standard error, and returns the exit code. */
    public static int run(CommandLine commands, String... args) {
        StandardOutput out = new StandardOutput();
        commands.setOut(out.writer());
        String program = commands.getCommandSpec().qualifiedName();
        int exitCode;
        try {
            exitCode = commands.execute(args);
        } catch (Throwable e) {
            exitCode = Failures.report(e, program, commands.getErr());
        }
        Interruption.waitIfEnding();
        return out.exitCode(exitCode, program, commands.getErr());
    }

    /** The command line with all commands that these arguments concern, all commands for none. */
    public static CommandLine commandLine(String... args) {
        CommandLine root = new CommandLine(new Main());
        concerned(args).forEach(root::addSubcommand);
        return configured(root);
    }

    private static List<Class<?>> concerned(String... args) {
        String first = args.length == 0 ? "" : args[0];
        return COMMANDS.stream()
                .filter(command -> name(command).equals(first) && !ABOUT_OTHERS.contains(command))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    /** A command line with the output and error handling common to all commands. */
    public static CommandLine configured(Object command) {
        return configured(new CommandLine(command));
    }

    private static CommandLine configured(CommandLine commands) {
        makeDefaultsReadable(commands.getCommandSpec());
        commands.getSubcommands().values().forEach(command -> makeDefaultsReadable(command.getCommandSpec()));
        return HelpLayout.apply(commands)
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // options read @FILE themselves
                .setParameterExceptionHandler(Main::reportWrongUsage)
                .setExecutionExceptionHandler((exception, failed, parsed) ->
                        Failures.report(exception, failed.getCommandSpec().qualifiedName(), failed.getErr()));
    }

    /** In the help, defaults are numbers as the reports print them, such as 0.0005 rather than 5.0E-4. */
    private static void makeDefaultsReadable(CommandSpec command) {
        for (OptionSpec option : List.copyOf(command.options())) {
            command.remove(option);
            command.add(
                    option.defaultValue() == null && option.initialValue() instanceof Double number
                            ? option.toBuilder()
                                    .defaultValue(Table.number(number))
                                    .build()
                            : option); // in their order
        }
    }

    private static int reportWrongUsage(ParameterException exception, String[] args) {
        CommandLine command = exception.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + exception.getMessage());
        UnmatchedArgumentException.printSuggestions(exception, command.getErr());
        command.getErr().println("Try: " + name + " --help");
        return 2;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }
}
