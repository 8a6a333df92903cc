package io.github.collapse4j.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** The samples that sample-landscape.py and sample-measure.py compute, and what tests make of them. */
final class Samples {
    private Samples() {}

    static JsonObject landscape() {
        return JsonParser.parseString(Resources.text("sample-landscape.json")).getAsJsonObject();
    }

    static JsonObject landscapeWithoutAnimations() {
        JsonObject result = landscape();
        result.getAsJsonArray("models").forEach(model -> model.getAsJsonObject().remove("animation"));
        return result;
    }

    /** What {@code collapse4j demo --epochs 30} wrote, with fewer points in its curves. */
    static JsonObject demo() {
        return JsonParser.parseString(Resources.text("sample-demo.json")).getAsJsonObject();
    }

    /** @param name series, three or many */
    static JsonObject measure(String name) {
        return JsonParser.parseString(Resources.text("sample-measure.json"))
                .getAsJsonObject()
                .getAsJsonObject(name);
    }
}
