package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("heavy")
class TrainingPagesBrowserTest extends PageBrowser {
    private static final Set<String> OF_DEMO = Set.of("plane", "nc1", "nc2", "nc3", "gap", "descents");
    private static final Set<String> OF_TRAIN = Set.of("nc1", "nc2", "nc3", "gap", "test", "sigma", "savings");

    TrainingPagesBrowserTest(Chromium browser) {
        super(browser);
    }

    private static JsonObject panel(JsonObject seen) {
        return seen.getAsJsonArray("panels").get(0).getAsJsonObject();
    }

    @ParameterizedTest
    @CsvSource({"1200, light", "375, dark"})
    void theDemoIsDrawn(int width, String theme) throws Exception {
        JsonObject seen = use(DemoPage.html(Samples.demo()), width, theme);
        assertEquals(OF_DEMO, drawn(panel(seen)));
        assertEquals(6, panel(seen).getAsJsonArray("headings").size());
        String text = seen.get("text").getAsString();
        // read off the sample by hand
        for (String shown : new String[] {"6.15 %", "0.1918834", "strict saddle", "CC BY 4.0"}) {
            assertTrue(text.contains(shown), () -> shown + " is not in " + text);
        }
    }

    @ParameterizedTest
    @CsvSource({"1200, dark", "375, light"})
    void aTrainingIsDrawn(int width, String theme) throws Exception {
        JsonObject seen = use(TrainPage.html(Samples.demo()), width, theme);
        assertEquals(OF_TRAIN, drawn(panel(seen)));
        assertTrue(seen.get("text").getAsString().contains("99.02 %"));
        // the verdict, and what a chart shows
        assertTrue(seen.get("text").getAsString().contains("Closest to its optimum is “"));
        assertTrue(seen.get("text").getAsString().contains(" Here, at the end: "));
    }

    @Test
    void stringsAreShownAsText() throws Exception {
        String hostile = "</script><script>alerted = true</script><img src=x onerror='alerted = true'>";
        JsonObject result = Samples.demo();
        poison(result, hostile);
        assertTrue(use(TrainPage.html(result), 1200, "light")
                .get("text")
                .getAsString()
                .contains(hostile));
        assertTrue(use(DemoPage.html(result), 1200, "light")
                .get("text")
                .getAsString()
                .contains(hostile));
    }

    @Test
    void whatIsMissingIsLeftOut() throws Exception {
        JsonObject nothing = new JsonObject();
        assertEquals(Set.of(), drawn(panel(use(DemoPage.html(nothing), 375, "light"))));
        assertEquals(Set.of(), drawn(panel(use(TrainPage.html(nothing), 375, "dark"))));
        JsonObject diverged = JsonParser.parseString("""
                        {"networks": [{"title": "learned", "epochs": {"epoch": [], "nc1": []},
                          "diverged": {"epoch": 1, "loss": null, "advice": "try less"}}]}""").getAsJsonObject();
        JsonObject seen = use(TrainPage.html(diverged), 375, "light");
        assertEquals(Set.of(), drawn(panel(seen)));
        assertTrue(seen.get("text").getAsString().contains("try less"));
    }
}
