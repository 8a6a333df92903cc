package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("heavy")
class MeasurePageBrowserTest extends PageBrowser {
    private static final Set<String> BY_CLASS = Set.of("cosines", "angles", "norms", "variances");
    private static final Set<String> SERIES = Set.of("series", "cosines", "angles", "norms", "variances");
    private static final Set<String> PLANE = Set.of("plane", "cosines", "angles", "norms", "variances");

    MeasurePageBrowserTest(Chromium browser) {
        super(browser);
    }

    private JsonObject use(JsonObject result, int width, String theme) throws Exception {
        return use(MeasurePage.html(result), width, theme);
    }

    private static JsonObject panel(JsonObject seen) {
        JsonArray panels = seen.getAsJsonArray("panels");
        assertEquals(1, panels.size());
        return panels.get(0).getAsJsonObject();
    }

    private static void assertChoosersWork(JsonObject seen, int expected) {
        List<JsonElement> choosers = seen.getAsJsonArray("choosers").asList();
        assertEquals(expected, choosers.size(), choosers::toString);
        for (JsonElement chooser : choosers) {
            assertEquals("[]", chooser.getAsJsonObject().get("dead").toString(), chooser::toString);
            assertEquals("[]", chooser.getAsJsonObject().get("outside").toString(), "points outside of their axes");
            assertTrue(chooser.getAsJsonObject().get("shown").getAsBoolean(), chooser::toString);
            assertTrue(chooser.getAsJsonObject().get("options").getAsInt() > 1, chooser::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({"1200, light", "375, dark"})
    void drawsASeries(int width, String theme) throws Exception {
        JsonObject seen = use(Samples.measure("series"), width, theme);
        assertEquals(SERIES, drawn(panel(seen)));
        String words = seen.get("text").getAsString();
        assertTrue(words.contains("ollapsed: "), "no verdict in " + words);
        assertTrue(words.contains("Here, from "), "nothing on what the chart shows in " + words);
        assertEquals(
                List.of(
                        "On the way to collapse",
                        "One checkpoint in detail",
                        "The five signs of neural collapse",
                        "The classes in three dimensions",
                        "Angles between the classes",
                        "Class by class",
                        "The worst classes",
                        "Does it carry over to test data?"),
                StreamSupport.stream(panel(seen).getAsJsonArray("headings").spliterator(), false)
                        .map(JsonElement::getAsString)
                        .toList());
        assertChoosersWork(seen, 7);
        assertEquals(
                "{\"charts\":5,\"scenes\":1}", seen.get("alive").toString(), "those of other checkpoints are freed");
        turned(panel(seen), 2);
        // read off the sample by hand
        String text = seen.get("text").getAsString();
        for (String shown : List.of(
                "NC1 · Classes shrink to points",
                "0.156",
                "NC2 · Classes spread out evenly",
                "0.55",
                "NC3 · The classifier mirrors the means",
                "0.387",
                "NC4 · The nearest mean decides",
                "99.8 %",
                "NC5 · Foreign data stand apart",
                "0.236")) {
            assertTrue(text.contains(shown), () -> shown + " is not in " + text);
        }
    }

    /** The scene responds to keys and switches, and returns to its initial view. */
    private static void turned(JsonObject panel, int switches) {
        assertEquals(1, panel.getAsJsonArray("scenes").size());
        JsonObject scene = panel.getAsJsonArray("scenes").get(0).getAsJsonObject();
        assertTrue(scene.get("described").getAsBoolean());
        assertEquals("false", scene.get("pressed").getAsString());
        int first = view(scene, "first");
        assertTrue(pixels(scene, "first") > 1000, scene::toString);
        assertEquals(first, view(scene, "reset"), scene::toString);
        assertNotEquals(first, view(scene, "turned"), scene::toString);
        assertTrue(pixels(scene, "nearer") > pixels(scene, "first"), scene::toString);
        for (int i = 0; i < switches; i++) {
            assertTrue(pixels(scene, "without" + i) != pixels(scene, "first"), scene::toString);
        }
        assertNotEquals(first, view(scene, "withoutOne"), scene::toString);
        assertTrue(pixels(scene, "none") < 0.6 * pixels(scene, "first"), scene::toString);
        assertEquals(first, view(scene, "all"), scene::toString);
    }

    private static int view(JsonObject scene, String step) {
        return scene.getAsJsonObject(step).get("view").getAsInt();
    }

    private static int pixels(JsonObject scene, String step) {
        return scene.getAsJsonObject(step).get("pixels").getAsInt();
    }

    @Test
    void drawsThreeClassesInThePlane() throws Exception {
        JsonObject seen = use(Samples.measure("three"), 375, "light");
        assertEquals(PLANE, drawn(panel(seen)));
        assertChoosersWork(seen, 4);
        String text = seen.get("text").getAsString();
        assertTrue(text.contains("NC3 needs the classifier"), text);
        assertFalse(text.contains("The classes in three dimensions"), text);
    }

    @Test
    void namesTheClosestPair() throws Exception {
        JsonObject result = Samples.measure("three");
        result.getAsJsonObject("cosines")
                .add("values", JsonParser.parseString("[[1, -0.6, -0.5], [-0.6, 1, 0.25], [-0.5, 0.25, 1]]"));
        String text = use(result, 375, "light").get("text").getAsString();
        assertTrue(text.contains("Here the closest pair is 1 and 2, at 0.25."), text);
    }

    @Test
    void drawsAThousandClasses() throws Exception {
        JsonObject seen = use(Samples.measure("many"), 375, "dark");
        assertEquals(BY_CLASS, drawn(panel(seen)));
        assertChoosersWork(seen, 4);
        turned(panel(seen), 2);
        assertTrue(seen.get("text").getAsString().contains("does not fit into 32"));
    }

    @Test
    void showsStringsAsText() throws Exception {
        String hostile = "</script><script>alerted = true</script><img src=x onerror='alerted = true'>";
        JsonObject result = Samples.measure("series");
        poison(result, hostile);
        JsonObject seen = use(result, 1200, "dark");
        String text = seen.get("text").getAsString();
        assertTrue(text.contains(hostile + "collapse4j measure"), text);
        assertTrue(text.contains(hostile + "NdK is cheaper than Nd²"), text);
        assertTrue(text.contains(hostile + "epoch2000"), text);
        assertEquals(SERIES, drawn(panel(seen)));
    }

    /** No data at all; figures only; classes and means with missing parts. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {};                                                                         ; This result has no figures
            {"nc1": 0.5, "test": null, "perClass": null, "cosines": null, "projection": null}; ; lower is better, ideal 0
            {"classes": 2, "featureDimension": 1, "samples": 3, "emptyClasses": [], "singleSampleClasses": [1], "nc1": null, "test": {"samples": 0}, "perClass": [], "projection": {"dimensions": 3, "means": []}}; ; classes with a single sample1
            {"classes": 4, "emptyClasses": [3], "perClass": [{"class": 0, "samples": 5, "variance": 0}, {"class": 1, "variance": 0.5, "meanNorm": 1}, {"class": 3, "samples": 0, "variance": null}], "perClassOf": 9}; norms,variances; 3 worst of 9 classes
            {"classes": 3, "projection": {"dimensions": 2, "means": [[1, 0], [0, 1], [-1, -1]]}}; plane; Dots are class means
            {"series": [{"nc1": 0.5, "nc2Means": 0}, {"nc1": 0.1, "test": null}, {"nc1": null, "gnc2Log": [0.1, 0]}]}; series; checkpoint 3
            """)
    void leavesOutWhatIsMissing(String json, String charts, String shown) throws Exception {
        JsonObject seen = use(JsonParser.parseString(json).getAsJsonObject(), 375, "light");
        assertEquals(charts == null || charts.isBlank() ? Set.of() : Set.of(charts.split(",")), drawn(panel(seen)));
        String text = seen.get("text").getAsString();
        assertTrue(text.contains(shown), text);
    }
}
