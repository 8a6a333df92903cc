package io.github.collapse4j.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/**
 * The page of {@code collapse4j measure}: NC1 to NC5 in words and figures, their curves over a series of checkpoints,
 * the angles between class means, figures per class, and features projected onto the span of the class means.
 */
public final class MeasurePage {
    private MeasurePage() {}

    /**
     * Renders one self-contained HTML file: it makes no requests and works from disk. Parts missing from the result
     * (missing or null keys) are left out of the page. Strings of the result are shown as text, never as markup.
     *
     * @param result the command's JSON output: one measurement, or several under {@code series}; not modified
     * @return about 1.1 MB plus the data, and 0.7 MB more for a projection on three axes; to be written in UTF-8
     * @throws IllegalArgumentException if the result contains a non-finite number
     */
    public static String html(JsonObject result) {
        return SelfContainedPage.html(
                "Neural collapse measured",
                "measure",
                hasScene(result),
                result,
                "scene3d",
                "measure-metrics",
                "measure-series",
                "measure-means",
                "measure-classes",
                "measure-scene",
                "measure-projection",
                "measure");
    }

    private static boolean hasScene(JsonObject result) {
        if (isScene(result.get("projection"))) {
            return true;
        }
        if (result.get("series") instanceof Iterable<?> series) {
            for (Object step : series) {
                if (step instanceof JsonObject object && isScene(object.get("projection"))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a projection needs a scene: on two axes it is a chart. */
    private static boolean isScene(JsonElement projection) {
        if (projection instanceof JsonObject object) {
            JsonElement dimensions = object.get("dimensions");
            return !(dimensions != null && dimensions.isJsonPrimitive() && "2".equals(dimensions.getAsString()));
        }
        return false;
    }
}
