package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("heavy")
class EndsPageBrowserTest extends PageBrowser {
    EndsPageBrowserTest(Chromium browser) {
        super(browser);
    }

    private static JsonObject relu() {
        return JsonParser.parseString("""
                        {"version": "1", "command": "collapse4j landscape", "seed": 0, "models": [{"loss": "ce",
                         "domain": "nonnegative", "classes": 3, "featureDimension": 3, "samples": 16, "lambdaW": 0.004,
                         "lambdaH": 0.001, "starts": 20, "minima": [
                         {"objective": 0.0670254, "starts": 15, "gaugeOverMu": 1, "deadClasses": [], "verdict": "GlobalMinimum"},
                         {"objective": 0.1912457, "starts": 5, "gaugeOverMu": 5.1, "deadClasses": [2], "nullity": 1,
                          "smallestPositive": 0.003, "verdict": "SpuriousLocalMinimum"}]}]}
                        """).getAsJsonObject();
    }

    @ParameterizedTest
    @CsvSource({"1400, light", "390, dark"})
    void sharesAndPointsAreShown(int width, String theme) throws Exception {
        JsonObject seen = use(EndsPage.html(relu()), width, theme);
        assertEquals("{\"charts\":1,\"scenes\":0}", seen.get("alive").toString());
        String text = seen.get("text").getAsString();
        for (String shown : new String[] {
            "up to 25 % of the descents were stuck",
            "spurious, with dead classes",
            "class 2",
            "nullity 1",
            "Behind a ReLU, d = 3"
        }) {
            assertTrue(text.contains(shown), () -> shown + " is not in " + text);
        }
    }

    @Test
    void pointsOfASphereAreShown() throws Exception {
        JsonObject result = JsonParser.parseString("""
                        {"models": [{"domain": "unit", "classes": 3, "featureDimension": 2, "temperature": 3, "starts": 4, "points": [
                         {"objective": 0.5, "timesFound": 4, "rank": 2, "verdict": "GlobalMinimum"}]}]}
                        """).getAsJsonObject();
        String text = use(EndsPage.html(result), 390, "light").get("text").getAsString();
        assertTrue(text.contains("no descent was stuck"), text);
        assertTrue(text.contains("On a sphere, d = 2"), text);
    }

    /** Points that only descents in fewer dimensions ended at have no part of the bar. */
    @Test
    void descentsInFewerDimensionsAreNotCounted() throws Exception {
        JsonObject result = JsonParser.parseString("""
                        {"models": [{"domain": "unit", "classes": 3, "featureDimension": 3, "temperature": 3, "starts": 4, "points": [
                         {"objective": 0.5, "timesFound": 9, "timesFoundInFullDimension": 5, "rank": 2, "verdict": "GlobalMinimum"},
                         {"objective": 0.7, "timesFound": 5, "timesFoundInFullDimension": 0, "rank": 1, "verdict": "StrictSaddle"}]}]}
                        """).getAsJsonObject();
        String text = use(EndsPage.html(result), 1400, "light").get("text").getAsString();
        assertTrue(text.contains("all ended at the global minimum"), text);
        assertTrue(text.contains("those in fewer dimensions"), text);
    }

    /** Losses have their names where a result has several. */
    @Test
    void lossesAreNamedInWords() throws Exception {
        JsonObject result = relu();
        JsonObject other = relu().getAsJsonArray("models").get(0).getAsJsonObject();
        other.addProperty("loss", "mse");
        result.getAsJsonArray("models").add(other);
        String text = use(EndsPage.html(result), 390, "light").get("text").getAsString();
        assertTrue(text.contains("Training can get stuck: for cross-entropy, d = 3, 25 % of the descents"), text);
        assertTrue(text.contains("Behind a ReLU, squared error, d = 3"), text);
    }

    @Test
    void whatIsMissingIsLeftOut() throws Exception {
        use(EndsPage.html(new JsonObject()), 390, "light");
    }

    @Test
    void stringsAreShownAsText() throws Exception {
        JsonObject result = relu();
        poison(result, "</script><script>alerted = true</script><img src=x onerror='alerted = true'>");
        use(EndsPage.html(result), 1400, "dark");
    }
}
