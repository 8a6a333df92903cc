package io.github.collapse4j.cli.train;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.npy.NpyFile;
import io.github.collapse4j.io.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("heavy")
class TrainCommandTest {
    @TempDir
    private Path folder;

    /**
     * Measuring the written files gives the figures of the table and, if the last epoch was measured on all images (as
     * here, with few features), those of the listener.
     */
    @ParameterizedTest
    @CsvSource({
        "'--epochs 6 --seeds 3', true",
        "'--epochs 3 --loss mse --label-smoothing 0.1 --rate 0.01 --weight-decay 1e-3 --no-bias', false"
    })
    void measureAndCertifyReproduceTheListenersFigures(String options, boolean explicit) {
        // of 1,390 images, an epoch is measured on 1,170 at d = 512
        String train = "train --dims 10,512 --heads learned,etf " + options + " --out " + folder;
        JsonObject result = Run.json(train.split(" ", -1));
        JsonArray networks = result.getAsJsonArray("networks");
        assertEquals(4, networks.size());
        for (int i = 0; i < 4; i++) {
            JsonObject network = networks.get(i).getAsJsonObject();
            Path files = folder.resolve(network.get("name").getAsString());
            JsonObject last = network.getAsJsonObject("final");
            assertFiguresAreThoseOfFiles(files, result.getAsJsonObject("recipe"), explicit, last);
            if (network.get("featureDimension").getAsInt() == 10) {
                JsonObject listener = new JsonObject();
                network.getAsJsonObject("epochs").asMap().forEach((figure, curve) -> {
                    JsonArray values = curve.getAsJsonArray();
                    listener.add(figure, values.get(values.size() - 1));
                });
                assertFiguresAreThoseOfFiles(files, result.getAsJsonObject("recipe"), explicit, listener);
            }
        }
    }

    private static void assertFiguresAreThoseOfFiles(
            Path files, JsonObject recipe, boolean explicit, JsonObject figures) {
        assertEquals(recipe.get("bias").getAsBoolean(), Files.exists(files.resolve("bias.npy")));
        JsonObject measured = Run.json("measure", files.toString());
        JsonObject certified = Run.json("certify", files.toString());
        assertEquals(recipe.get("loss"), certified.get("loss"));
        assertEquals(recipe.get("lossOptions"), certified.get("lossOptions"));
        assertEquals(1390, measured.get("samples").getAsInt());
        assertTrue(!explicit || certified.get("relativeGap").isJsonPrimitive());
        // float32 is written as trained: only the order of sums differs
        assertSame(measured, "nc1", figures, "nc1");
        assertSame(measured, "nc2Weights", figures, "nc2");
        assertSame(measured, "nc3", figures, "nc3");
        assertSame(measured, "nc4AgreementWithBias", figures, "nc4");
        assertSame(certified, "lossValue", figures, "loss");
        assertSame(certified, "accuracy", figures, "accuracy");
        assertSame(certified, "mu", figures, "mu");
        assertSame(certified, "sigmaOverMu", figures, "sigmaOverMu");
        assertSame(certified, "relativeGap", figures, "relativeGap");
    }

    private static void assertSame(JsonObject command, String key, JsonObject figures, String figure) {
        if (command.get(key).isJsonNull()) {
            // implied penalties that are not positive
            assertTrue(figures.get(figure).isJsonNull(), figure);
            return;
        }
        assertClose(
                command.get(key).getAsDouble(),
                figures.get(figure).getAsDouble(),
                1e-11,
                figure.equals("nc2") ? 1e-14 : 0, // for a fixed simplex, only the round-off of float32
                figure);
    }

