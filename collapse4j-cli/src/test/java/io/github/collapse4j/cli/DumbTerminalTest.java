package io.github.collapse4j.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("heavy")
class DumbTerminalTest {
    /** Neither colours nor bars, which need a cursor. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "its script(1) runs a command on a terminal")
    void aTerminalWithoutEscapesGetsNone() throws Exception {
        assertTrue(shown("xterm").contains("\u001b["));
        assertFalse(shown("dumb").contains("\u001b["));
    }

    private static String shown(String terminal) throws Exception {
        List<String> program = Program.command("sample", "--help");
        String command = program.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder("script", "-qec", command, "/dev/null");
        builder.environment().put("TERM", terminal);
        builder.environment().remove("NO_COLOR");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return output;
    }
}
