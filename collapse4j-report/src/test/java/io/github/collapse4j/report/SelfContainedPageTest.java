package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfContainedPageTest {
    private static final String DATA = "<script type=\"application/json\" id=\"data\">";

    private static SelfContainedPage page(String script, JsonObject data) {
        return new SelfContainedPage("a < b", "<main></main>", List.of("b { color: red }"), List.of(script), data);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><script>alert(1)</script>",
                "<!--<script>",
                "</SCRIPT >",
                "\u2028\u2029",
                "{{data}} {{scripts}} $1 \\u003c",
                "\"}; alert(1); {\"",
                "&lt;/script&gt;"
            })
    void dataStayData(String hostile) {
        JsonObject data = new JsonObject();
        data.addProperty(hostile, hostile);
        String html = page("let a;", data).html();

        int start = html.indexOf(DATA) + DATA.length();
        String embedded = html.substring(start, html.indexOf("</script>", start));
        assertFalse(embedded.contains("<"), embedded);
        assertFalse(embedded.contains("\u2028") || embedded.contains("\u2029"), embedded);
        assertEquals(data, JsonParser.parseString(embedded));
        assertEquals(page("let a;", new JsonObject()).html(), html.replace(embedded, "{}"));
    }

    @Test
    void policyNamesScriptsByDigest() {
        String html = page("alert(1)", new JsonObject()).html();
        // printf %s 'alert(1)' | openssl dgst -sha256 -binary | base64
        assertTrue(
                html.contains("default-src 'none'; script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=';"),
                html);
        assertFalse(html.contains("unsafe-eval"));
    }

    @Test
    void lineEndsAreNormalisedAsInBrowsers() {
        assertEquals(
                page("a\nb\nc", new JsonObject()).html(),
                page("a\r\nb\rc", new JsonObject()).html());
    }

    @Test
    void titleIsText() {
        assertTrue(page("", new JsonObject()).html().contains("<title>a &lt; b</title>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'</script>'", "'</ScRiPt'", "'<!--'"})
    void refusesScriptsThatEndTheirElement(String script) {
        assertThrows(IllegalArgumentException.class, () -> page(script, new JsonObject()));
    }

    @Test
    void refusesNonFiniteNumbers() {
        JsonObject data = new JsonObject();
        data.addProperty("gap", Double.NaN);
        SelfContainedPage page = page("", data);
        assertThrows(IllegalArgumentException.class, page::html);
    }

    @Test
    void templatesRefuseMissingAndUnusedValues() {
        assertEquals("1 {{a}} $0", new Template("{{a}} {{b}}").fill(Map.of("a", "1", "b", "{{a}} $0")));
        assertThrows(IllegalArgumentException.class, () -> new Template("{{a}}").fill(Map.of()));
        assertThrows(IllegalArgumentException.class, () -> new Template("").fill(Map.of("a", "1")));
    }
}
