package io.github.collapse4j.cli.solve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code solve} with invalid or excessive options: one line, exit code 2. */
class SolveUsageTest {
    private static final String ONE_OF =
            "expected one of --counts, --groups, or --classes with --per-class or --long-tail, found ";

    @Test
    void needsCounts() {
        Run.assertRefused(2, "collapse4j solve: " + ONE_OF + "none", "solve");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--counts 1,2 --classes 3 --per-class 4",
                "--counts 1,2 --per-class 4",
                "--groups 2x3 --long-tail 5:1",
                "--counts 1,2 --groups 2x3"
            })
    void needsCountsInOneWay(String options) {
        Run.assertRefused(2, "collapse4j solve: " + ONE_OF + "several", ("solve " + options).split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--classes 3", "--per-class 3", "--long-tail 5:1", "--classes 3 --per-class 4 --long-tail 5:1"})
    void needsClassesWithOneKindOfCounts(String options) {
        Run.assertRefused(
                2,
                "collapse4j solve: expected --classes with either --per-class or --long-tail",
                ("solve " + options).split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--counts 1,0,3 | --counts: expected at least one sample per class, found 0 in class 1",
                "--counts 1,-2 | --counts: expected at least one sample per class, found -2 in class 1",
                "--counts 9223372036854775807,1 | --counts: expected fewer than 2^63 samples in all, found more",
                "--counts 1,many | --counts: expected integers, found \"many\"",
                "--groups 3x | --groups: expected classes x samples such as 900x1000, found 3x",
                "--groups 0x5 | --groups: expected classes x samples such as 900x1000, found 0x5",
                "--groups 2x5,99999999999x5 | --groups: expected classes x samples such as 900x1000, found 99999999999x5",
                "--groups 60000000x5,60000000x4 | --groups: expected at most 100000000 classes, found more",
                "--groups 2x0 | --groups: expected at least one sample per class, found 0 in class 0",
                "--classes 0 --per-class 3 | Invalid value for option '--classes': expected a whole number of at least 2, found 0",
                "--classes 2.5 --per-class 3 | Invalid value for option '--classes': expected a whole number of at least 2, found 2.5",
                "--classes 2000000000 --per-class 3 | --classes: expected at most 100000000, found 2000000000",
                "--classes 3 --per-class 0 | --per-class: expected at least one sample per class, found 0 in class 0",
                "--classes 3 --long-tail 5:0 | --long-tail: expected at least one sample per class, found 0 in class 1",
                "--classes 3 --long-tail 5 | --long-tail: expected two counts such as 1280:5 and at least 2 classes, found 5 and 3",
                "--classes 1 --long-tail 5:1 | Invalid value for option '--classes': expected a whole number of at least 2, found 1",
                "--classes 1 --per-class 5 | Invalid value for option '--classes': expected a whole number of at least 2, found 1",
                "--counts 7 | --counts: expected at least 2 classes, found 1",
                "--groups 1x7 | --groups: expected at least 2 classes, found 1",
                "--counts 2,2 --dim 0 | Invalid value for option '--dim': expected a whole number of at least 1, found 0",
                "--counts 2,2 --starts 0 | Invalid value for option '--starts': expected a whole number of at least 1, found 0",
                "--counts 2,2 --gap -1 | Invalid value for option '--gap': expected a finite number of at least 0, found -1",
                "--counts 2,2 --lambda-w 0 | Invalid value for option '--lambda-w': expected a finite number above 0, found 0",
                "--counts 2,2 --lambda-h NaN | Invalid value for option '--lambda-h': expected a finite number above 0, found NaN",
                "--counts 2,2 --lambda-b -1 | Invalid value for option '--lambda-b': expected a finite number of at least 0, found -1",
                "--counts 2,2 --seed x | Invalid value for option '--seed': 'x' is not a long"
            })
    void namesTheWrongOption(String options, String line) {
        Run.assertRefused(2, "collapse4j solve: " + line, ("solve " + options).split(" "));
    }

    @Test
    void aMistypedOptionIsAUsageErrorWithASuggestion() {
        Run run = Run.of("solve", "--lamda-w", "1");
        assertEquals(2, run.exitCode());
        assertEquals("", run.out());
        assertEquals(true, run.err().contains("--lambda-w"), run.err());
    }

    @Test
    void aJsonFileInAMissingFolderIsRejectedBeforeSolving(@TempDir Path directory) {
        Path json = directory.resolve("none").resolve("x.json");
        Run.assertRefused(
                1,
                "collapse4j solve: " + json + ": its directory does not exist",
                "solve",
                "--counts",
                "2,2",
                "--json",
                json.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"solve --counts 3,2", "landscape"})
    void anAbsentBiasHasNoPenalty(String command) {
        Run.assertRefused(
                2,
                "collapse4j " + command.split(" ", 2)[0] + ": Expected either --no-bias or --lambda-b, found both",
                (command + " --no-bias --lambda-b 3").split(" ", -1));
    }

    @Test
    void countsMayBeInAFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("counts.txt");
        Files.writeString(file, "5\n4 3\n");
        assertEquals(Run.json("solve", "--counts", "5,4,3"), Run.json("solve", "--counts", "@" + file));
        Files.writeString(file, "5\nmany\n");
        Run.assertRefused(
                1, "collapse4j solve: " + file + ": expected integers, found \"many\"", "solve", "--counts=@" + file);
    }
}
