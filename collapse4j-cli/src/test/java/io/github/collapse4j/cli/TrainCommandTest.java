package io.github.collapse4j.cli;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.data.FeatureSamples;
import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.LastLayerFiles;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.MeasureOptions;
import io.github.collapse4j.stats.LinearClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsExportedMeasuresAsTheListenerSaid() throws IOException {
        String out = folder.toString();
        JsonObject result = Run.json("train", "--dims", "10,12", "--epochs", "8", "--seeds", "3", "--out", out);
        JsonArray networks = result.getAsJsonArray("networks");
        assertEquals(4, networks.size());
        double lambdaW = result.getAsJsonObject("recipe").get("lambdaW").getAsDouble();
        double lambdaH = result.getAsJsonObject("recipe").get("lambdaH").getAsDouble();
        for (int i = 0; i < 4; i++) {
            JsonObject network = networks.get(i).getAsJsonObject();
            Path files = folder.resolve(network.get("name").getAsString());
            LastLayer layer = LastLayerFiles.read(
                    ArrayFile.open(files.resolve("features.npy").toString()),
                    ArrayFile.open(files.resolve("labels.npy").toString()),
                    ArrayFile.open(files.resolve("weights.npy").toString()),
                    ArrayFile.open(files.resolve("bias.npy").toString()));
            CollapseMeasurement measured = new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT)
                    .measure(
                            new FeatureSamples(layer.features(), layer.labels(), 10),
                            Optional.of(new LinearClassifier(layer.classifier(), layer.bias())),
                            Optional.empty());
            // the digits are few, so the last epoch was measured with all of them
            JsonObject epochs = network.getAsJsonObject("epochs");
            CollapseMeasurement.ClassifierGeometry geometry =
                    measured.classifier().orElseThrow();
            double tolerance = 1e-6;
            assertClose(measured.variability().trace().orElseThrow(), last(epochs, "nc1"), tolerance, "NC1");
            // of a fixed simplex it is nothing but the round-off of float32
            assertClose(geometry.etfDistance().orElseThrow(), last(epochs, "nc2"), tolerance, 1e-9, "NC2");
            assertClose(geometry.selfDuality().orElseThrow(), last(epochs, "nc3"), tolerance, "NC3");
            assertClose(
                    measured.decisions().orElseThrow().agreementWithBias().orElseThrow(),
                    last(epochs, "nc4"),
                    tolerance,
                    "NC4");
            JsonObject certificate = Run.json(
                    "certify",
                    files.resolve("features.npy").toString(),
                    files.resolve("labels.npy").toString(),
                    "--weights",
                    files.resolve("weights.npy").toString(),
                    "--bias",
                    files.resolve("bias.npy").toString(),
                    "--lambda-w",
                    Double.toString(lambdaW),
                    "--lambda-h",
                    Double.toString(lambdaH));
            assertClose(
                    certificate.get("relativeGap").getAsDouble(),
                    network.getAsJsonObject("final").get("relativeGap").getAsDouble(),
                    tolerance,
                    "certified gap");
            assertTrue(Files.exists(files.resolve("checkpoint.bin")));
            assertEquals(8, Files.readAllLines(files.resolve("epochs.jsonl")).size());
        }
    }

    private static double last(JsonObject epochs, String figure) {
        JsonArray curve = epochs.getAsJsonArray(figure);
        return curve.get(curve.size() - 1).getAsDouble();
    }

    @Test
    void printsATableAndWritesAPage() throws IOException {
        Path page = folder.resolve("page.html");
        String text = Run.text(
                "train", "--dims", "9", "--epochs", "2", "--loss", "mse", "--rate", "0.01", "--html", page.toString());
        for (String part : List.of("learned, d = 9", "fixed ETF, d = 9", "optimiser state", "Page written to")) {
            assertTrue(text.contains(part), text);
        }
        assertFalse(text.contains("NaN"), text);
        assertTrue(Files.readString(page).contains("fixed ETF, d = 9"));
    }

    @Test
    void tellsWhatToDoWhereItDiverges() {
        String text = Run.text("train", "--dims", "9", "--heads", "learned", "--epochs", "1", "--rate", "100");
        assertTrue(text.contains("given up in epoch 1"), text);
        assertTrue(text.contains("try a learning rate of 10"), text);
    }

    @Test
    void refusesWhatCannotBe() {
        Run.assertRefused(
                1,
                "collapse4j train: --dims 8: expected at least K − 1 = 9 for a fixed simplex ETF (or --heads learned)",
                "train",
                "--dims",
                "8");
        Run.assertRefused(
                1,
                "collapse4j train: " + folder.resolve("none") + ": no such folder",
                "train",
                "--data",
                folder.resolve("none").toString());
        Run.assertRefused(
                2,
                "collapse4j train: --weight-decay: expected it alone or --lambda-w, --lambda-h and --lambda-b",
                "train",
                "--weight-decay",
                "1e-4",
                "--lambda-w",
                "1e-3");
    }
}
