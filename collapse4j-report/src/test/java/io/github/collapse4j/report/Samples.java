package io.github.collapse4j.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** The sample that sample-landscape.py computes, and what tests make of it. */
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
}
