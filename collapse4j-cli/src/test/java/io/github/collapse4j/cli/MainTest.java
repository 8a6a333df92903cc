package io.github.collapse4j.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }

    @Test
    void versionGoesToStandardOutput() {
        int exitCode = run("--version");
        assertAll(
                () -> assertEquals(0, exitCode),
                () -> assertTrue(out.toString().startsWith("collapse4j ")),
                () -> assertEquals("", err.toString()));
    }

    @Test
    void helpNamesTheProgram() {
        int exitCode = run("--help");
        assertAll(
                () -> assertEquals(0, exitCode), () -> assertTrue(out.toString().contains("Usage: collapse4j")));
    }

    @Test
    void aMissingCommandIsAUsageError() {
        int exitCode = run();
        assertAll(
                () -> assertEquals(2, exitCode),
                () -> assertEquals("", out.toString()),
                () -> assertTrue(err.toString().contains("Missing command")));
    }
}
