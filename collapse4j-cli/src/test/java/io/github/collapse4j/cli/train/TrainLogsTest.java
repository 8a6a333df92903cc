package io.github.collapse4j.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.testkit.MlflowStub;
import io.github.collapse4j.testkit.TensorBoardReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code train} writes for other programs while it runs. */
@Tag("heavy")
class TrainLogsTest {
    @TempDir
    private Path folder;

    @Test
    void endsAtAGapAndWritesEventFiles() throws IOException {
        // measured after every epoch; a gap is never above 1
        String train = "train --dims 9 --heads learned --epochs 50 --stop-gap 0.99 --tensorboard " + folder;
        String text = Run.text(train.split(" ", -1));
        assertTrue(text.contains("ended after epoch 1 of 50"), text);
        try (Stream<Path> files = Files.list(folder.resolve("learned-d9-s0"))) {
            List<TensorBoardReader.Event> events =
                    TensorBoardReader.read(files.findFirst().orElseThrow());
            assertEquals(3, events.size());
            assertTrue(
                    events.get(2)
                            .scalars()
                            .keySet()
                            .containsAll(
                                    List.of("collapse/nc1", "collapse/relativeGap", "train/loss", "test/accuracy")),
                    events.toString());
        }
    }

    /** A resumed training continues its run, an extended one starts another with all epochs. */
    @Test
    void logsToAnMlflowServer() throws IOException {
        try (MlflowStub server = new MlflowStub()) {
            String train = "train --long-tail 20:5 --dims 9 --heads learned --batch 32 --out " + folder + " --mlflow "
                    + server.address() + " --epochs ";
            JsonObject result = Run.json((train + 2).split(" "));
            Run.text((train + 2).split(" "));
            assertEquals(List.of("run0"), List.copyOf(server.runs().keySet()));
            MlflowStub.Run run = server.created("run0");
            assertEquals("learned-d9-s0", run.name());
            assertEquals("collapse4j", run.experiment());
            assertEquals(List.of("RUNNING", "FINISHED", "RUNNING", "FINISHED"), run.statuses());
            assertEquals("9", run.params().get("featureDimension"));
            assertEquals("0.005", run.params().get("lambdaW"));
            assertEquals("2", run.params().get("epochs"));
            JsonObject epochs =
                    result.getAsJsonArray("networks").get(0).getAsJsonObject().getAsJsonObject("epochs");
            for (String figure : List.of("nc1", "nc2", "nc3", "loss", "relativeGap")) {
                JsonArray curve = epochs.getAsJsonArray(figure);
                assertEquals(
                        Map.of(1L, curve.get(0).getAsDouble(), 2L, curve.get(1).getAsDouble()),
                        run.metrics().get("collapse/" + figure),
                        figure);
            }
            assertEquals(2, run.metric("test/accuracy").size());
            assertEquals(11, run.metrics().size());

            Run.text((train + 3).split(" "));
            MlflowStub.Run extended = server.created("run1");
            assertEquals("3", extended.params().get("epochs"));
            assertEquals(Set.of(1L, 2L, 3L), extended.metric("collapse/nc1").keySet());
        }
    }

    /** The training is what counts: its results are printed, then the failure, as a failure. */
    @Test
    void aServerThatFailsLosesNoTraining() throws IOException {
        try (MlflowStub server = new MlflowStub()) {
            String[] train = ("train --long-tail 20:5 --dims 9 --heads learned --epochs 2 --mlflow " + server.address())
                    .split(" ");
            server.failNext(1);
            Run refused = Run.of(train);
            assertEquals(1, refused.exitCode());
            assertEquals("", refused.out());
            server.failAfter(4, 100); // the experiment, the run and its parameters
            Run run = Run.of(train);
            assertEquals(1, run.exitCode());
            assertTrue(run.out().contains("learned, d = 9"), run.out());
            assertTrue(
                    run.err()
                            .endsWith("collapse4j train: MLflow at " + server.address()
                                    + ": runs/log-batch: expected status 200, found 500:"
                                    + " {\"error_code\":\"INTERNAL_ERROR\"}\n"),
                    run.err());
        }
    }
}
