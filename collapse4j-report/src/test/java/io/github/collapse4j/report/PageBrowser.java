package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;

/** Opens pages in a real browser, driven by driver.html as a user would; skipped if Chromium is not found. */
@ExtendWith(OneChromium.class)
abstract class PageBrowser {
    private static final String DRIVER = Resources.text("driver.html");
    private final Chromium browser;

    PageBrowser(Chromium browser) {
        this.browser = browser;
    }

    /**
     * Uses a page at this width, in CSS pixels, and returns what was observed; checks that there were no errors or
     * requests.
     */
    JsonObject use(String html, int width, String theme) throws Exception {
        JsonObject seen = browser.visit(
                Map.of("page.html", html, "driver.html", DRIVER),
                "driver.html?page=page.html&width=" + width + "&theme=" + theme);
        assertFalse(seen.has("failure"), () -> seen.get("failure").getAsString());
        assertAll(
                () -> assertEquals("[]", seen.get("problems").toString(), "errors, and violations of the policy"),
                () -> assertEquals("[]", seen.get("requests").toString(), "requests"),
                () -> assertEquals("[]", seen.get("unnamed").toString(), "controls and pictures without a name"),
                () -> assertFalse(seen.get("alerted").getAsBoolean(), "a string of the result was run"),
                () -> assertEquals(width, seen.get("width").getAsInt()),
                () -> assertEquals(0, seen.get("overflow").getAsInt(), "pixels wider than the screen"),
                () -> assertEquals("[]", seen.get("broken").toString(), "words with a line break inside"),
                () -> assertTrue(
                        width > 600 || seen.get("sideways").toString().equals("[]"),
                        () -> "tables wider than their boxes on a phone: " + seen.get("sideways")),
                () -> assertEquals(theme, seen.get("theme").getAsString()),
                () -> assertEquals(
                        "dark".equals(theme) ? "light" : "dark",
                        seen.get("otherTheme").getAsString()));
        return seen;
    }

    /** Checks that each chart has data, pixels in several colours and a description, and returns the names. */
    static Set<String> drawn(JsonObject panel) {
        Set<String> names = new HashSet<>();
        for (JsonElement element : panel.getAsJsonArray("charts")) {
            JsonObject chart = element.getAsJsonObject();
            names.add(chart.get("name").getAsString());
            assertTrue(chart.get("series").getAsInt() > 0, chart::toString);
            assertEquals("[]", chart.get("empty").toString(), chart::toString);
            assertTrue(chart.get("pixels").getAsInt() > 2000, chart::toString);
            assertTrue(chart.get("colours").getAsInt() > 50, chart::toString);
            assertTrue(chart.get("described").getAsBoolean(), chart::toString);
            assertEquals("[]", chart.get("collisions").toString(), chart::toString);
        }
        return names;
    }

    /** Replaces every string except the verdicts, which select symbols. */
    static void poison(JsonElement element, String hostile) {
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
}
