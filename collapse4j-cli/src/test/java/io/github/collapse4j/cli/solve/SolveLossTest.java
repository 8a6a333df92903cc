package io.github.collapse4j.cli.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import io.github.collapse4j.io.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code solve} with what trainings add to their loss. */
class SolveLossTest {
    /** Options and minima of cases of core's {@code trained-reference.json}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--label-smoothing 0.1 --counts 10,10,10,10 --lambda-b 0.01 | 0.4223829614058415",
                "--class-weights 1,1,1,1 --counts 10,10,10,10 --no-bias | 0.12602894343939358",
                "--class-weights 3 --counts 10,10,10,10 --no-bias | 0.12602894343939358",
                "--class-weights balanced --counts 10,10,10,10 --no-bias | 0.12602894343939358",
                "--label-smoothing 0.2 --counts 10,10,10,10 --no-bias | 0.645901624905163",
                "--logit-adjustment 1 --counts 10,10,10,10 --no-bias | 0.12602894343939353",
                "--margins 0.5,0.5,0.5,0.5 --counts 10,10,10,10 --lambda-b 0.01 | 0.1366355451571918",
                "--margins ldam:0.5 --counts 10,10,10,10 --lambda-b 0.01 | 0.1366355451571918",
                "--loss bce --counts 10,10,10,10 --lambda-b 0.01 | 0.28706924592234523",
                "--loss bce --pos-weight 1 --counts 10,10,10,10 --lambda-b 0.01 | 0.28706924592234523",
                "--loss bce --label-smoothing 0.1 --counts 10,10,10,10 --lambda-b 0.01 | 0.7861730116160501"
            })
    void findsTheMinimum(String options, double minimum) {
        JsonObject json = Run.json(("solve --lambda-w 0.005 --lambda-h 0.001 " + options).split(" "));
        assertEquals(minimum, json.get("objective").getAsDouble(), 1e-10 * minimum);
        assertEquals("GlobalMinimum", json.get("verdict").getAsString());
        assertTrue(json.get("relativeGap").getAsDouble() <= 1e-10);
        assertTrue(json.has("lossOptions"));
    }

    @Test
    void saysWhatWasAssumed() {
        JsonObject json = Run.json("solve --counts 30,10 --label-smoothing 0.1 --class-weights balanced".split(" "));
        JsonObject assumed = json.getAsJsonObject("lossOptions");
        assertEquals(0.1, assumed.get("labelSmoothing").getAsDouble());
        assertEquals("[0.6666666666666666,2.0]", assumed.get("classWeights").toString());
        String text = Run.text("solve --counts 30,10 --label-smoothing 0.1 --class-weights balanced".split(" "));
        assertTrue(text.startsWith(
                "Unconstrained feature model, cross-entropy, label smoothing 0.1, class weights balanced"));
    }

    @Test
    void readsNumbersFromAFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("weights.txt");
        Files.writeString(file, "0.5\n2.5\n");
        assertEquals(
                Run.json("solve", "--counts", "9,3", "--class-weights", "0.5,2.5")
                        .get("objective"),
                Run.json("solve", "--counts", "9,3", "--class-weights=@" + file).get("objective"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--loss focal | Invalid value for option '--loss': expected a loss that is convex in the logits, which focal loss is not: it has no bound and no certificate",
                "--label-smoothing 1 | Invalid value for option '--label-smoothing': expected a number of at least 0 and below 1 (at 1, targets do not depend on the labels), found 1",
                "--label-smoothing NaN | Invalid value for option '--label-smoothing': expected a number of at least 0 and below 1 (at 1, targets do not depend on the labels), found NaN",
                "--class-weights 1,2 | --class-weights: expected 3 numbers, found 2",
                "--class-weights 1,x,2 | --class-weights: expected a number, found x",
                "--class-weights 1,0,2 | --class-weights: expected finite numbers above 0, found 0.0 of class 1",
                "--margins -1,0,0 | --margins: expected finite numbers of at least 0, found -1.0 of class 0",
                "--loss mse --margins 1 | --logit-adjustment and --margins: expected cross-entropy, found squared error",
                "--pos-weight 2 | --pos-weight: expected binary cross-entropy, found cross-entropy",
                "--class-weights ,2 | --class-weights: expected a number, found none",
                "--class-weights 1,NaN,2 | --class-weights: expected finite numbers above 0, found NaN of class 1",
                "--margins ldam: | --margins: expected a number, found none",
                "--loss bce --pos-weight 1,-2,1 | --pos-weight: expected finite numbers of at least 0, found -2.0 of class 1"
            })
    void refusesInOneLine(String options, String line) {
        Run.assertRefused(2, "collapse4j solve: " + line, ("solve --counts 5,4,3 " + options).split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"solve", "landscape", "plan"})
    void positiveSamplesThatCountNothingLeaveNoMinimumWithAFreeBias(String command) {
        String problem = command + " --counts 5,4,3 --loss bce --lambda-b 0 --pos-weight ";
        String expected =
                "collapse4j " + command + ": --pos-weight: expected finite numbers above 0 with a free bias, ";
        Run.assertRefused(2, expected + "found 0.0 of class 0", (problem + "0").split(" "));
        Run.assertRefused(2, expected + "found 0.0 of class 1", (problem + "1,0,1").split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-bias", "--lambda-b 0.01"})
    void positiveSamplesMayCountNothingWithoutAFreeBias(String bias) {
        JsonObject solved = Run.json(("solve --counts 5,4,3 --loss bce --pos-weight 0,1,1 " + bias).split(" "));
        assertEquals("GlobalMinimum", solved.get("verdict").getAsString());
    }

    @Test
    void positiveWeightsAreNotAMatterOfTheTargets(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("targets.npy");
        double[] sets = {1, 0, 1, 0, 1, 1, 0, 0, 1};
        new NpyWriter(NpyWriter.Type.FLOAT64).writeMatrix(file, sets, 3, 3, NpyWriter.Layout.ROW_MAJOR);
        String problem = "solve --counts 5,4,3 --loss bce --lambda-b 0 --targets " + file;
        Run.assertRefused(
                2,
                "collapse4j solve: --pos-weight: expected finite numbers above 0 with a free bias, found 0.0 of class 2",
                (problem + " --pos-weight 1,1,0").split(" "));
        Run.assertRefused(
                1,
                "collapse4j solve: " + file + ": with a free bias every output has to be both wanted and not wanted by"
                        + " some sample, or its bias grows without end; found output 2 always wanted",
                (problem + " --pos-weight 2,1,1").split(" "));
    }

    @Test
    void classWeightsMustBeComparable() {
        Run.assertRefused(
                2,
                "collapse4j solve: --class-weights: expected ratios in the range of double precision, found 1.0E-320 of"
                        + " class 0 and 1.0",
                "solve --counts 5,4 --class-weights 1e-320,1 --lambda-b 0".split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce", "mse", "bce"})
    void oneHotTargetsAreClasses(String loss, @TempDir Path directory) throws IOException {
        Path file = directory.resolve("targets.npy");
        double[] identity = {1, 0, 0, 0, 1, 0, 0, 0, 1};
        new NpyWriter(NpyWriter.Type.FLOAT64).writeMatrix(file, identity, 3, 3, NpyWriter.Layout.COLUMN_MAJOR);
        String[] classes = ("solve --counts 50,20,5 --loss " + loss).split(" ");
        String[] targets = ("solve --counts 50,20,5 --loss " + loss + " --targets " + file).split(" ");
        double expected = Run.json(classes).get("objective").getAsDouble();
        JsonObject found = Run.json(targets);
        assertEquals(expected, found.get("objective").getAsDouble(), 1e-9 * expected);
        assertEquals("GlobalMinimum", found.get("verdict").getAsString());
        assertFalse(Run.text(targets).matches("(?s).*\\b(NaN|Infinity|null|Optional)\\b.*"));
    }

    /** 1 − q is tiny where positive samples weigh much, and decides the bound. */
    @ParameterizedTest
    @ValueSource(strings = {"1e3", "1e10"})
    void theBoundOfAFreeBiasKeepsItsDigits(String weight) {
        JsonObject found = Run.json(("solve --counts 9,5,2 --loss bce --lambda-b 0 --pos-weight " + weight).split(" "));
        assertEquals("GlobalMinimum", found.get("verdict").getAsString());
        assertTrue(found.get("relativeGap").getAsDouble() < 1e-11, found::toString);
    }

