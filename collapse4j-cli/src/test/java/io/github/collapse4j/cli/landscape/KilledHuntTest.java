package io.github.collapse4j.cli.landscape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Separate processes that are killed without warning. */
@Tag("slow")
class KilledHuntTest {
    private static final int KILLS = 20;
    private static final long SEED = 7;

    @TempDir
    private Path folder;

    @Test
    void killedTwentyTimesTheHuntEndsWithTheSameBytes() throws Exception {
        Path expected = folder.resolve("undisturbed.json");
        assertEquals(0, start(expected, folder.resolve("undisturbed")).waitFor());

        Path result = folder.resolve("result.json");
        Path journal = folder.resolve("journal");
        Random random = new Random(SEED);
        int killed = 0;
        List<Long> sizes = new ArrayList<>();
        for (int attempt = 0; killed < KILLS; attempt++) {
            assertTrue(attempt < 4 * KILLS, "the hunt ends before it can be killed");
            Process process = start(result, journal);
            boolean ended = process.waitFor(500 + random.nextInt(900), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            if (ended) {
                // Starts again: the hunt must be under way when it is killed.
                Files.deleteIfExists(result);
                Files.deleteIfExists(folder.resolve("journal.ce"));
            } else {
                killed++;
                sizes.add(size(folder.resolve("journal.ce")));
            }
            assertTrue(ended || !Files.exists(result), "a killed run leaves no result");
        }
        assertTrue(sizes.stream().distinct().count() > 3, "kills at different moments of the hunt: " + sizes);

        assertEquals(0, start(result, journal).waitFor());
        assertEquals(withoutCommand(expected), withoutCommand(result));
    }

    private static Process start(Path result, Path journal) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "landscape",
                        "--loss",
                        "ce",
                        "--classes",
                        "5",
                        "--long-tail",
                        "30:5",
                        "--starts",
                        "600",
                        "--seed",
                        "3",
                        "--resume",
                        journal.toString(),
                        "--json",
                        result.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .directory(new File("."))
                .start();
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Removes the command, which names files that differ. */
    private static String withoutCommand(Path json) throws IOException {
        return Files.readString(json)
                .lines()
                .filter(line -> !line.contains("\"command\""))
                .reduce("", (text, line) -> text + line + "\n");
    }
}