    /** By the printed command, from the folder alone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--label-smoothing 0.1 --class-weights balanced --lambda-b 0.01",
                "--loss bce --pos-weight 3 --label-smoothing 0.05",
                "--logit-adjustment 1 --margins ldam:0.5 --no-bias",
                "--weight-decay 1e-3",
                "--weight-decay 1e-3 --no-bias --label-smoothing 0.1"
            })
    void certifyJudgesByTheLossThatWasTrained(String options) throws IOException {
        String train = "train --long-tail 100:10 --dims 9 --heads learned --epochs 2 " + options + " --out " + folder;
        Path json = folder.resolve("train.json");
        String text = Run.text((train + " --json " + json).split(" ", -1));
        JsonObject result = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        JsonObject last =
                result.getAsJsonArray("networks").get(0).getAsJsonObject().getAsJsonObject("final");
        Path files = folder.resolve("learned-d9-s0");
        List<String> printed = text.lines().toList();
        String command = printed.get(printed.size() - 1).strip();
        assertEquals("collapse4j certify " + files, command, text);

        JsonObject certified = Run.json("certify", files.toString());
        for (String figure : List.of("mu", "sigmaOverMu", "relativeGap", "accuracy")) {
            assertSame(certified, figure, last, figure);
        }
        assertSame(certified, "lossValue", last, "loss");
        assertEquals(result.getAsJsonObject("recipe").get("lossOptions"), certified.get("lossOptions"));
        assertEquals(!options.contains("--no-bias"), certified.get("lambdaB").isJsonPrimitive());
        Files.delete(files.resolve("objective.json"));
        assertNotEquals(last.get("mu"), Run.json("certify", files.toString()).get("mu"));
    }

    /** Teacher and student as in distillation, or sets of labels: the order is that of the written features. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--weight-decay 1e-3", "--loss bce --no-bias"})
    void targetsAreTrainedOnAndCertified(String options) throws IOException {
        Path targets = folder.resolve("targets.npy");
        Run.text(("train --long-tail 20:5 --dims 9 --heads learned --epochs 1 --out " + folder).split(" "));
        int[] labels;
        try (NumericArray array = NpyFile.open(folder.resolve("learned-d9-s0/labels.npy"))) {
            labels = new int[(int) array.vector().length()];
            long[] read = new long[labels.length];
            array.vector().readLongs(0, read.length, read);
            Arrays.setAll(labels, i -> (int) read[i]);
        }
        double[] rows = new double[labels.length * 10];
        for (int i = 0; i < labels.length; i++) {
            double share = 0.1 + 0.05 * (i % 7); // seven targets for each class, and none for all of them
            boolean isSet = options.contains("bce");
            rows[10 * i + labels[i]] = isSet ? Math.min(1, i % 3) : 1 - share;
            rows[10 * i + (labels[i] + 1) % 10] = isSet ? i % 2 : share;
        }
        new NpyWriter(NpyWriter.Type.FLOAT64).writeMatrix(targets, rows, labels.length, 10, NpyWriter.Layout.ROW_MAJOR);
        Path students = folder.resolve("students");
        String train =
                "train --long-tail 20:5 --dims 9 --heads learned --epochs 3 --targets " + targets + " " + options;
        Path json = folder.resolve("train.json");
        String text = Run.text(
                (train + " --out " + students + " --json " + json).strip().split(" +"));
        JsonObject result = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        JsonObject last =
                result.getAsJsonArray("networks").get(0).getAsJsonObject().getAsJsonObject("final");
        Path files = students.resolve("learned-d9-s0");
        assertTrue(text.contains("collapse4j certify " + files), text);
        assertEquals(
                targets.toString(),
                result.getAsJsonObject("recipe")
                        .getAsJsonObject("lossOptions")
                        .get("targets")
                        .getAsString());
        JsonObject certified = Run.json("certify", files.toString());
        assertSame(certified, "dataLoss", last, "loss");
        assertSame(certified, "accuracy", last, "accuracy");
        assertSame(certified, "objective", last, "objective");
        assertSame(certified, "lowerBound", last, "lowerBound");
        assertSame(certified, "relativeGap", last, "relativeGap");
        String printed = Run.text("certify", files.toString());
        assertTrue(printed.contains(files.resolve("objective.json").toString()), printed);
        assertTrue(printed.contains("targets soft_targets.npy"), printed);
        // options of the loss replace the targets, which are part of it
        String hard = Run.text("certify", files.toString(), "--loss", "ce");
        assertTrue(hard.contains("overridden by options: loss, targets"), hard);
        assertNotEquals(
                last.get("loss"),
                Run.json("certify", files.toString(), "--loss", "ce").get("lossValue"));
        JsonObject again = Run.json("certify", files.toString(), "--targets", targets.toString());
        assertSame(again, "relativeGap", last, "relativeGap");
    }

    /** With what that means said in text and JSON, and the files of the longer training in place of the others. */
    @Test
    void moreEpochsExtendATraining() {
        String train = "train --long-tail 20:5 --dims 9 --heads learned --batch 32 --out " + folder + " --epochs ";
        Run.text((train + 1).split(" "));
        String text = Run.text((train + 2).split(" "));
        assertTrue(
                text.replaceAll("\\s+", " ")
                        .contains("learned, d = 9: extended after epoch 1, from where its learning rate follows the"
                                + " schedule of more epochs: it does not end as a training of as many epochs from the"
                                + " start would."),
                text);
        JsonObject network = Run.json((train + 2).split(" "))
                .getAsJsonArray("networks")
                .get(0)
                .getAsJsonObject();
        assertEquals("[1]", network.get("extendedAfter").toString());
        assertEquals(2, network.getAsJsonObject("epochs").getAsJsonArray("nc1").size());
        JsonObject last = network.getAsJsonObject("final");
        assertSame(Run.json("certify", folder.resolve("learned-d9-s0").toString()), "relativeGap", last, "relativeGap");
        Run.assertRefused(
                1,
                "collapse4j train: " + folder.resolve("learned-d9-s0").resolve("checkpoint.bin")
                        + ": training: expected batch = 64, found batch = 32; choose another folder, or remove it",
                (train + 3).replace("--batch 32", "--batch 64").split(" "));
    }

