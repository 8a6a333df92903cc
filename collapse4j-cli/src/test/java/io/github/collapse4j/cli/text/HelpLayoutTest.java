package io.github.collapse4j.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.cli.Main;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class HelpLayoutTest {

    @ParameterizedTest
    @ValueSource(ints = {50, 80})
    void allHelpFitsTheTerminal(int width) {
        CommandLine all = HelpLayout.apply(Main.commandLine(), width);
        assertFits(all, width);
        all.getSubcommands().values().forEach(command -> assertFits(command, width));
    }

    private static void assertFits(CommandLine command, int width) {
        for (Ansi ansi : new Ansi[] {Ansi.OFF, Ansi.ON}) {
            String help = command.getUsageMessage(ansi).replaceAll("\u001b\\[[0-9;]*m", "");
            help.lines().forEach(line -> assertTrue(line.length() <= width, line));
        }
    }

    /** No word is broken, and a command that goes on in the next line says so. */
    @ParameterizedTest
    @ValueSource(ints = {50, 80})
    void narrowHelpSaysTheSame(int width) {
        CommandLine wide = HelpLayout.apply(Main.commandLine(), 1000);
        CommandLine narrow = HelpLayout.apply(Main.commandLine(), width);
        wide.getSubcommands().forEach((name, command) -> {
            String expected = command.getUsageMessage(Ansi.OFF);
            String help =
                    Objects.requireNonNull(narrow.getSubcommands().get(name)).getUsageMessage(Ansi.OFF);
            assertEquals(words(expected), words(help));
            assertEquals(examples(expected), examples(help));
        });
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("\\s+"))
                .filter(word -> !word.equals("\\"))
                .toList();
    }

    private static List<String> examples(String text) {
        return text.replaceAll(" \\\\\\R +", " ")
                .lines()
                .filter(line -> line.startsWith("  collapse4j "))
                .toList();
    }
}
