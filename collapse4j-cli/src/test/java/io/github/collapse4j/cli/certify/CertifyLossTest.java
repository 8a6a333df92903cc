package io.github.collapse4j.cli.certify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        String[] untold = Arrays.stream(certify)
                .filter(part -> !part.matches("--(label|class|logit|margins|pos).*"))
                .toArray(String[]::new);
        assertNotEquals("GlobalMinimum", Run.json(untold).get("verdict").getAsString());
    }

    @Test
    void weightsOfAnotherNumberOfClassesAreRefused() {
        Run run = Run.of("certify", "--class-weights", "1,2,3");
        assertEquals(2, run.exitCode());
        assertTrue(
                run.err().startsWith("collapse4j certify: --class-weights: expected 10 numbers, found 3"), run.err());
    }
}
