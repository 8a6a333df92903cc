package io.github.collapse4j.cli.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.io.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code solve --prove} and {@code certify --prove} write what {@code verify} proves. */
class BoundProofTest {
    @TempDir
    private Path directory;

    private String file;

    @BeforeEach
    void name() {
        file = directory.resolve("proof.json").toString();
    }

    private String[] words(String command, String... more) {
        return Stream.concat(Arrays.stream(command.split(" ", -1)), Stream.of(more))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "solve --counts 100,50,20,20,100 --lambda-b 0",
                "solve --counts 5,7,9 --loss mse --no-bias --dim 7",
                "solve --classes 40 --long-tail 200:3 --loss mse",
                "solve --groups 900000x1000,100000x5 --lambda-h 1e-15",
            })
    void theGlobalMinimumIsProved(String command) {
        String text = Run.text(words(command, "--prove", file));
        String verified = Run.text("verify", file);
        assertTrue(text.endsWith(verified), text);
        assertTrue(verified.contains("global minimum to within the width"), verified);
        assertTrue(text.contains("proved, round-off included"), text);
        JsonObject json = JsonParser.parseString(Run.text(words(command, "--prove", file, "--json", "-")))
                .getAsJsonObject();
        JsonObject proof = json.getAsJsonObject("proof");
        double objective = json.get("objective").getAsDouble();
        double lower = proof.get("lowerBound").getAsDouble();
        assertEquals(file, proof.get("file").getAsString());
        assertEquals(objective, proof.get("minimumAtMost").getAsDouble(), 1e-13 * objective);
        assertTrue(lower <= objective && objective - lower <= 1e-8 * objective, json::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "solve --counts 100,50,20 --label-smoothing 0.1",
                "solve --counts 100,50,20 --loss bce --pos-weight 2",
                "solve --counts 100,50,20 --loss mse --class-weights 1,2,3",
            })
    void boundsOfTrainedLossesAreTheorems(String command) {
        String text = Run.text(words(command));
        assertTrue(text.contains("proved, round-off included"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "solve --counts 100,50,20 --features nonnegative",
                "solve --counts 5,7,9 --loss mse --no-bias --dim 1 --lambda-h 1e-4",
            })
    void boundsWithoutATheoremSaySo(String command) {
        String text = Run.text(words(command));
        assertTrue(text.contains("certified, to first order in round-off"), text);
    }

    @Test
    void inTooFewDimensionsTheBoundIsProved() {
        String text = Run.text(words("solve --counts 100,50,20 --dim 1 --starts 2 --prove", file));
        assertTrue(text.endsWith(Run.text("verify", file)), text);
        assertTrue(text.contains("No point of any feature dimension has a value below the bound."), text);
    }

    @Test
    void aFileThatCannotBeWrittenIsRefused() {
        String missing = directory.resolve("missing").resolve("proof.json").toString();
        Run run = Run.of(words("solve --counts 100,50,20 --prove", missing));
        assertEquals(1, run.exitCode(), run::err);
        assertTrue(run.err().contains(missing) && run.out().isEmpty(), run.err());
    }

    /** Losses with options: all of them, any bias; the widths are those of the solver. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--label-smoothing 0.1 --class-weights balanced --logit-adjustment -0.5",
                "--margins 0.5,0,1 --lambda-b 0 --class-weights 1,2.5,4",
                "--loss bce --no-bias --pos-weight 1,2,3 --label-smoothing 0.05",
                "--loss bce --lambda-b 0",
                "--loss mse --class-weights 3,1,2 --label-smoothing 0.2",
                "--loss mse --class-weights 3,1,2 --lambda-b 0",
            })
    void theMinimumOfALossWithOptionsIsProved(String options) {
        String solve = "solve --counts 100,50,20 --lambda-h 1e-4 " + options;
        String text = Run.text(words(solve, "--prove", file));
        String verified = Run.text("verify", file);
        assertTrue(text.endsWith(verified), text);
        assertTrue(verified.contains("global minimum to within the width"), verified);
        JsonObject json = JsonParser.parseString(Run.text(words(solve, "--prove", file, "--json", "-")))
                .getAsJsonObject();
        double objective = json.get("objective").getAsDouble();
        double lower = json.getAsJsonObject("proof").get("lowerBound").getAsDouble();
        assertTrue(lower <= objective && objective - lower <= 1e-8 * objective, json::toString);
        String prove = "prove --counts 100,50,20 --lambda-h 1e-4 " + options + " --out " + file + " --theorem ";
        assertTrue(Run.text(words(prove + "global")).contains("global minimum to within the width"));
        assertTrue(Run.text(words(prove + "bound")).contains("No point of any feature dimension"));
    }

    /** More classes than a file can list, in groups of exchangeable ones. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--label-smoothing 0.1 --class-weights balanced --logit-adjustment 0.5",
                "--loss bce --label-smoothing 0.05 --lambda-b 0",
                "--loss mse --class-weights balanced --no-bias"
            })
    void theMinimumOfManyClassesIsProved(String options) {
        String text = Run.text(words("solve --groups 3000x1000,500x5 --lambda-h 1e-12 " + options, "--prove", file));
        String verified = Run.text("verify", file);
        assertTrue(text.endsWith(verified), text);
        assertTrue(verified.replaceAll("\\s+", " ").contains("samples per class 3000×1000, 500×5;"), verified);
        assertTrue(verified.contains("global minimum to within the width"), verified);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--label-smoothing 0.1 --class-weights 1,2,0.5 --logit-adjustment 0.5",
                "--loss bce --pos-weight 1,2,3 --lambda-b 0",
                "--loss mse --class-weights 1,2,0.5 --no-bias"
            })
    void theMinimumOfTargetsIsProved(String options) throws IOException {
        Path targets = directory.resolve("targets.npy");
        double[] rows = {0.75, 0.125, 0.125, 0, 1, 0, 0.25, 0.25, 0.5, 0.5, 0, 0.5};
        new NpyWriter(NpyWriter.Type.FLOAT64).writeMatrix(targets, rows, 4, 3, NpyWriter.Layout.ROW_MAJOR);
        String model = " --counts 90,50,20,7 --lambda-h 1e-4 --targets " + targets + " " + options;
        String text = Run.text(words("solve" + model, "--prove", file));
        String verified = Run.text("verify", file);
        assertTrue(text.endsWith(verified), text);
        assertTrue(verified.replaceAll("\\s+", " ").contains("samples per target 90, 50, 20, 7;"), verified);
        assertTrue(verified.contains("global minimum to within the width"), verified);
        for (String theorem : new String[] {"bound", "global", "saddle"}) {
            Run.text(words("prove --theorem " + theorem + model, "--out", file));
            Run.text("verify", file);
        }
        assertTrue(Run.text(words("solve --dim 1" + model, "--prove", file))
                .contains("No point of any feature dimension"));
    }

    @Test
    void aLayersBoundIsProvedForItsOwnLoss() {
        // The layer was not trained with this loss, so it implies no penalties.
        String certify = "certify --class-weights balanced --label-smoothing 0.1 --lambda-w 5e-4 --lambda-h 1e-5";
        String text = Run.text(words(certify, "--prove", file));
        assertTrue(text.endsWith(Run.text("verify", file)), text);
        assertTrue(text.contains("label smoothing 1/10"), text);
    }

    @Test
    void aLayersBoundIsProved() {
        String text = Run.text("certify", "--prove", file);
        assertTrue(text.endsWith(Run.text("verify", file)), text);
        assertTrue(text.contains("[0.00640396"), text);
    }
}
