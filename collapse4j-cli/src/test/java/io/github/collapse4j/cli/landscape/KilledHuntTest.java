package io.github.collapse4j.cli.landscape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Separate processes that are killed without warning. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class KilledHuntTest {
    private static final int KILLS = 20;
    private static final int STARTS = 200;
    /** The most that the journal grows, in bytes, before a kill; about ten starts. */
    private static final int GROWTH = 1500;

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
            long wanted = size(folder.resolve("journal.ce")) + random.nextInt(GROWTH);
            while (process.isAlive() && size(folder.resolve("journal.ce")) <= wanted) {
                Thread.sleep(2);
            }
            boolean ended = process.waitFor(random.nextInt(50), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            if (Files.exists(result)) {
                assertEquals(withoutCommand(expected), withoutCommand(result), "a result is complete");
                // Starts again: the hunt must be under way when it is killed.
                Files.delete(result);
                Files.delete(folder.resolve("journal.ce"));
            } else {
                assertFalse(ended, "a run that ends leaves a result");
                killed++;
                sizes.add(size(folder.resolve("journal.ce")));
            }
        }
        assertTrue(sizes.stream().distinct().count() > 3, "kills at different moments of the hunt: " + sizes);

        assertEquals(0, start(result, journal).waitFor());
        assertEquals(withoutCommand(expected), withoutCommand(result));
    }

    private static Process start(Path result, Path journal) throws IOException {
        return new ProcessBuilder(Program.command(
                        "landscape",
                        "--loss=ce",
                        "--classes=5",
                        "--long-tail=30:5",
                        "--starts=" + STARTS,
                        "--seed=3",
                        "--resume=" + journal,
                        "--json=" + result))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
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
                .collect(Collectors.joining("\n"));
    }
}
