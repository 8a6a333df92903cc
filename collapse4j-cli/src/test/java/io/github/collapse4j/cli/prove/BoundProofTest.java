package io.github.collapse4j.cli.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.cli.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void aLayersBoundIsProved() {
        String text = Run.text("certify", "--prove", file);
        assertTrue(text.endsWith(Run.text("verify", file)), text);
        assertTrue(text.contains("[0.00640396"), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "solve --counts 100,50,20 --loss bce                 | --prove: expected ce or mse without further options",
                "solve --counts 100,50,20 --label-smoothing 0.1      | --prove: expected ce or mse without further options",
                "landscape --counts 9,5,2 --loss bce                 | --prove: expected ce or mse without further options",
                "certify --class-weights balanced                    | --prove: expected ce or mse without further options",
            })
    void whatHasNoProofsIsRefused(String command, String message) {
        Run run = Run.of(words(command, "--prove", file));
        assertEquals(2, run.exitCode(), run::err);
        assertTrue(run.err().contains(message), run.err());
        assertFalse(Files.exists(Path.of(file)));
    }
}
