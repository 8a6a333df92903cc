package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

class TrainingPagesTest {
    @Test
    void areOneFileEach() {
        JsonObject result = Samples.demo();
        OneFile.assertNoExternalReference(TrainPage.html(result));
        OneFile.assertNoExternalReference(DemoPage.html(result));
        assertEquals(Samples.demo(), result, "not modified");
        int size = DemoPage.html(result).length() - result.toString().length();
        assertTrue(size < 1_150_000, () -> "page without data: " + size + " characters");
    }

    @Test
    void refuseNonFiniteNumbers() {
        JsonObject result = Samples.demo();
        result.addProperty("seconds", Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> DemoPage.html(result));
        assertThrows(IllegalArgumentException.class, () -> TrainPage.html(result));
    }
}
