package io.github.collapse4j.cli.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code prove} writes what {@code verify} proves; everything else is refused with its exit code. */
class ProveCommandTest {
    private static final String LINE = "prove --counts 9,5,2 --dim 1 --lambda-w 0.004 --lambda-h 0.002 --lambda-b 0";

    @TempDir
    private Path directory;

    private String file;

    @BeforeEach
    void name() {
        file = directory.resolve("proof.json").toString();
    }

    private static String[] words(String command, String... more) {
        String[] words = command.split(" ", -1);
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LINE,
                "prove --counts 1000000,10 --dim 1 --loss mse --lambda-w 2.5e-7 --lambda-h 2.5e-7 --lambda-b 0.0003",
                LINE + " --label-smoothing 0.1 --class-weights 1,1.5,2 --logit-adjustment 0.5 --margins 0.1,0,0.3",
                LINE + " --loss bce --pos-weight 2,1,0.5",
                "prove --counts 3,1 --dim 1 --loss mse --class-weights 1,2 --no-bias --lambda-w 0.215 --lambda-h 0.215",
                "prove --theorem saddle --counts 9,5,2 --lambda-b 0 --loss bce --label-smoothing 0.1",
                "prove --theorem saddle --rank 0 --counts 9,5,2 --lambda-b 0 --class-weights balanced",
                "prove --theorem saddle --counts 9,5,2 --lambda-b 0",
                "prove --theorem saddle --rank 0 --counts 9,5,2 --lambda-b 0",
                "prove --theorem saddle --rank 0 --counts 9,5,2 --lambda-b 0.3 --dim 1",
                "prove --theorem saddle --rank 0 --counts 9,5,2 --loss mse",
                "prove --theorem bound --counts 100,50,20 --loss mse",
                "prove --theorem bound --groups 900000x1000,100000x5 --lambda-h 1e-15",
                "prove --theorem global --counts 100,50,20 --no-bias",
                "prove --theorem global --groups 900000x1000,100000x5 --lambda-h 1e-15",
                "prove --family two-simplices --classes 6:12",
            })
    void whatIsProvedIsVerified(String command) {
        String proved = Run.text(words(command, "--out", file));
        assertTrue(proved.startsWith("Proved: " + file), proved);
        String verified = Run.text("verify", file);
        // Of a bound the solver's value follows, which verify does not know.
        assertTrue(proved.startsWith(verified), proved);
        assertTrue(proved.equals(verified) || command.contains("bound"), proved);
    }

    @Test
    void penaltiesAreTheDecimalsThatWereTyped() throws IOException {
        Run.text(words(
                "prove --theorem bound --counts 5,5 --lambda-w 0.1 --lambda-h 3e-3 --lambda-b .25", "--out", file));
        String text = Files.readString(Path.of(file));
        assertTrue(text.contains("\"lambdaW\": \"1/10\""), text);
        assertTrue(text.contains("\"lambdaH\": \"3/1000\""), text);
        assertTrue(text.contains("\"lambdaB\": \"1/4\""), text);
    }

    @Test
    void aPointThatWasFoundElsewhereIsProved() {
        String layer = directory.resolve("layer").toString();
        String problem = LINE.substring("prove ".length());
        // One start with each of some seeds: they end at different ones of the three minima on a line.
        int proofs = 0;
        for (int seed = 0; seed < 12 && proofs == 0; seed++) {
            Run.text(words("solve " + problem + " --starts 1 --seed " + seed, "--out", layer));
            Run proved = Run.of(words(LINE, "--point", layer, "--out", file));
            if (proved.exitCode() == 0) {
                assertEquals(proved.out(), Run.text("verify", file));
                proofs++;
            } else {
                assertTrue(proved.err().startsWith("collapse4j prove: not proved: "), proved.err());
                assertFalse(Files.exists(Path.of(file)));
            }
        }
        assertEquals(1, proofs);
    }

    @Test
    void aPointOfOtherCountsIsRefused() {
        String layer = directory.resolve("layer").toString();
        Run.text(words("solve --counts 9,5,3 --dim 1 --lambda-w 0.004 --lambda-h 0.002 --lambda-b 0", "--out", layer));
        Run run = Run.of(words(LINE, "--point", layer, "--out", file));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("expected the class counts of the options, found [9, 5, 3]"), run.err());
    }

    @Test
    void whatATheoremExcludesIsRefused() {
        Run.assertRefused(
                1,
                "collapse4j prove: a theorem excludes spurious minima at d = 2 for this loss and bias",
                words("prove --counts 9,5,2 --dim 2", "--out", file));
        assertFalse(Files.exists(Path.of(file)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "prove --counts 9,5,2 --dim 1 | expected --out=FILE for the proof",
                "prove --counts 9,5,2 --dim 4 --out x | --dim: expected at most K = 3, found 4",
                "prove --counts 9,5,2000000000 --dim 1 --out x | expected at most 999999999 samples of a class, found 2000000000",
                "prove --theorem saddle --counts 9,5,2 --rank 3 --out x | --rank: expected less than d = 3, found 3",
                "prove --theorem saddle --counts 9,5,2 --rank 0 --no-bias --out x | --rank: expected at least 1 without a bias, found 0",
                "prove --family two-simplices | --family: expected --classes=a:b",
                "prove --family two-simplices --classes 5:9 | --classes: expected a range within 6:1000, found 5:9",
                "prove --family two-simplices --classes 6:9 --kappa 1 | --kappa: expected a fraction between 0 and 1 such as 3/10, found 1",
                "solve --classes 6:9 --per-class 5 | --classes: expected one number, found 6:9",
                "verify | Missing required parameter: 'FILE'",
            })
    void wrongUsage(String command, String complaint) {
        String name = command.split(" ", -1)[0];
        Run.assertRefused(2, "collapse4j " + name + ": " + complaint, words(command));
    }

    @Test
    void aWidthThatSaysNothingIsNoGlobalMinimum() {
        Run run = Run.of(words("prove --theorem global --counts 9,5,2 --dim 1", "--out", file));
        assertEquals(1, run.exitCode());
        assertEquals(
                "collapse4j prove: not proved: expected a value that meets its lower bound, found 0.0406603 above"
                        + " 0.00310734 at d = 1 (--theorem bound proves the bound)",
                run.err().strip());
        assertFalse(Files.exists(Path.of(file)));
    }

    @Test
    void placesWithoutAPointOrAProofAreNamed() throws IOException {
        String none = directory.resolve("none").toString();
        Run.assertRefused(
                1,
                "collapse4j prove: " + none + ": no such file or folder",
                words("prove --counts 9,5,2 --dim 1 --point", none, "--out", file));
        String text = Files.writeString(directory.resolve("text"), "1").toString();
        Run.assertRefused(
                1,
                "collapse4j prove: " + text + ": expected a folder or an archive of arrays, found another file",
                words("prove --counts 9,5,2 --dim 1 --point", text, "--out", file));
        Run.assertRefused(
                1,
                "collapse4j verify: " + directory + ": expected a proof file, found a folder",
                "verify",
                directory.toString());
    }

    @Test
    void filesThatAreNotProvedAreNamedAndTheRestIsChecked() throws IOException {
        Run.text(words(LINE, "--out", file));
        Path broken = directory.resolve("broken.json");
        Files.writeString(broken, "{}");
        Path false_ = directory.resolve("false.json");
        Files.writeString(
                false_,
                Files.readString(Path.of(file))
                        .replace("\"radius\": \"0x1", "\"radius\": \"0x1.0p-1\", \"note\": \"0x1"));
        Run run = Run.of(
                "verify",
                broken.toString(),
                false_.toString(),
                directory.resolve("none").toString(),
                file);
        assertEquals(1, run.exitCode());
        String[] complaints = run.err().split("\\R", -1);
        assertEquals("collapse4j verify: " + broken + ": expected format, found none", complaints[0]);
        assertTrue(
                complaints[1].startsWith("collapse4j verify: " + false_ + ": not proved: m₀ − Lr > 0"), complaints[1]);
        assertTrue(run.out().endsWith("Proved: 1 of 4" + System.lineSeparator()), run.out());
        Run.assertRefused(
                1,
                "collapse4j verify: " + directory.resolve("none") + ": no such file or folder",
                "verify",
                directory.resolve("none").toString());
    }
}
