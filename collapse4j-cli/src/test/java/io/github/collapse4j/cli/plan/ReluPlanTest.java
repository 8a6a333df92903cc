package io.github.collapse4j.cli.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan --features nonnegative}. */
class ReluPlanTest {
    private static final String MODEL = "plan --counts 500,500,60,5 --no-bias --features nonnegative --mu ";

    @Test
    void classesDieFromTheClosedFormOn() {
        JsonObject json = Run.json((MODEL + "2e-3").split(" "));
        double c = Math.sqrt(0.75);
        double[] counts = {500, 60, 5};
        for (int g = 0; g < 3; g++) {
            assertEquals(
                    Math.sqrt(counts[g]) / 1065 * c,
                    json.getAsJsonArray("deadFromMu").get(g).getAsDouble(),
                    1e-15);
        }
        JsonObject optimum = json.getAsJsonObject("optimum");
        assertEquals("nonnegative", json.get("domain").getAsString());
        assertEquals(3, optimum.get("dimension").getAsInt());
        assertTrue(optimum.get("relativeGap").getAsDouble() <= 1e-12);
        JsonObject rarest = optimum.getAsJsonArray("groups").get(2).getAsJsonObject();
        assertEquals("dead", rarest.get("fate").getAsString());
        JsonObject solved =
                Run.json("solve --counts 500,500,60,5 --no-bias --features nonnegative --lambda-w 2e-3 --lambda-h 2e-3"
                        .split(" "));
        assertEquals(
                solved.get("objective").getAsDouble(), optimum.get("objective").getAsDouble(), 1e-14);
        assertEquals("[3]", solved.getAsJsonArray("deadClasses").toString());
    }

    @Test
    void theTextSaysWhichClassesAreDead() {
        Run run = Run.of((MODEL + "2e-3").split(" "));
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("1 of 4 classes is lost (1 dead: their features are zero)"), run.out());
        assertTrue(run.out().contains("dead from μ"), run.out());
        Run good = Run.of((MODEL + "1e-4").split(" "));
        assertTrue(good.out().contains("All classes are predicted at the optimum behind a ReLU"), good.out());
    }

    /** With a free bias classes share units: the text must not claim an optimum. */
    @Test
    void whereClassesShareUnitsTheTextSaysSo() {
        Run run = Run.of("plan --counts 30,30,5,5,5 --lambda-b 0 --features nonnegative --mu 2e-3".split(" "));
        assertTrue(run.out().contains("one unit per class"), run.out());
        assertFalse(run.out().contains("certified to"), run.out());
    }

    @Test
    void thePageIsWritten(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("plan.html");
        assertEquals(0, Run.of((MODEL + "2e-3 --html " + page).split(" ")).exitCode());
        assertTrue(Files.readString(page).contains("\"deadFromMu\""));
    }

    @Test
    void temperatureNeedsUnitFeatures() {
        Run.assertRefused(
                2,
                "collapse4j plan: --temperature: expected --features=unit, found --features=nonnegative",
                "plan --counts 5,5 --features nonnegative --temperature 3".split(" "));
    }
}
