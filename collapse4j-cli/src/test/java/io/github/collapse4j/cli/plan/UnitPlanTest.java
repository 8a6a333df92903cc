package io.github.collapse4j.cli.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan --features unit}. */
class UnitPlanTest {
    @Test
    void equalClassesAreASimplexAtEveryTemperature() {
        JsonObject json = Run.json("plan --classes 5 --per-class 9 --features unit --temperature 8".split(" "));
        assertEquals(5, json.getAsJsonArray("scan").size());
        for (var step : json.getAsJsonArray("scan")) {
            double temperature = step.getAsJsonObject().get("temperature").getAsDouble();
            JsonObject optimum = step.getAsJsonObject().getAsJsonObject("optimum");
            assertEquals(4, optimum.get("dimension").getAsInt());
            JsonObject group = optimum.getAsJsonArray("groups").get(0).getAsJsonObject();
            assertEquals(temperature * 1.25, group.get("margin").getAsDouble(), 1e-6 * temperature);
            assertEquals("apart", group.get("fate").getAsString());
        }
    }

    /** docs/theory.md §13: counts 60,30,12,6,3,1 at τ = 1 need 4 dimensions of 5. */
    @Test
    void theRankOfALongTailDropsAtALowTemperature() {
        JsonObject json = Run.json("plan --counts 60,30,12,6,3,1 --features unit --temperature 1".split(" "));
        assertEquals(4, json.getAsJsonObject("optimum").get("dimension").getAsInt());
    }

    @Test
    void textAndPageSayWhatIsNeeded(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("plan.html");
        Run run = Run.of(("plan --counts 60,6,1 --features unit --temperature 4 --html " + page).split(" "));
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("From d = K = 3 on, training cannot get stuck"), run.out());
        assertTrue(Files.readString(page).contains("\"domain\":\"unit\""));
    }

    @Test
    void penaltiesAreRefused() {
        Run.assertRefused(
                2,
                "collapse4j plan: --mu: expected no such option with --features=unit, found one",
                "plan --counts 5,5 --features unit --temperature 3 --mu 1e-3".split(" "));
    }
}
