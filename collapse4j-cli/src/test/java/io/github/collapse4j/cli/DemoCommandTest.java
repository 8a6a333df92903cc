package io.github.collapse4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
    @Test
    void tellsTheWholeStory() {
        String text = Run.text("demo");
        for (String part : List.of("Not optimal: 28.77 %", "GlobalMinimum", "StrictSaddle", "certify features.npy")) {
            assertTrue(text.contains(part), text);
        }
        assertFalse(text.contains("NaN"), text);
        // below rank 9, of the optimum, every critical point is a saddle
        assertEquals(
                8, text.lines().filter(line -> line.endsWith("StrictSaddle")).count(), text);
        assertEquals(
                1,
                text.lines().filter(line -> line.matches(" *9 .*GlobalMinimum")).count(),
                text);
    }
}
