package io.github.collapse4j.report;

import com.google.gson.JsonObject;

/**
 * The page of {@code collapse4j landscape}: critical points and their spectra, escape from saddles, an animation of the
 * collapse, and the hunt for spurious minima.
 */
public final class LandscapePage {
    private LandscapePage() {}

    /**
     * One self-contained HTML file: it makes no request and works from disk. What the result lacks, by a missing or null
     * key, the page leaves out. Strings of the result are shown as text, never as markup.
     *
     * @param result what the command writes as JSON; not modified
     * @return about 1.1 MB beside the data, and 0.7 MB more if a model has an animation; to be written in UTF-8
     * @throws IllegalArgumentException if the result has a number that is not finite
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
