package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanPageTest {
    @ParameterizedTest
    @ValueSource(strings = {"tail", "balanced"})
    void isOneFile(String name) {
        JsonObject result = Samples.plan(name);
        String html = PlanPage.html(result);
        OneFile.assertNoExternalReference(html);
        assertEquals(Samples.plan(name), result, "not modified");
        int size = html.getBytes(StandardCharsets.UTF_8).length
                - result.toString().getBytes(StandardCharsets.UTF_8).length;
        assertTrue(size < 1_150_000, () -> "page without data: " + size + " bytes");
    }

    @Test
    void refusesNonFiniteNumbers() {
        JsonObject result = Samples.plan("tail");
        result.addProperty("mu", Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> PlanPage.html(result));
    }
}
