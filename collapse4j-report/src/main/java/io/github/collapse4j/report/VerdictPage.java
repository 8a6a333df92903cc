package io.github.collapse4j.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The page of {@code collapse4j certify} and {@code collapse4j solve}: a light and one sentence, why, where the excess
 * sits, the classes in three dimensions, and the figures with their terms explained.
 */
public final class VerdictPage {
    private VerdictPage() {}

    /**
     * Renders one self-contained HTML file: it makes no requests and works from disk. Parts missing from the result
     * (missing or null keys) are left out of the page. Strings of the result are shown as text, never as markup.
     *
     * @param result the verdict; not modified
     * @return about 1.1 MB plus the data, and 0.7 MB more with classes to show; to be written in UTF-8
     * @throws IllegalArgumentException if the result contains a non-finite number
     */
    public static String html(JsonObject result) {
        boolean scene = result.get("geometry") instanceof JsonObject;
        return SelfContainedPage.html(title(result), "verdict", scene, result, "scene3d", "measure-scene", "verdict");
    }

    /** Tells the windows of several pages apart. */
    private static String title(JsonObject result) {
        return Stream.of("title", "kicker")
                .map(result::get)
                .filter(value -> value instanceof JsonPrimitive)
                .map(JsonElement::getAsString)
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" – "), title -> title.isEmpty() ? "The verdict on a last layer" : title));
    }
}
