package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opens pages in a real browser, which driver.html uses as a person would; skipped where no Chromium is found. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LandscapePageBrowserTest {
    private static final Optional<Chromium> CHROMIUM = Chromium.find();
    private static final Set<String> ALL_CHARTS =
            Set.of("atlas", "spectrum", "escape", "descent", "collapse", "map", "values");

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        assumeTrue(CHROMIUM.isPresent(), "no Chromium on the path, and CHROMIUM is not set");
        folder = Files.createTempDirectory("landscape-page");
    }

    /** Not a @TempDir, since processes of the browser may write for a moment longer than it runs. */
    @AfterEach
    void removeFolder() throws IOException {
        if (!folder.startsWith(System.getProperty("java.io.tmpdir"))) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                file.toFile().delete();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, @org.jspecify.annotations.Nullable IOException e) {
                directory.toFile().delete();
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private JsonObject use(JsonObject result, int width, String theme) throws Exception {
        JsonObject seen = CHROMIUM.orElseThrow()
                .resultOf(
                        Map.of("page.html", LandscapePage.html(result), "driver.html", Resources.text("driver.html")),
                        "driver.html?page=page.html&width=" + width + "&theme=" + theme,
                        folder);
        assertFalse(seen.has("failure"), () -> seen.get("failure").getAsString());
        assertAll(
                () -> assertEquals("[]", seen.get("problems").toString(), "errors, and violations of the policy"),
                () -> assertEquals("[]", seen.get("requests").toString(), "requests"),
                () -> assertFalse(seen.get("alerted").getAsBoolean(), "a string of the result was run"),
                () -> assertEquals(width, seen.get("width").getAsInt()),
                () -> assertEquals(0, seen.get("overflow").getAsInt(), "pixels wider than the screen"),
                () -> assertEquals(theme, seen.get("theme").getAsString()),
                () -> assertEquals(
                        "dark".equals(theme) ? "light" : "dark",
                        seen.get("otherTheme").getAsString()));
        return seen;
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
        assertEquals(Set.of("map", "values"), drawn(panels.get(2).getAsJsonObject()));
        assertEquals("[]", panels.get(2).getAsJsonObject().get("animations").toString());
    }

    /** The names of the charts, each of which has data, pixels in several colours, and a description. */
    private static Set<String> drawn(JsonObject panel) {
        Set<String> names = new HashSet<>();
        for (JsonElement element : panel.getAsJsonArray("charts")) {
            JsonObject chart = element.getAsJsonObject();
            names.add(chart.get("name").getAsString());
            assertTrue(chart.get("series").getAsInt() > 0, chart::toString);
            assertEquals("[]", chart.get("empty").toString(), chart::toString);
            assertTrue(chart.get("pixels").getAsInt() > 2000, chart::toString);
            assertTrue(chart.get("colours").getAsInt() > 50, chart::toString);
            assertTrue(chart.get("described").getAsBoolean(), chart::toString);
        }
        return names;
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

    /** Replaces every string but the verdicts, which choose marks. */
    private static void poison(JsonElement element, String hostile) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(child -> poison(child, hostile));
        } else if (element.isJsonObject()) {
            JsonObject object = element.getAsJsonObject();
            for (String key : Set.copyOf(object.keySet())) {
                JsonElement value = object.get(key);
                if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString() && !"verdict".equals(key)) {
                    object.addProperty(key, hostile + value.getAsString());
                } else {
                    poison(value, hostile);
                }
            }
        }
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
                   "hunt": {"starts": 0, "reachedGlobal": 0, "byDimension": [], "finalValues": [], "localMinima": []}}
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
