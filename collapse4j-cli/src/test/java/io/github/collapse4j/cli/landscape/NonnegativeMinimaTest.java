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
import java.util.Arrays;
import java.util.List;
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

    /** Every minimum is a layer that certify judges as the hunt did. */
    @Test
    void writesEveryMinimum(@TempDir Path folder) throws IOException {
        String[] command = Arrays.copyOf(COMMAND, COMMAND.length + 2);
        command[COMMAND.length] = "--out";
        command[COMMAND.length + 1] = folder.toString();
        JsonArray minima = Run.json(command)
                .getAsJsonArray("models")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("minima");
        Path files = folder.resolve("ce").resolve("d3");
        List<String> table = Files.readAllLines(files.resolve("points.csv"));
        assertEquals(minima.size() + 1, table.size());
        assertTrue(Files.readString(files.resolve("points.tex")).contains("spurious local minimum & "));
        for (int i = 0; i < 2; i++) {
            JsonObject minimum = minima.get(i).getAsJsonObject();
            assertEquals(
                    minimum.get("objective").getAsDouble(),
                    Double.parseDouble(table.get(i + 1).split(",", -1)[1]));
            Path point = files.resolve("point-0" + i);
            JsonObject certified = Run.json("certify", point.toString(), "--lambda-w", "0.004", "--lambda-h", "0.001");
            assertEquals("nonnegative", certified.get("domain").getAsString());
            assertEquals(minimum.get("verdict"), certified.get("verdict"));
            assertClose(
                    minimum.get("objective").getAsDouble(),
                    certified.get("objective").getAsDouble(),
                    1e-12,
                    "objective of " + i);
        }
    }

    /** The same on the sphere, where a saddle also has a direction of descent and every point a spectrum. */
    @Test
    void writesEveryPointOfACosineHead(@TempDir Path folder) throws IOException {
        JsonArray models = Run.json(
                        ("landscape --features unit --temperature 3 --counts 1,10,10 --starts 12 --out " + folder)
                                .split(" "))
                .getAsJsonArray("models");
        for (int d = 2; d <= 3; d++) {
            JsonArray points = models.get(d - 2).getAsJsonObject().getAsJsonArray("points");
            Path files = folder.resolve("ce").resolve("d" + d);
            assertEquals(
                    points.size() + 1,
                    Files.readAllLines(files.resolve("points.csv")).size());
            for (int i = 0; i < points.size(); i++) {
                JsonObject expected = points.get(i).getAsJsonObject();
                Path point = files.resolve("point-0" + i);
                JsonObject certified =
                        Run.json("certify", point.toString(), "--features", "unit", "--temperature", "3");
                assertEquals(expected.get("verdict"), certified.get("verdict"));
                assertClose(
                        expected.get("objective").getAsDouble(),
                        certified.get("objective").getAsDouble(),
                        1e-12,
                        "objective of " + i);
                assertEquals(
                        expected.get("verdict").getAsString().equals("StrictSaddle"),
                        Files.exists(point.resolve("escape-weights.npy")));
                assertEquals(
                        1 + 6 * (d - 1),
                        Files.readAllLines(point.resolve("spectrum.csv")).size());
            }
        }
    }
}
