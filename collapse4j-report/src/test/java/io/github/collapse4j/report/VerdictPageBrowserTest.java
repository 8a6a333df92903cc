package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("heavy")
class VerdictPageBrowserTest extends PageBrowser {
    VerdictPageBrowserTest(Chromium browser) {
        super(browser);
    }

    private JsonObject use(JsonObject result, int width, String theme) throws Exception {
        return use(VerdictPage.html(result), width, theme);
    }

    @ParameterizedTest
    @CsvSource({"1400, light", "390, dark"})
    void drawsEveryPart(int width, String theme) throws Exception {
        JsonObject seen = use(Samples.verdict(), width, theme);
        assertEquals("{\"charts\":2,\"scenes\":1}", seen.get("alive").toString());
        String text = seen.get("text").getAsString();
        for (String shown : List.of(
                "Train on: 58 % of the excess",
                "No head gains more than 2 %.",
                "Where the excess sits",
                "The classes in three dimensions",
                "The figures",
                "accuracy 100 %",
                "The terms",
                "Here the widest angle between a mean and its row is 7.5°, of class 4.",
                "10⁻³, 10⁻⁵",
                "The mean loss.")) {
            assertTrue(text.contains(shown), shown + " in " + text);
        }
    }

    @Test
    void leavesOutWhatIsMissing() throws Exception {
        JsonObject result = new JsonObject();
        result.addProperty("advice", "Nothing to do.");
        JsonObject seen = use(result, 390, "light");
        assertTrue(seen.get("text").getAsString().contains("Nothing to do."));
    }

    @Test
    void stringsAreText() throws Exception {
        JsonObject result = Samples.verdict();
        poison(result, "<img src=x onerror=alert(1)>");
        use(result, 390, "dark");
    }
}
