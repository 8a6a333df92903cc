package io.github.collapse4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.file.AtomicFile;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.testkit.Seeded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Commands in separate processes that are told to end at a random moment. */
@Execution(ExecutionMode.CONCURRENT)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
@Tag("heavy")
class InterruptedTest {
    /** Two seconds are promised on an idle machine; a program that does not heed a signal never ends. */
    private static final long MAX_SECONDS = 30;

    private static final long SEED = 5;

    /** Background processes of a script inherit that SIGINT and SIGHUP are ignored; this undoes it. */
    private static final String HEEDING = "if env --default-signal=INT true 2>/dev/null; then"
            + " exec env --default-signal=INT,HUP,TERM \"$@\"; else exec \"$@\"; fi";

    @TempDir
    private Path folder;

    @Test
    void anInterruptedSolveEnds() throws Exception {
        String out = folder.resolve("out").toString();
        assertEnds(
                "TERM", 143, "solve", "--classes", "1000", "--long-tail", "1280:5", "--lambda-h", "1e-7", "--out", out);
        assertEnds("INT", 130, "solve", "--classes", "3000", "--long-tail", "9000:1", "--lambda-h", "1e-7");
    }

    @Test
    void anInterruptedTrainingEnds() throws Exception {
        String json = folder.resolve("train.json").toString();
        String out = folder.resolve("networks").toString();
        assertEnds("TERM", 143, "train", "--epochs", "5000", "--heads", "learned", "--json", json, "--out", out);
        String others = folder.resolve("others").toString(); // in the same folder it would resume, and say so
        assertEnds("INT", 130, "train", "--epochs", "5000", "--heads", "learned", "--json", json, "--out", others);
    }

    /** Killed while its files are half-written. */
    @Test
    void anInterruptedCompressionLeavesNoFiles() throws Exception {
        int rows = 40_000;
        int d = 256;
        Path features = folder.resolve("features.npy");
        Path weights = folder.resolve("weights.npy");
        NpyWriter floats = new NpyWriter(NpyWriter.Type.FLOAT32);
        floats.writeMatrix(features, gaussian(rows * d), rows, d, NpyWriter.Layout.ROW_MAJOR);
        floats.writeMatrix(weights, gaussian(200 * d), 200, d, NpyWriter.Layout.ROW_MAJOR);
        for (String signal : List.of("TERM", "HUP")) {
            assertEnds(
                    signal,
                    signal.equals("TERM") ? 143 : 129,
                    "compress",
                    features.toString(),
                    "--weights",
                    weights.toString(),
                    "--out",
                    folder.resolve("small").toString());
        }
    }

    /** Loses its files before it ends, and must not complain about that. */
    @Test
    void aWritingProgramEndsSilently() throws Exception {
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writing.class.getName(),
                        folder.toString())
                .redirectError(errors.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals("", Files.readString(errors));
            assertEquals(143, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Writes a file again and again, and signals itself to end. */
    static final class Writing {
        private Writing() {}

        public static void main(String[] folder) throws IOException {
            Interruption.prepare();
            new ProcessBuilder(
                            "sh",
                            "-c",
                            "kill -s TERM " + ProcessHandle.current().pid())
                    .start();
            try {
                while (true) {
                    AtomicFile.writeString(Path.of(folder[0], "file"), "text");
                }
            } catch (IOException e) {
                System.exit(Failures.report(e, "writing", new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
            }
        }
    }

    /** Someone who presses Ctrl-C is told what became of it, also where a command shows no bar. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "its script(1) runs a command on a terminal")
    void anInterruptedProgramSaysWhatWasKept() throws Exception {
        String command = Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Waiting.class.getName())
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        Process process = new ProcessBuilder("sh", "-c", HEEDING, "sh", "script", "-qec", command, "/dev/null")
                .redirectErrorStream(true)
                .start();
        try {
            BufferedReader screen = process.inputReader(StandardCharsets.UTF_8);
            assertEquals(Waiting.READY, screen.readLine());
            process.getOutputStream().write(3); // Ctrl-C
            process.getOutputStream().flush();
            String farewell = screen.lines().collect(Collectors.joining("\n"));
            assertTrue(farewell.contains("Interrupted. Nothing was kept: the same command starts again."), farewell);
            assertTrue(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS));
            assertEquals(130, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    /** Computes for a long time, and shows no bar. */
    static final class Waiting {
        static final String READY = "ready";

        private Waiting() {}

        public static void main(String[] none) throws InterruptedException {
            Interruption.prepare();
            System.out.println(READY);
            Thread.sleep(TimeUnit.MINUTES.toMillis(2));
        }
    }

    private static double[] gaussian(int count) {
        Random random = new Random(SEED);
        return IntStream.range(0, count).mapToDouble(i -> random.nextGaussian()).toArray();
    }

    private void assertEnds(String signal, int exitCode, String... arguments) throws Exception {
        Seeded seeded = Seeded.of(SEED);
        Path errors = folder.resolve("errors");
        Process process = Program.shell(HEEDING, errors, arguments);
        long moment = 1500L + new Random(SEED + exitCode).nextInt(1500);
        if (process.waitFor(moment, TimeUnit.MILLISECONDS)) {
            // a fast machine: there is nothing left to interrupt
            assertEquals(0, process.exitValue(), Files.readString(errors));
            return;
        }
        new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + process.pid())
                .start()
                .waitFor();
        try {
            assertTrue(
                    process.waitFor(MAX_SECONDS, TimeUnit.SECONDS),
                    signal + " after " + moment + " ms: " + List.of(arguments) + " goes on; " + seeded);
            assertEquals(exitCode, process.exitValue(), Files.readString(errors));
            String kept = "Interrupted. Complete epochs are kept in " + arguments[arguments.length - 1]
                    + ": the same command goes on after them.\n";
            String said = Files.readString(errors);
            assertTrue(said.isEmpty() || (arguments[0].equals("train") && said.equals(kept)), said);
        } finally {
            process.destroyForcibly();
        }
        assertFalse(hasHiddenFiles(), "unfinished files are left");
    }

    private boolean hasHiddenFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(".collapse4j-"));
        }
    }
}
