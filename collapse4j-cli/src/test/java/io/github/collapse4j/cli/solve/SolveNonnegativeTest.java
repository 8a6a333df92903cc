package io.github.collapse4j.cli.solve;

import static io.github.collapse4j.testkit.Close.assertAtMost;
import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code solve --features nonnegative}, against numbers of an independent implementation. */
class SolveNonnegativeTest {
    private static final double EQUAL = 1e-12;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--counts 9,5,2 --lambda-w .004 --lambda-h .001 --no-bias | 0.06702545614004943 | 3",
                "--counts 500,500,5,2 --lambda-w .006 --lambda-h .0015 --no-bias | 0.4956854954973976 | 2",
                "--counts 500,500,5,2 --lambda-w .006 --lambda-h .0015 --no-bias --dim 3 | 0.4956854954973976 | 2",
                "--classes 5 --per-class 9 --lambda-w .0124 --lambda-h .0031 --lambda-b 0 | 0.40178666218256065 | 5",
                "--counts 40,22,13,6,3 --lambda-w .03 --lambda-h .0075 --no-bias --label-smoothing .2 | 1.2242958541277087 | 4",
                "--counts 40,22,13,6,3 --lambda-w .008 --lambda-h .002 --no-bias --margins .26,.3,.35,.42,.5"
                        + " | 0.3562912863991177 | 5",
                "--counts 40,22,13,6,3 --lambda-w .006 --lambda-h .0015 --no-bias --loss mse | 0.054516188717928696 | 5",
                "--counts 40,22,13,6,3 --lambda-w .006 --lambda-h .001 --lambda-b .02 --loss bce | 0.47417624525019536 | 5",
                "--counts 30,30,5,5,5 --lambda-w .004 --lambda-h .002 --lambda-b 0 | 0.22648899144089124 | 5"
            })
    void theMinimumIsCertified(String options, double expected, int width) {
        JsonObject json = Run.json(("solve --features nonnegative " + options).split(" "));
        assertClose(expected, json.get("objective").getAsDouble(), EQUAL, "objective");
        assertAtMost(1e-10, json.get("relativeGap").getAsDouble(), "relativeGap");
        assertClose(1, json.get("gaugeOverMu").getAsDouble(), EQUAL, "gaugeOverMu");
        assertEquals("nonnegative", json.get("domain").getAsString());
        assertEquals("GlobalMinimum", json.get("verdict").getAsString());
        assertEquals(width, json.get("neededWidth").getAsInt());
        int classes = json.get("classes").getAsInt();
        assertEquals(
                classes,
                json.getAsJsonArray("deadClasses").size()
                        + json.getAsJsonArray("survivingClasses").size());
        for (String block : new String[] {"W", "H", "b"}) {
            assertAtMost(1e-9, json.getAsJsonObject("residuals").get(block).getAsDouble(), block);
        }
    }

    /** With a free bias the lasso of a million classes leaves a gap, and no factors are written out to judge it. */
    @Test
    void sizesThatCannotBeJudgedAreUndecidedOrRefused() {
        JsonObject json = Run.json("solve --features nonnegative --groups 900000x1000,100000x5 --lambda-h 1e-18"
                .concat(" --lambda-b 0")
                .split(" "));
        assertEquals("Undecided", json.get("verdict").getAsString());
        Run.assertRefused(
                2,
                "collapse4j solve: --features=unit: expected at most 10000 classes and dimensions, found 1000000 and"
                        + " 1000000",
                "solve --features unit --temperature 3 --groups 900000x1000,100000x5".split(" "));
    }

    @Test
    void fewerDimensionsThanClassesAreNotEnough() {
        JsonObject json =
                Run.json("solve --features nonnegative --counts 9,5,2 --lambda-w .004 --lambda-h .001 --no-bias"
                        .concat(" --dim 2")
                        .split(" "));
        assertClose(0.11985020589049884, json.get("objective").getAsDouble(), EQUAL, "objective");
        assertClose(0.06702545614004943, json.get("unrestrictedObjective").getAsDouble(), EQUAL, "any width");
        assertEquals("LocalMinimum", json.get("verdict").getAsString());
        assertEquals(3, json.get("neededWidth").getAsInt());
    }

    @Test
    void theWrittenLayerIsCertifiedAgainstBothOptima(@TempDir Path folder) {
        String penalties = "--lambda-w .006 --lambda-h .001 --lambda-b .02";
        Run.json(("solve --features nonnegative --counts 40,22,13,6,3 " + penalties + " --out " + folder).split(" "));
        JsonObject json = Run.json(("certify " + folder + " " + penalties).split(" "));
        assertEquals("nonnegative", json.get("domain").getAsString());
        assertEquals("GlobalMinimum", json.get("verdict").getAsString());
        assertAtMost(1e-10, json.get("relativeGap").getAsDouble(), "relativeGap");
        assertClose(0.22337616496614324, json.get("objective").getAsDouble(), EQUAL, "objective");
        double free = json.getAsJsonObject("freeOptimum").get("objective").getAsDouble();
        assertTrue(free < 0.2234, "without a ReLU: " + free);
        JsonObject asFree = Run.json(("certify --features free " + folder + " " + penalties).split(" "));
        assertEquals("free", asFree.get("domain").getAsString());
        assertClose(free, asFree.getAsJsonObject("optimum").get("objective").getAsDouble(), EQUAL, "free optimum");
        assertTrue(asFree.get("relativeGap").getAsDouble() > 0.01);
    }

    @Test
    void textNamesWidthAndDeadClasses() {
        String text = Run.text(
                "solve",
                "--features",
                "nonnegative",
                "--counts",
                "500,500,5,2",
                "--lambda-w",
                ".006",
                "--lambda-h",
                ".0015",
                "--no-bias");
        assertTrue(text.contains("needed width  2"), text);
        assertTrue(text.contains("have features, 2 have none"), text);
    }
}
