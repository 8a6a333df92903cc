package io.github.collapse4j.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.cli.Main;
import io.github.collapse4j.io.image.ImageFolder;
import io.github.collapse4j.io.image.LabelledImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Whole commands on the bundled model, whose README names its source. */
class ModelCommandsTest {
    private static final String EXAMPLE = "../examples/mnist";
    private static final String MODEL = EXAMPLE + "/mnist-cntk.onnx";

    @TempDir
    private Path folder;

    private record Run(int exitCode, String out, String err) {
        static Run of(String... arguments) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            CommandLine commands = Main.commandLine();
            commands.setOut(new PrintWriter(out, true));
            commands.setErr(new PrintWriter(err, true));
            int exitCode = commands.execute(arguments);
            return new Run(exitCode, out.toString(), err.toString());
        }
    }

    private static JsonObject json(Run run) {
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    @Test
    void extractsWhatMeasureAndCertifyRead() throws IOException {
        String out = folder.resolve("run").toString();
        JsonObject extracted = json(Run.of("extract", MODEL, "--input", EXAMPLE, "--out", out, "--json", "-"));
        assertEquals(500, extracted.get("samples").getAsInt());
        assertEquals(256, extracted.get("featureDimension").getAsInt());
        assertEquals(0.986, extracted.get("accuracy").getAsDouble());
        assertEquals(
                "Parameter193 (10×256), Parameter194",
                extracted.get("lastLayer").getAsString());
        assertTrue(extracted.get("logitDifference").getAsDouble()
                < 1e-6 * extracted.get("largestLogit").getAsDouble());
        String direct = measured(Run.of("measure", MODEL, "--input", EXAMPLE, "--json", "-"));
        assertEquals(measured(Run.of("measure", out, "--json", "-")), direct);
        JsonObject certified = json(Run.of("certify", MODEL, "--input", EXAMPLE, "--json", "-"));
        assertEquals(json(Run.of("certify", out, "--json", "-")).get("loss"), certified.get("loss"));
    }

    /** All that does not name the command. */
    private static String measured(Run run) {
        JsonObject json = json(run);
        json.remove("command");
        json.remove("name");
        json.remove("checkpoints");
        return json.toString();
    }

    @Test
    void readsPicturesAsTheSameDigits() throws IOException {
        LabelledImages images = ImageFolder.parts(Path.of(EXAMPLE)).test().orElseThrow();
        for (int i = 0; i < 100; i++) {
            BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            for (int p = 0; p < 784; p++) {
                picture.getRaster().setSample(p % 28, p / 28, 0, images.pixels()[i * 784 + p] & 0xFF);
            }
            Path file = folder.resolve("pictures/" + images.labels()[i] + "/" + i + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(picture, "png", file.toFile());
        }
        String pictures = folder.resolve("pictures").toString();
        String out = folder.resolve("run").toString();
        Run run = Run.of("extract", MODEL, "--input", pictures, "--out", out);
        assertEquals("", run.err());
        assertTrue(run.out().contains("99.00 %, 99 of 100"), run.out());
        assertTrue(Files.exists(folder.resolve("run/labels.npy")));
    }

    @Test
    void suggestsTheNormalisationThatItWasTrainedWith() {
        // an offset of half the range, which the model has never seen
        Run run = Run.of("measure", MODEL, "--input", EXAMPLE, "--scale", "1/255", "--mean", "0.9", "--std", "0.01");
        assertEquals(0, run.exitCode());
        assertTrue(run.err().startsWith("measure: The normalisation looks wrong: with "), run.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "certify MODEL | 2 | Expected --input DATA, which MODEL is to be run on",
                "certify --input DATA | 2 | Expected MODEL.onnx with --input, found no model",
                "measure run --preset mnist | 2 | Expected MODEL.onnx and --input DATA with --preset",
                "certify MODEL --input DATA --weights w.npy | 2 | Expected no --weights with MODEL and --input",
                "extract MODEL --out OUT | 2 | Missing required option: '--input=DATA'",
                "extract MODEL --input DATA | 2 | Missing required option: '--out=DIR'",
                "extract missing.onnx --input DATA --out OUT | 1 | missing.onnx: no such file or folder",
                "extract MODEL --input missing --out OUT | 1 | missing: no such file or folder",
                "extract MODEL --input DATA --part train --out OUT | 1 | expected training images as --part says",
                "extract MODEL --input DATA --scale 255 --out OUT | 1 | --scale: expected a factor for pixels",
                "extract MODEL --input DATA --mean 1,2,3 --out OUT | 1 | expected a number, or one for each of 1 channels",
                "extract MODEL --input DATA --batch 8 --out OUT | 1 | --batch: expected 1",
                "extract MODEL --input DATA --crop 32 --out OUT | 1 | --crop: expected 28",
                "extract MODEL --input DATA --mean NaN --out OUT | 2 | expected a finite number, found NaN",
                "extract MODEL --input DATA --scale 1/0 --out OUT | 2 | expected a factor above 0, such as 1/255",
                "extract ../LICENSE --input DATA --out OUT | 1 | LICENSE: expected a model that can be run, MODEL.onnx, found another"
                        + " file name",
                "certify ../collapse4j-io/src/test/resources/torch/script.pt --input DATA | 1 | script.pt: expected a model"
                        + " that can be run, MODEL.onnx, found a PyTorch file: export it with torch.onnx.export(model,",
                "measure ../collapse4j-io/src/test/resources/models/art-fee.keras --input DATA | 1 | found a Keras file:"
                        + " export it with keras.models.load_model('",
                "extract DATA --input DATA --out OUT | 1 | expected a model file, found a folder",
                "extract MODEL --input DATA --labels MODEL --out OUT | 1 | mnist-cntk.onnx"
            })
    void refusesInOneLine(String command, int exitCode, String message) {
        Run run = Run.of(command.replace("MODEL", MODEL)
                .replace("DATA", EXAMPLE)
                .replace("OUT", folder.resolve("out").toString())
                .split(" ", -1));
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.err().contains(message.replace("which MODEL", "which " + MODEL)), run.err());
        assertEquals(exitCode, run.err().lines().count(), run.err());
        assertFalse(run.err().contains("Exception"), run.err());
    }
}
