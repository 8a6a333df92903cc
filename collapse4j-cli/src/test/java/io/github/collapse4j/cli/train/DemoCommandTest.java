package io.github.collapse4j.cli.train;

import static io.github.collapse4j.testkit.Close.assertAtMost;
import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("heavy")
class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void tellsTheWholeStory() throws IOException {
        Path page = folder.resolve("demo.html");
        Path json = folder.resolve("demo.json");
        String text = Run.text("demo", "--epochs", "25", "--html", page.toString(), "--json", json.toString());
        for (String part : List.of("wide, d = 64", "fixed ETF", "simplex ETF", "certify features.npy")) {
            assertTrue(text.contains(part), text);
        }
        assertFalse(text.contains("NaN"), text);
        assertTrue(text.lines().count() <= 50, "one screen: " + text.lines().count());
        // below rank 9, the optimum's, every critical point is a saddle
        assertEquals(
                9, text.lines().filter(line -> line.contains("StrictSaddle")).count(), text);

        JsonObject result = JsonParser.parseString(Files.readString(json)).getAsJsonObject();
        double optimum = result.getAsJsonObject("optimum").get("objective").getAsDouble();
        for (JsonElement element : result.getAsJsonArray("saddles")) {
            JsonObject saddle = element.getAsJsonObject();
            assertAtMost(0, saddle.get("curvature").getAsDouble(), "curvature");
            // gradients of 1e-9 leave slightly more than their square
            assertClose(
                    optimum,
                    saddle.getAsJsonObject("descent").get("objective").getAsDouble(),
                    1e-8,
                    "end of the descent");
        }
        for (JsonElement element : result.getAsJsonArray("networks")) {
            JsonObject last = element.getAsJsonObject().getAsJsonObject("final");
            assertAtMost(0.2, last.get("relativeGap").getAsDouble(), "certified gap");
            assertAtMost(last.get("objective").getAsDouble(), optimum, "nothing is below the optimum");
        }
        assertTrue(Files.readString(page).contains("Neural collapse, seen and certified"));
    }
}
