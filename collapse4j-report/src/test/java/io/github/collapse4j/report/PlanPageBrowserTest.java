package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("heavy")
class PlanPageBrowserTest extends PageBrowser {
    PlanPageBrowserTest(Chromium browser) {
        super(browser);
    }

    private static JsonObject panel(JsonObject seen) {
        return seen.getAsJsonArray("panels").get(0).getAsJsonObject();
    }

    @ParameterizedTest
    @CsvSource({"1400, light", "390, dark"})
    void aLongTailIsDrawn(int width, String theme) throws Exception {
        JsonObject seen = use(PlanPage.html(Samples.plan("tail")), width, theme);
        assertEquals(Set.of("phases", "margin", "angle", "weights"), drawn(panel(seen)));
        String text = seen.get("text").getAsString();
        // read off the output in the guide
        for (String shown : new String[] {
            "2 of 8 classes are lost",
            "class 6 (20 samples), class 7 (12 samples)",
            "a μ below 0.000403651",
            "Here 6 of 8 classes are predicted there",
            "from 4.185 for the most frequent to −1.557 for the rarest",
            "the rarest classes are at 69.82°",
            "up to 22.31",
            "≈ 0.00389"
        }) {
            assertTrue(text.contains(shown), () -> shown + " is not in " + text);
        }
    }

    @ParameterizedTest
    @CsvSource({"1400, dark", "390, light"})
    void ofClassesThatAreAlikeLossesAreCompared(int width, String theme) throws Exception {
        JsonObject seen = use(PlanPage.html(Samples.plan("balanced")), width, theme);
        assertEquals(Set.of("phases", "margin", "angle"), drawn(panel(seen)));
        String text = seen.get("text").getAsString();
        assertTrue(text.contains("All classes are predicted at the optimum, which needs d = 5."), text);
        assertTrue(text.contains("All classes, loss by loss"), text);
        assertFalse(text.contains("equalise"), text);
    }

    /** Behind a ReLU classes die and do not merge. */
    @Test
    void deadClassesAreNotCalledMerged() throws Exception {
        JsonObject result = JsonParser.parseString("""
                        {"domain": "nonnegative", "loss": "ce", "classes": 2, "samples": 12, "mu": 0.1, "lambdaB": 0,
                         "vanishingMu": 0.3, "deadFromMu": [0.3, 0.2],
                         "optimum": {"dimension": 2, "groups": [
                          {"classes": 1, "samplesPerClass": 8, "fate": "apart", "margin": 3},
                          {"classes": 1, "samplesPerClass": 4, "fate": "apart", "margin": 2}]},
                         "scan": [{"mu": 0.4, "optimum": {"dimension": 0, "groups": [
                          {"classes": 1, "samplesPerClass": 8, "fate": "dead", "margin": 1},
                          {"classes": 1, "samplesPerClass": 4, "fate": "dead", "margin": -1}]}}]}
                        """).getAsJsonObject();
        JsonObject seen = use(PlanPage.html(result), 390, "light");
        assertEquals(Set.of("phases", "margin"), drawn(panel(seen)));
        String text = seen.get("text").getAsString();
        assertTrue(text.contains("dead"), text);
        assertFalse(text.contains("merged"), text);
    }

    @Test
    void whatIsMissingIsLeftOut() throws Exception {
        JsonObject seen = use(PlanPage.html(new JsonObject()), 390, "light");
        assertEquals(Set.of(), drawn(panel(seen)));
        JsonObject result = Samples.plan("tail");
        Set.of("scan", "alternatives", "equalisingWeights", "verdict", "mu").forEach(result::remove);
        seen = use(PlanPage.html(result), 390, "dark");
        assertEquals(Set.of("margin", "angle"), drawn(panel(seen)));
    }

    @Test
    void stringsAreShownAsText() throws Exception {
        String hostile = "</script><script>alerted = true</script><img src=x onerror='alerted = true'>";
        JsonObject result = Samples.plan("tail");
        poison(result, hostile);
        assertTrue(use(PlanPage.html(result), 1400, "light")
                .get("text")
                .getAsString()
                .contains(hostile));
    }
}
