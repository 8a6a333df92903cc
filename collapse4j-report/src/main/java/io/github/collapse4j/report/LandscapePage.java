package io.github.collapse4j.report;

import com.google.gson.JsonObject;

/**
 * The page of {@code collapse4j landscape}: critical points and their spectra, escape from saddles, an animation of the
 * collapse, and the hunt for spurious minima.
 */
public final class LandscapePage {
    private LandscapePage() {}

    /**
     * Renders one self-contained HTML file: it makes no requests and works from disk. Parts missing from the result
     * (missing or null keys) are left out of the page. Strings of the result are shown as text, never as markup.
     *
     * @param result the command's JSON output; not modified
     * @return about 1.1 MB plus the data, and 0.7 MB more if a model has an animation; to be written in UTF-8
     * @throws IllegalArgumentException if the result contains a non-finite number
     */
    public static String html(JsonObject result) {
        return SelfContainedPage.html(
                "The landscape of neural collapse",
                "landscape",
                hasAnimation(result),
                result,
                "scene3d",
                "collapse3d",
                "landscape-player",
                "landscape");
    }

    private static boolean hasAnimation(JsonObject result) {
        if (result.get("models") instanceof Iterable<?> models) {
            for (Object model : models) {
                if (model instanceof JsonObject object && object.get("animation") instanceof JsonObject) {
                    return true;
                }
            }
        }
        return false;
    }
}