    @Test
    void saysWhichTargetsWereAssumed(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("targets.npy");
        double[] mixed = {1, 0.5, 0, 0.5};
        new NpyWriter(NpyWriter.Type.FLOAT64).writeMatrix(file, mixed, 2, 2, NpyWriter.Layout.COLUMN_MAJOR);
        JsonObject assumed = Run.json("solve", "--counts", "5,4", "--targets", file.toString())
                .getAsJsonObject("lossOptions");
        assertEquals(file.toString(), assumed.get("targets").getAsString());
        assertEquals("number of samples", assumed.get("dividedBy").getAsString());
        Run.assertRefused(
                1,
                "collapse4j solve: " + file + ": expected targets M×K with a row for each of the 3 counts, found 2×2",
                "solve",
                "--counts",
                "5,4,3",
                "--targets",
                file.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 x 4 | number 2: expected a number, found x",
                "1 2 | expected 3 numbers, found 2",
                "'' | expected numbers, found none"
            })
    void namesTheFileOfBadNumbers(String content, String message, @TempDir Path directory) throws IOException {
        Path file = directory.resolve("weights.txt");
        Files.writeString(file, content);
        Run.assertRefused(
                1,
                "collapse4j solve: " + file + ": " + message,
                "solve",
                "--counts",
                "5,4,3",
                "--class-weights=@" + file);
    }

    @Test
    void refusesTargetsThatAreNoDistributions(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("targets.npy");
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(file, new double[] {0.5, 0.4, 1, 0}, 2, 2, NpyWriter.Layout.COLUMN_MAJOR);
        Run.assertRefused(
                1,
                "collapse4j solve: " + file + ": expected distributions that sum to 1, found a sum of 1.5 in row 0",
                "solve",
                "--counts",
                "5,4",
                "--targets",
                file.toString());
    }
}
