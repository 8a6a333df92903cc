package io.github.collapse4j.cli.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Trainings in separate processes that are killed without warning (SIGKILL) and restarted. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class KilledTrainTest {
    private static final int KILLS = 6;
    /** Enough that no training finishes before it is killed, however late that is noticed. */
    private static final int EPOCHS = 100;

    private static final long SEED = 11;
    private static final Pattern RESUMES = Pattern.compile("learned, d = 10 resumes after epoch (\\d+)");

    @TempDir
    private Path folder;

    /** The network is trained on one thread, so the order of sums is fixed and the bits are equal. */
    @Test
    void aKilledTrainingLosesAtMostOneEpochAndEndsTheSame() throws Exception {
        Training undisturbed = new Training(folder.resolve("undisturbed"));
        assertEquals(0, undisturbed.start().waitFor(), undisturbed::errors);

        Training killed = new Training(folder.resolve("killed"));
        Random random = new Random(SEED);
        List<Integer> reported = new ArrayList<>(List.of(0));
        for (int kill = 0; kill < KILLS; kill++) {
            int before = reported.get(kill);
            Process process = killed.start();
            killed.awaitEpoch(before + 1 + random.nextInt(3), process);
            Thread.sleep(random.nextInt(100));
            assertTrue(process.isAlive(), "seed " + SEED + ": it has ended before it could be killed");
            process.destroyForcibly().waitFor();
            assertTrue(Files.notExists(killed.result()), "a killed training leaves no result");
            assertTrue(Files.notExists(killed.network().resolve("features.npy")));
            killed.assertWentOnFrom(before);
            reported.add(killed.reportedEpochs());
        }

        assertEquals(0, killed.start().waitFor(), killed::errors);
        killed.assertWentOnFrom(reported.get(KILLS));
        assertEquals(undisturbed.figures(), killed.figures());
        for (String name : List.of(
                "epochs.jsonl",
                "features.npy",
                "labels.npy",
                "weights.npy",
                "bias.npy",
                "test_features.npy",
                "test_labels.npy",
                "checkpoint.bin")) {
            assertArrayEquals(
                    Files.readAllBytes(undisturbed.network().resolve(name)),
                    Files.readAllBytes(killed.network().resolve(name)),
                    name);
        }
    }

    /** A training and its files. */
    private record Training(Path folder) {
        private Path result() {
            return folder.resolve("result.json");
        }

        private Path network() {
            return folder.resolve("learned-d10-s0");
        }

        private Path errorFile() {
            return folder.resolve("errors");
        }

        private Process start() throws IOException {
            Files.createDirectories(folder);
            return new ProcessBuilder(Program.command(
                            "train",
                            "--dims=10",
                            "--heads=learned",
                            "--epochs=" + EPOCHS,
                            "--out=" + folder,
                            "--json=" + result()))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(errorFile().toFile())
                    .start();
        }

        /** The epochs reported as finished; the report is complete at any moment. */
        private int reportedEpochs() throws IOException {
            Path file = network().resolve("epochs.jsonl");
            if (Files.notExists(file)) {
                return 0;
            }
            String text = Files.readString(file);
            assertTrue(text.endsWith("}\n"), text);
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                JsonObject epoch = JsonParser.parseString(lines.get(i)).getAsJsonObject();
                assertEquals(i + 1, epoch.get("epoch").getAsInt());
            }
            return lines.size();
        }

        private void awaitEpoch(int epoch, Process process) throws IOException, InterruptedException {
            while (reportedEpochs() < epoch) {
                if (!process.isAlive()) {
                    fail("it has ended before epoch " + epoch + ": " + errors());
                }
                Thread.sleep(2);
            }
        }

        /** Asserts that it found a complete checkpoint, with every previously reported epoch and at most one more. */
        private void assertWentOnFrom(int reportedBefore) {
            Matcher matcher = RESUMES.matcher(errors());
            int done = matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
            assertTrue(
                    done >= reportedBefore && done <= reportedBefore + 1,
                    "reported " + reportedBefore + ", found " + done + "; " + errors());
        }

        private String errors() {
            try {
                return Files.readString(errorFile());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        /** All measured figures, to the last digit, without the command (which names the folder), times and memory. */
        private String figures() throws IOException {
            JsonObject json = JsonParser.parseString(Files.readString(result())).getAsJsonObject();
            json.remove("command");
            JsonObject network = json.getAsJsonArray("networks").get(0).getAsJsonObject();
            assertFalse(network.remove("costs").isJsonNull());
            assertEquals(
                    EPOCHS,
                    network.getAsJsonObject("epochs").getAsJsonArray("nc1").size());
            return json.toString();
        }
    }
}
