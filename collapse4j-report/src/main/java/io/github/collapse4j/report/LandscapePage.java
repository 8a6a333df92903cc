package io.github.collapse4j.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

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
        List<String> scripts = new ArrayList<>();
        scripts.add(Resources.text("page.js"));
        scripts.add(Resources.text("echarts/dist/echarts.min.js"));
        scripts.add(Resources.text("charts.js"));
        if (hasAnimation(result)) {
            scripts.add(ThreeScript.text());
        }
        scripts.add(Resources.text("scene3d.js"));
        scripts.add(Resources.text("collapse3d.js"));
        scripts.add(Resources.text("landscape-player.js"));
        scripts.add(Resources.text("landscape.js"));
        return new SelfContainedPage(
                        "The landscape of neural collapse",
                        Resources.text("landscape.html"),
                        List.of(Resources.text("page.css")),
                        scripts,
                        result)
                .html();
    }

    private static boolean hasAnimation(JsonObject result) {
        return result.get("models") instanceof Iterable<?> models && anyHasAnimation(models);
    }

    private static boolean anyHasAnimation(Iterable<?> models) {
        for (Object model : models) {
            if (model instanceof JsonObject object) {
                JsonElement animation = object.get("animation");
                if (animation != null && animation.isJsonObject()) {
                    return true;
                }
            }
        }
        return false;
    }
}
