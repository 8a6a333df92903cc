package io.github.collapse4j.cli.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code certify} judges a layer by the loss that it was trained with, if it is told. */
class CertifyLossTest {
    private static final String COMMAND = "To certify them: collapse4j ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--label-smoothing 0.1 --class-weights balanced",
                "--class-weights 1,2,4.5",
                "--logit-adjustment 1",
                "--margins ldam:0.5",
                "--loss bce --pos-weight 1,2,4",
                "--loss bce --label-smoothing 0.1 --class-weights balanced",
                "--loss mse --label-smoothing 0.2",
                "--loss mse --class-weights balanced"
            })
    void theOptimumOfALossIsGlobalByThisLossAlone(String options, @TempDir Path directory) {
        String[] solve = ("solve --counts 30,12,5 --lambda-h 1e-3 " + options + " --out " + directory).split(" ");
        String printed = Run.text(solve);
        String[] certify = printed.substring(printed.indexOf(COMMAND) + COMMAND.length())
                .strip()
                .split(" ");
        JsonObject told = Run.json(certify);
        assertEquals(
                "GlobalMinimum",
                told.get("verdict").getAsString(),
                told.get("explanation").getAsString());
        String[] plain = {
            "certify", directory.toString(), "--loss", told.get("loss").getAsString()
        };
        assertNotEquals("GlobalMinimum", Run.json(plain).get("verdict").getAsString());
    }

    private static final String OBJECTIVE = "{\"loss\":\"ce\",\"labelSmoothing\":0.1,\"classWeights\":[1,2,4.5],"
            + "\"lambdaW\":0.0005,\"lambdaH\":0.001,\"lambdaB\":0.02}";

    private static Path optimum(Path directory) throws IOException {
        Run.text(("solve --counts 30,12,5 --lambda-h 1e-3 --lambda-b 0.02 --label-smoothing 0.1 --class-weights 1,2,4.5"
                        + " --out " + directory)
                .split(" "));
        return Files.writeString(directory.resolve("objective.json"), OBJECTIVE);
    }

    @Test
    void theFolderStatesWhatWasTrainedUnlessAnOptionDoes(@TempDir Path directory) throws IOException {
        Path file = optimum(directory);
        String text = Run.text("certify", directory.toString());
        List<String> lines = text.lines().toList();
        assertEquals(
                file + ": cross-entropy, label smoothing 0.1, class weights 1 to 4.5, λ_W = 0.0005, λ_H = 0.001, λ_b ="
                        + " 0.02",
                lines.get(1));
        assertTrue(
                lines.get(3).endsWith("cross-entropy, label smoothing 0.1, class weights 1 to 4.5, with bias"), text);
        assertTrue(text.contains("Globally optimal"), text);

        JsonObject stored = Run.json("certify", directory.toString());
        assertEquals("GlobalMinimum", stored.get("verdict").getAsString());
        assertEquals(0.02, stored.get("lambdaB").getAsDouble());
        assertEquals(
                0.1, stored.getAsJsonObject("lossOptions").get("labelSmoothing").getAsDouble());
        assertEquals(
                stored,
                Run.json(("certify " + directory + " --label-smoothing 0.1 --class-weights 1,2,4.5").split(" ")));
        JsonObject plain = Run.json("certify", directory.toString(), "--loss", "ce");
        assertNull(plain.get("lossOptions"));
        assertEquals(0.0005, plain.get("lambdaW").getAsDouble());
        assertNotEquals("GlobalMinimum", plain.get("verdict").getAsString());
        JsonObject other = Run.json("certify", directory.toString(), "--lambda-w", "0.001");
        assertEquals(0.001, other.get("lambdaW").getAsDouble());
        assertEquals(0.001, other.get("lambdaH").getAsDouble());
        assertNotEquals(
                stored.get("objective"),
                Run.json("certify", directory.toString(), "--lambda-b", "0.01").get("objective"));
    }

    /** Options of the loss without {@code --loss} are of the loss that was trained. */
    @Test
    void theLossItselfStaysThatOfTheFolder(@TempDir Path directory) throws IOException {
        Path file = optimum(directory);
        Files.writeString(file, OBJECTIVE.replace("\"ce\"", "\"bce\""));
        String[] certify = {"certify", directory.toString(), "--label-smoothing", "0.2"};
        String text = Run.text(certify);
        assertTrue(text.contains(file + ": binary cross-entropy, λ_W = 0.0005"), text);
        assertTrue(text.contains("binary cross-entropy, label smoothing 0.2, with bias"), text);
        assertEquals("bce", Run.json(certify).get("loss").getAsString());
        String[] unit = {"certify", directory.toString(), "--features", "unit", "--temperature", "3", "--bias", "none"};
        assertTrue(Run.text(unit).contains("temperature 3"));
    }

    @Test
    void aStoredLossOfOtherClassesIsRefused(@TempDir Path directory) throws IOException {
        Path file = optimum(directory);
        Files.writeString(file, OBJECTIVE.replace("4.5", "4.5,1"));
        Run.assertRefused(
                1,
                "collapse4j certify: " + file + ": class weights: expected one for each of the 3 classes, found 4",
                "certify",
                directory.toString());
        Files.writeString(file, OBJECTIVE.replace("0.1", "x"));
        Run.assertRefused(
                1,
                "collapse4j certify: " + file + ": expected JSON in UTF-8 that states a loss and penalties, found"
                        + " malformed JSON at line 1 column 31 path $.labelSmoothing",
                "certify",
                directory.toString());
    }

    @Test
    void solveReplacesWhatWasStored(@TempDir Path directory) throws IOException {
        Path file = optimum(directory);
        Run.text("solve", "--counts", "5,4", "--out", directory.toString());
        List<String> lines = Run.text("certify", directory.toString()).lines().toList();
        assertEquals(file + ": cross-entropy, λ_W = 0.0005, λ_H = 1e-5, λ_b = 0.01", lines.get(1));
        Run.text("solve --features unit --temperature 4 --counts 5,4 --out "
                .concat(directory.toString())
                .split(" "));
        assertEquals(
                file + ": cross-entropy, unit features, temperature 4",
                Run.text("certify", directory.toString()).lines().toList().get(1));
    }

    /** Weight decay of all parameters: λ_W and λ_b are given, and balance determines λ_H. */
    @Test
    void theFolderMayStateAWeightDecay(@TempDir Path directory) throws IOException {
        Path file = optimum(directory);
        Files.writeString(file, "{\"loss\":\"ce\",\"weightDecay\":0.002}");
        String[] certify = {"certify", directory.toString()};
        assertEquals(
                file + ": cross-entropy, λ_W = 0.002, λ_b = 0.002, λ_H by balance",
                Run.text(certify).lines().toList().get(1));
        JsonObject json = Run.json(certify);
        assertEquals(0.002, json.get("lambdaW").getAsDouble());
        assertEquals(0.002, json.get("lambdaB").getAsDouble());
        assertFalse(json.getAsJsonObject("head").get("isLambdaBAssumed").getAsBoolean());
        assertEquals("balance", json.getAsJsonObject("penalties").get("lambdaH").getAsString());
        // the optimum was solved for with λ_W/λ_H = 1/2, and is balanced
        assertEquals(0.004, json.get("lambdaH").getAsDouble(), 1e-9);

        String[] other = {"certify", directory.toString(), "--lambda-w", "0.001", "--lambda-h", "0.003"};
        String text = Run.text(other);
        assertTrue(text.contains(file + ": cross-entropy, λ_b = 0.002; overridden by options: λ_W, λ_H"), text);
        assertEquals(0.003, Run.json(other).get("lambdaH").getAsDouble());
        String[] decay = {"certify", directory.toString(), "--weight-decay", "0.001", "--loss", "mse"};
        text = Run.text(decay);
        assertTrue(text.contains(file + ": nothing taken; overridden by options: loss, weight decay"), text);
        assertEquals(
                "weight decay",
                Run.json(decay).getAsJsonObject("penalties").get("lambdaW").getAsString());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "NaN"})
    void theSlackIsAShare(String slack) {
        Run.assertRefused(
                2,
                "collapse4j certify: Invalid value for option '--slack': expected a number above 0 and below 1, found "
                        + slack,
                "certify",
                "--slack",
                slack);
    }

    @Test
    void weightsOfAnotherNumberOfClassesAreRefused() {
        Run run = Run.of("certify", "--class-weights", "1,2,3");
        assertEquals(2, run.exitCode());
        assertTrue(
                run.err().startsWith("collapse4j certify: --class-weights: expected 10 numbers, found 3"), run.err());
    }
}
