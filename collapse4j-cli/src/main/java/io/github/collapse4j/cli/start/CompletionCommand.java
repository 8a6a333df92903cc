package io.github.collapse4j.cli.start;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: a script that lets a shell complete commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script with which a shell completes commands and options.",
        footer = {
            "",
            "Examples:",
            "  source <(collapse4j completion bash)",
            "  collapse4j completion zsh > ~/.collapse4j.zsh; source ~/.collapse4j.zsh",
            "  collapse4j completion fish > ~/.config/fish/completions/collapse4j.fish"
        })
public final class CompletionCommand implements Callable<Integer> {
    /** Shells with completion, named as typed. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (shell) {
                    case fish -> fish(root);
                    case bash, zsh -> AutoComplete.bash(root.getCommandName(), root); // it adapts itself to zsh
                });
        out.flush();
        return 0;
    }

    private static String fish(CommandLine root) {
        String program = "complete -c " + root.getCommandName();
        StringBuilder text = new StringBuilder(program + " -n __fish_use_subcommand -l help\n");
        root.getSubcommands().forEach((name, command) -> {
            CommandSpec spec = command.getCommandSpec();
            text.append(program + " -n __fish_use_subcommand -a " + name + " -d "
                    + quoted(spec.usageMessage().description()) + "\n");
            for (OptionSpec option : spec.options()) {
                if (!option.hidden()) {
                    text.append(program + " -n '__fish_seen_subcommand_from " + name + "' -l "
                            + option.longestName().replaceFirst("^-+", "")
                            + (option.arity().max() > 0 ? " -r" : "")
                            + " -d " + quoted(option.description()) + "\n");
                }
            }
        });
        return text.toString();
    }

    /** The first sentence of a description as a word of the shell. */
    private static String quoted(String... description) {
        String line = description.length == 0 ? "" : description[0].replaceFirst("[.;:] .*", ".");
        return "'" + line.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
