package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasurePageTest {
    @ParameterizedTest
    @ValueSource(strings = {"series", "three", "many"})
    void isOneSmallFileWithTheWholeResult(String name) {
        JsonObject result = Samples.measure(name);
        String html = MeasurePage.html(result);
        OneFile.assertNoExternalReference(html);
        assertEquals(Samples.measure(name), result, "not modified");

        String start = "<script type=\"application/json\" id=\"data\">";
        int from = html.indexOf(start) + start.length();
        String data = html.substring(from, html.indexOf("</script>", from));
        assertEquals(result, JsonParser.parseString(data));
        int size = html.getBytes(StandardCharsets.UTF_8).length - data.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(size < 1_850_000, () -> "page without data " + size + " bytes");
    }

    @Test
    void includesThreeJsOnlyForAScene() {
        assertTrue(MeasurePage.html(Samples.measure("series")).contains("const THREE="));
        assertFalse(MeasurePage.html(Samples.measure("three")).contains("const THREE="));
        JsonObject lastWithout = Samples.measure("series");
        lastWithout.remove("projection");
        assertTrue(MeasurePage.html(lastWithout).contains("const THREE="), "earlier checkpoints have one");
    }

    @Test
    void refusesNonFiniteNumbers() {
        JsonObject result = Samples.measure("three");
        result.addProperty("nc1", Double.POSITIVE_INFINITY);
        assertThrows(IllegalArgumentException.class, () -> MeasurePage.html(result));
    }
}