    @Test
    void refusesTargetsThatDoNotFit() throws IOException {
        Path targets = folder.resolve("targets.npy");
        new NpyWriter(NpyWriter.Type.FLOAT64).writeMatrix(targets, new double[30], 3, 10, NpyWriter.Layout.ROW_MAJOR);
        String[] train = {"train", "--long-tail", "20:5", "--targets", targets.toString()};
        Run.assertRefused(
                1,
                "collapse4j train: " + targets
                        + ": expected targets M×K with a row for each of the 105 training images, found 3×10",
                train);
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(targets, new double[105 * 9], 105, 9, NpyWriter.Layout.ROW_MAJOR);
        Run.assertRefused(
                1, "collapse4j train: " + targets + ": expected targets N×K with K = 10 classes, found 105×9", train);
    }

    @Test
    void aReLUIsJudgedByWhatItCanAttain() {
        JsonObject last = last("train --dims 20 --heads learned --epochs 3 --no-bias --features nonnegative");
        Path files = folder.resolve("nonnegative-learned-d20-s0");
        JsonObject certified = Run.json("certify", files.toString());
        assertSame(certified, "relativeGap", last, "relativeGap");
        assertSame(certified, "gaugeOverMu", last, "gaugeOverMu");
        assertEquals(0, last.get("deadClasses").getAsInt());
        assertEquals(10, last.get("neededWidth").getAsInt());
        JsonObject free = Run.json("certify", files.toString(), "--features", "free");
        assertSame(free, "relativeGap", last, "relativeGapWithoutReLU");
        assertTrue(last.get("relativeGap").getAsDouble()
                < last.get("relativeGapWithoutReLU").getAsDouble() - 0.001);
        assertTrue(Run.json("measure", files.toString()).get("nc2FrameDistance").isJsonPrimitive());
    }

    @Test
    void aCosineHeadIsJudgedWithoutPenalties() {
        JsonObject last = last("train --dims 10 --epochs 3 --features unit --temperature 16");
        Path files = folder.resolve("unit-learned-d10-s0");
        JsonObject certified = Run.json("certify", files.toString(), "--features", "unit", "--temperature", "16");
        assertClose(
                certified.get("relativeGap").getAsDouble(),
                last.get("relativeGap").getAsDouble(),
                1e-6,
                0,
                "gap");
        assertEquals(certified.get("verdict"), last.get("verdict"));
        assertTrue(last.get("mu").isJsonNull());
        assertTrue(last.get("accuracy").getAsDouble() > 0.5, last.toString());
    }

    private JsonObject last(String command) {
        return Run.json((command + " --out " + folder).split(" ", -1))
                .getAsJsonArray("networks")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("final");
    }

    @Test
    void aLongTailKeepsSomeImagesOfEachClass() {
        JsonObject data = Run.json("train --long-tail 139:10 --dims 9 --heads etf --epochs 1".split(" ", -1))
                .getAsJsonObject("data");
        // 139, 103, 77, 57, 43, 32, 24, 17, 13, 10
        assertEquals(515, data.get("train").getAsInt());
        assertEquals("UCI digits, long-tailed 139:10", data.get("name").getAsString());
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
    void advisesOnDivergence() {
        String text = Run.text("train", "--dims", "9", "--heads", "learned", "--epochs", "1", "--rate", "100");
        assertTrue(text.contains("stopped in epoch 1"), text);
        assertTrue(text.contains("the loss was"), text);
        assertTrue(text.contains("try a learning rate of 10,"), text);
        String infinite = Run.text(
                        "train",
                        "--dims",
                        "9",
                        "--heads",
                        "learned",
                        "--epochs",
                        "1",
                        "--rate",
                        "1e30",
                        "--optimizer",
                        "adam")
                .replaceAll("\\s+", " ");
        assertTrue(infinite.contains("numbers were no longer finite: try a learning rate of 1E+29,"), infinite);
    }

    @Test
    void statesItsUsage() {
        String help = Run.text("train", "--help");
        for (String part : List.of(
                "Examples:",
                "  collapse4j train --dims 9,10,64 --heads learned,etf --html train.html",
                "  collapse4j train --data mnist/ --model cnn --epochs 30 --out runs",
                "  collapse4j train --loss mse --seeds 0,1,2 --json -")) {
            assertTrue(help.contains(part), help);
        }
    }
}
