package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("heavy")
class LandscapePageBrowserTest extends PageBrowser {
    private static final Set<String> ALL_CHARTS = Set.of("atlas", "spectrum", "escape", "descent", "collapse", "map");

    LandscapePageBrowserTest(Chromium browser) {
        super(browser);
    }

    private JsonObject use(JsonObject result, int width, String theme) throws Exception {
        return use(LandscapePage.html(result), width, theme);
    }

    @ParameterizedTest
    @CsvSource({"1200, light", "375, dark"})
    void drawsAndPlaysEverything(int width, String theme) throws Exception {
        JsonObject seen = use(Samples.landscape(), width, theme);
        List<JsonElement> panels = seen.getAsJsonArray("panels").asList();
        assertEquals(3, panels.size());
        for (JsonElement panel : panels.subList(0, 2)) {
            assertEquals(ALL_CHARTS, drawn(panel.getAsJsonObject()));
            assertEquals(7, panel.getAsJsonObject().getAsJsonArray("headings").size());
            List<JsonElement> animations =
                    panel.getAsJsonObject().getAsJsonArray("animations").asList();
            assertEquals(1, animations.size());
            played(animations.get(0).getAsJsonObject());
        }
        assertEquals(Set.of("map"), drawn(panels.get(2).getAsJsonObject()));
        assertEquals("[]", panels.get(2).getAsJsonObject().get("animations").toString());
    }

    private static void played(JsonObject animation) {
        assertEquals(0, animation.get("first").getAsDouble(), animation::toString);
        assertTrue(animation.get("playing").getAsDouble() > 0, () -> "play does nothing: " + animation);
        assertEquals(
                animation.get("paused").getAsDouble(),
                animation.get("later").getAsDouble(),
                () -> "pause: " + animation);
        assertEquals(
                animation.get("last").getAsDouble(),
                animation.get("scrubbed").getAsDouble(),
                () -> "the slider: " + animation);
        int start = animation.getAsJsonObject("still").get("pixels").getAsInt();
        int end = animation.getAsJsonObject("end").get("pixels").getAsInt();
        assertTrue(start > 300 && end > 1.3 * start, () -> "arrows grow from the saddle: " + animation);
    }

    @Test
    void showsStringsAsText() throws Exception {
        String hostile = "</script><script>alerted = true</script><img src=x onerror='alerted = true'>";
        JsonObject result = Samples.landscapeWithoutAnimations();
        result.addProperty("command", hostile);
        for (JsonElement model : result.getAsJsonArray("models")) {
            poison(model, hostile);
        }
        JsonObject seen = use(result, 1200, "dark");
        assertTrue(seen.get("text").getAsString().contains(hostile), "shown as it is");
        assertEquals(ALL_CHARTS, drawn(seen.getAsJsonArray("panels").get(0).getAsJsonObject()));
    }

    @Test
    void leavesOutWhatIsMissing() throws Exception {
        String result = """
                {"models": [
                  {"loss": "ce"},
                  {"loss": "mse", "classes": 3, "featureDimension": 2, "lambdaB": null, "globalMinimum": null,
                   "theorems": [{"statement": "untested", "tested": 0, "violations": 0, "worst": null}],
                   "criticalPoints": [{"id": 0, "rank": 0, "objective": 1, "index": 0, "verdict": "GlobalMinimum"}],
                   "spectra": [{"point": 0, "reduced": [0, 0, 0]}], "escapes": [], "animation": null,
                   "collapse": {"iteration": [0, 1, 2], "nc1": [null, null, null], "nc2": [1, 0.5, 0.1], "nc3": [0, 0, 0]},
                   "hunt": {"starts": 0, "byDimension": [], "finalValues": [], "localMinima": []}}
                ]}""";
        JsonObject seen = use(JsonParser.parseString(result).getAsJsonObject(), 375, "light");
        JsonObject first = seen.getAsJsonArray("panels").get(0).getAsJsonObject();
        assertEquals("[]", first.get("charts").toString());
        assertEquals("[]", first.get("headings").toString());
        assertEquals(
                Set.of("atlas", "spectrum", "collapse"),
                drawn(seen.getAsJsonArray("panels").get(1).getAsJsonObject()));
    }
}
