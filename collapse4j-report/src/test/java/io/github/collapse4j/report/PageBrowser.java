package io.github.collapse4j.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Opens pages in a real browser, driven by driver.html as a user would; skipped if Chromium is not found. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class PageBrowser {
    private static final Optional<Chromium> CHROMIUM = Chromium.find();
    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        assumeTrue(CHROMIUM.isPresent(), "no Chromium on the path, and CHROMIUM is not set");
        folder = Files.createTempDirectory("page");
    }

    /** Not a @TempDir, since browser processes may write for a moment after exit. */
    @AfterEach
    void removeFolder() throws IOException {
        if (!folder.startsWith(System.getProperty("java.io.tmpdir"))) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                file.toFile().delete();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, @org.jspecify.annotations.Nullable IOException e) {
                directory.toFile().delete();
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Uses a page at this width, in CSS pixels, and returns what was observed; checks that there were no errors or
     * requests.
     */
    JsonObject use(String html, int width, String theme) throws Exception {
        JsonObject seen = CHROMIUM.orElseThrow()
                .resultOf(
                        Map.of("page.html", html, "driver.html", Resources.text("driver.html")),
                        "driver.html?page=page.html&width=" + width + "&theme=" + theme,
                        folder);
        assertFalse(seen.has("failure"), () -> seen.get("failure").getAsString());
        assertAll(
                () -> assertEquals("[]", seen.get("problems").toString(), "errors, and violations of the policy"),
                () -> assertEquals("[]", seen.get("requests").toString(), "requests"),
                () -> assertEquals("[]", seen.get("unnamed").toString(), "controls and pictures without a name"),
                () -> assertFalse(seen.get("alerted").getAsBoolean(), "a string of the result was run"),
                () -> assertEquals(width, seen.get("width").getAsInt()),
                () -> assertEquals(0, seen.get("overflow").getAsInt(), "pixels wider than the screen"),
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
