package io.github.collapse4j.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    @Test
    void versionGoesToStandardOutput() {
        assertTrue(Run.text("--version").startsWith("collapse4j "));
    }

    @Test
    void helpNamesTheProgram() {
        assertTrue(Run.text("--help").contains("Usage: collapse4j"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "certify", "solve", "train", "sample", "cite"})
    void helpOfEveryCommandHasAnExampleAndFitsATerminal(String command) {
        String help = Run.text(command, "--help");
        assertTrue(help.startsWith("Usage: collapse4j " + command), help);
        assertTrue(help.matches("(?s).*Examples?:\\R  collapse4j " + command + ".*"), help);
        help.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }

    @Test
    void withoutACommandTheOverviewIsShown() {
        String overview = Run.text();
        assertEquals(overview, Run.text("--help"));
        assertTrue(overview.contains("  sample "), overview);
        assertTrue(Run.text("help", "solve").startsWith("Usage: collapse4j solve"));
    }

    @Test
    void aMistypedCommandIsAUsageErrorWithASuggestion() {
        Run run = Run.of("solv");
        assertAll(
                () -> assertEquals(2, run.exitCode()),
                () -> assertEquals("", run.out()),
                () -> assertTrue(run.err().contains("collapse4j solve"), run.err()));
    }

    @Test
    void aCommandThatIsNamedFirstIsTheOnlyOneWithTheSameHelp() {
        CommandLine all = Main.commandLine();
        assertTrue(all.getSubcommands().size() > 10);
        all.getSubcommands().forEach((name, command) -> {
            CommandLine one = Main.commandLine(name);
            int expected = Set.of("help", "completion").contains(name)
                    ? all.getSubcommands().size()
                    : 1;
            assertEquals(expected, one.getSubcommands().size(), name);
            CommandLine same = Objects.requireNonNull(one.getSubcommands().get(name), name);
            assertEquals(command.getUsageMessage(), same.getUsageMessage());
        });
    }
}
