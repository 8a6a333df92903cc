package io.github.collapse4j.cli.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.cli.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstStepsTest {

    /** All forms of the sample are the same layer, the bundled one. */
    @Test
    void commandsReadTheSample(@TempDir Path folder) throws IOException {
        assertTrue(Run.text("sample", "--out", folder.toString()).contains("collapse4j certify " + folder));
        JsonObject bundled = Run.json("certify");
        for (String form : new String[] {"layer", "run.npz"}) {
            JsonObject layer = Run.json("certify", folder.resolve(form).toString());
            assertEquals(bundled.get("objective"), layer.get("objective"), form);
            assertEquals(bundled.get("lowerBound"), layer.get("lowerBound"), form);
        }
        JsonObject table = Run.json("measure", folder.resolve("features.csv").toString(), "--label-column", "label");
        JsonObject arrays = Run.json("measure", folder.resolve("run.npz").toString());
        assertEquals(8000, table.get("samples").getAsInt());
        List<String> records = Files.readAllLines(folder.resolve("features.jsonl"));
        assertEquals(8000, records.size());
        JsonObject first = JsonParser.parseString(records.get(0)).getAsJsonObject();
        String row = Files.readAllLines(folder.resolve("features.csv")).get(1);
        assertEquals(
                "[" + row.substring(row.indexOf(',') + 1) + "]",
                first.get("features").toString());
        // shortest decimals of single precision
        assertEquals(arrays.get("nc1").getAsDouble(), table.get("nc1").getAsDouble(), 1e-8);
    }

    /** A series of checkpoints, which README measures. */
    @Test
    void theSampleHasATraining(@TempDir Path folder) {
        Run.text("sample", "--out", folder.toString());
        String text = Run.text(
                "measure", "--series", folder.resolve("run").resolve("epoch*").toString());
        assertTrue(
                Pattern.compile("(?m)^ +epoch001 .*\\n +epoch010 .*\\n +epoch150 ")
                        .matcher(text)
                        .find(),
                text);
        JsonObject last =
                Run.json("measure", folder.resolve("run").resolve("epoch150").toString());
        JsonObject layer = Run.json("measure", folder.resolve("layer").toString());
        assertEquals(layer.get("nc1").getAsDouble(), last.get("nc1").getAsDouble(), 1e-13);
    }

    @Test
    void bibliographyHasTheMainPaper() {
        assertTrue(Run.text("cite").contains("arXiv:2407.10702"));
    }

    /** The launcher starts it, but the overview, the help and shells know it. */
    @Test
    void sparkIsInTheList() {
        assertTrue(Run.text().contains("\n  spark "), Run.text());
        assertTrue(Run.text("help", "spark").contains("The launcher starts it"));
        for (String shell : new String[] {"bash", "fish"}) {
            assertTrue(Run.text("completion", shell).contains("spark"), shell);
        }
        Run.assertRefused(
                2,
                "collapse4j spark: expected the launcher, which finds Spark, found its jar alone; start ./collapse4j spark"
                        + " measure --format json",
                "spark",
                "measure",
                "--format",
                "json");
    }

    @Test
    void defaultsAreReadable() {
        assertTrue(Run.text("solve", "--help").contains("(default: 0.0005)"));
        assertTrue(Run.text("solve", "--help").contains("(default: 1e-5)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void completionsNameCommandsAndOptions(String shell) {
        String script = Run.text("completion", shell);
        assertTrue(script.contains("certify"), script);
        for (String command : new String[] {"certify", "solve", "plan", "landscape", "measure", "train", "extract"}) {
            Matcher option = Pattern.compile("(?m)^ +(?:-\\w, +)?--([a-z-]+)").matcher(Run.text(command, "--help"));
            while (option.find()) {
                assertTrue(script.contains(option.group(1)), () -> command + " --" + option.group(1));
            }
        }
    }

    @Test
    void bashReadsItsCompletion(@TempDir Path folder) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("completion"), Run.text("completion", "bash"));
        Process process = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals("", output);
        assertEquals(0, process.exitValue());
    }

    @Test
    void anUnknownShellIsRefused() {
        Run.assertRefused(
                2,
                "collapse4j completion: Invalid value for positional parameter at index 0 (SHELL): expected one of"
                        + " [bash, zsh, fish] (case-insensitive) but was 'ksh'",
                "completion",
                "ksh");
    }
}
