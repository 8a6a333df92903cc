package io.github.collapse4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import picocli.CommandLine;

/** Exit code and output of a command line. */
public record Run(int exitCode, String out, String err) {

    public static Run of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine(arguments);
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int exitCode = commandLine.execute(arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }

    /** {@return the output of a command that must succeed without messages} */
    public static String text(String... arguments) {
        Run run = of(arguments);
        assertEquals("", run.err);
        assertEquals(0, run.exitCode);
        return run.out;
    }

    /** {@return the output of a command with {@code --json -} added, which must be JSON and nothing else} */
    public static JsonObject json(String... arguments) {
        String[] withJson = Arrays.copyOf(arguments, arguments.length + 2);
        withJson[arguments.length] = "--json";
        withJson[arguments.length + 1] = "-";
        return JsonParser.parseString(text(withJson)).getAsJsonObject();
    }

    /**
     * Asserts that a command is rejected with this exit code and line, and prints nothing else except how to get help.
     */
    public static void assertRefused(int exitCode, String line, String... arguments) {
        Run run = of(arguments);
        String help = exitCode == 2 ? "Try: collapse4j " + arguments[0] + " --help\n" : "";
        assertEquals(line + "\n" + help, run.err.replace(System.lineSeparator(), "\n"));
        assertEquals("", run.out);
        assertEquals(exitCode, run.exitCode);
    }
}
