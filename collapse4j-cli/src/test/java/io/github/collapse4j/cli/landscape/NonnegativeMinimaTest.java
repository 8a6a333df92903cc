package io.github.collapse4j.cli.landscape;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code landscape --features nonnegative}: minima of docs/theory.md §14. */
class NonnegativeMinimaTest {
    private static final String[] COMMAND =
            "landscape --features nonnegative --counts 9,5,2 --loss ce --no-bias --lambda-w .004 --lambda-h .001 --starts 60"
                    .split(" ");

    @Test
    void aDeadClassIsASpuriousMinimum() {
        JsonObject model = Run.json(COMMAND).getAsJsonArray("models").get(0).getAsJsonObject();
        assertEquals("nonnegative", model.get("domain").getAsString());
        JsonArray minima = model.getAsJsonArray("minima");
        JsonObject global = minima.get(0).getAsJsonObject();
        assertEquals("GlobalMinimum", global.get("verdict").getAsString());
        assertClose(0.06702545614004943, global.get("objective").getAsDouble(), 1e-12, "global minimum");
        JsonObject spurious = minima.get(1).getAsJsonObject();
        assertEquals("SpuriousLocalMinimum", spurious.get("verdict").getAsString());
        assertClose(0.19124573078673818, spurious.get("objective").getAsDouble(), 1e-12, "spurious minimum");
        assertEquals("[2]", spurious.get("deadClasses").toString());
        assertEquals(1, spurious.get("nullity").getAsInt());
        assertClose(0.00296191113, spurious.get("smallestPositive").getAsDouble(), 1e-8, "next eigenvalue");
    }

    @Test
    void textHasARowForEachValue() {
        String text = Run.text(COMMAND);
        assertTrue(text.contains("0.191245730787"), text);
        assertTrue(text.contains("SpuriousLocalMinimum"), text);
    }

    @Test
    void thePageHasEveryDimensionOfBothDomains(@TempDir Path folder) throws IOException {
        for (String domain : new String[] {"nonnegative", "unit --temperature 3"}) {
            Path page = folder.resolve("ends.html");
            Run run = Run.of(("landscape --counts 9,5,2 --dim 2:3 --starts 3 --html " + page + " --features " + domain)
                    .split(" "));
            assertEquals(0, run.exitCode(), run.err());
            String html = Files.readString(page);
            assertTrue(html.contains("\"featureDimension\":2") && html.contains("\"featureDimension\":3"), domain);
        }
    }
}
