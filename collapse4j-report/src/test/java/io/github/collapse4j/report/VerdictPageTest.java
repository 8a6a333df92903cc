package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

class VerdictPageTest {
    @Test
    void isOneFileWithTheWholeResult() {
        JsonObject result = Samples.verdict();
        String html = VerdictPage.html(result);
        OneFile.assertNoExternalReference(html);
        assertEquals(Samples.verdict(), result, "not modified");
        assertTrue(html.contains("3 feature dimensions suffice"));
    }

    @Test
    void includesThreeJsOnlyForAScene() {
        JsonObject result = Samples.verdict();
        assertTrue(VerdictPage.html(result).contains("const THREE="));
        result.remove("geometry");
        assertFalse(VerdictPage.html(result).contains("const THREE="));
    }

    @Test
    void refusesNonFiniteNumbers() {
        JsonObject result = Samples.verdict();
        result.getAsJsonObject("geometry").addProperty("explained", Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> VerdictPage.html(result));
    }
}
